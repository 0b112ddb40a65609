package io.marketbrain.facade.portfolio;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The close of a trading day.
 *
 * @param date the day at the exchange
 * @param complete whether the day has ended, so that the close does not change any more
 */
record DailyClose(LocalDate date, BigDecimal close, boolean complete) {}
