/** The rules of alerts that know no alert: crossings, moves, which values count, durations in words. Pure or without threads. */
@NullMarked
package io.marketbrain.alerts.rules;

import org.jspecify.annotations.NullMarked;
