package io.marketbrain.pipeline.normalisation;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.calendar.ExchangeCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Says that gaps are not listed because the holidays of an exchange are not known: of none of its years, or after the last
 * one. Of years before the first one the documentation says it. Pure.
 */
final class UnknownHolidays {
    private UnknownHolidays() {}

    /**
     * The flag of candles that reach a time of which the holidays are not known.
     *
     * @param to the end of the requested range, exclusive; null if it is the present
     */
    static Optional<QualityFlag> flag(
            ExchangeCalendar calendar, Instrument instrument, @Nullable Instant to, Instant now) {
        Instant end = to == null || to.isAfter(now) ? now : to.minusNanos(1);
        OptionalInt last = calendar.lastYear();
        if (last.isPresent() && LocalDate.ofInstant(end, ZoneOffset.UTC).getYear() <= last.getAsInt()) {
            return Optional.empty();
        }
        String mic = instrument.mic();
        return Optional.of(new QualityFlag(
                "holidays_unknown",
                "the holidays of " + (mic == null ? "the exchange" : mic) + " are not known"
                        + (last.isPresent() ? " after " + last.getAsInt() : "")
                        + ", so missing candles are not listed as gaps"
                        + (last.isPresent() ? " from then on" : "")));
    }
}
