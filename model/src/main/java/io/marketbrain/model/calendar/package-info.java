/**
 * When markets are open: trading hours, holidays and half days of exchanges, and the week of foreign exchange. Does not belong
 * here: what follows from a closed market.
 */
@org.jspecify.annotations.NullMarked
package io.marketbrain.model.calendar;
