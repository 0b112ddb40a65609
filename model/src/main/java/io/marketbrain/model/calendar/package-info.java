/**
 * When markets are open: trading hours, holidays and half days of exchanges, and the week of foreign exchange. Does not belong
 * here: what follows from a closed market.
 */
@NullMarked
package io.marketbrain.model.calendar;

import org.jspecify.annotations.NullMarked;
