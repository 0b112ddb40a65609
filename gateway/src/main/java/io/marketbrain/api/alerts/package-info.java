/** The paths of alerts: their bodies, documents, log and stream. Does not belong here: when an alert fires, and what is kept. */
@NullMarked
package io.marketbrain.api.alerts;

import org.jspecify.annotations.NullMarked;
