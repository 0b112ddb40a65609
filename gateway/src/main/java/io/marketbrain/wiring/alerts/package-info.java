/** Connects alerts with the streams, the providers, the budgets and the files of the gateway. */
@NullMarked
package io.marketbrain.wiring.alerts;

import org.jspecify.annotations.NullMarked;
