/**
 * When markets trade: sessions, holidays and daylight saving by rule, and the mapping between wall-clock time and trading
 * time.
 */
@NullMarked
package io.marketbrain.mock.calendar;

import org.jspecify.annotations.NullMarked;
