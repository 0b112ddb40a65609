/** What the parts of the gateway report, as metrics of Prometheus: names, types and labels. */
@NullMarked
package io.marketbrain.wiring.metrics;

import org.jspecify.annotations.NullMarked;
