/**
 * Metrics: what the gateway measures about itself, and how it is rendered. Belongs here: process and heap figures, the
 * metric model and its text format. Does not belong here: the counters of single layers, which each layer keeps itself.
 */
@NullMarked
package io.marketbrain.telemetry;

import org.jspecify.annotations.NullMarked;
