package io.marketbrain.pipeline;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.calendar.ExchangeCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Says that gaps are not listed because candles are of years of which the holidays of their exchange are not known. Pure. */
public final class UnknownHolidays {
    private static final String CODE = "holidays_unknown";

    private UnknownHolidays() {}

    /**
     * Candles with the flag if, and only if, the part of the range that they cover has days of such a year: a response that is
     * joined from pieces may cover less than they do. The mock market has no flags.
     */
    public static QueryResult flag(QueryResult answer, CandlesQuery query, Instant now) {
        Provenance provenance = answer.provenance();
        List<QualityFlag> flags = new ArrayList<>(provenance.flags());
        flags.removeIf(flag -> flag.code().equals(CODE));
        if (provenance.mode() != Mode.MOCK && answer.data() instanceof Candles candles) {
            CandleCalendar.find(candles, false)
                    .filter(calendar -> coversUnknownYear(calendar, candles.candles(), query, now))
                    .map(calendar -> new QualityFlag(
                            CODE,
                            detail(calendar, candles.listing().instrument().mic())))
                    .ifPresent(flags::add);
        }
        return flags.equals(provenance.flags()) ? answer : answer.with(provenance.withFlags(flags));
    }

    /** From the requested beginning or the first candle to the last candle of a full page, the requested end or now. */
    private static boolean coversUnknownYear(
            ExchangeCalendar calendar, List<Candle> candles, CandlesQuery query, Instant now) {
        Instant from = query.from();
        if (from == null) {
            if (candles.isEmpty()) {
                return false;
            }
            from = candles.getFirst().openTime();
        }
        LocalDate first = CandleCalendar.day(from, calendar.zone());
        LocalDate last;
        if (query.from() != null && candles.size() == query.limit()) {
            last = CandleCalendar.day(candles.getLast().openTime(), calendar.zone());
        } else {
            Instant to = query.to();
            last = to == null || to.isAfter(now)
                    ? LocalDate.ofInstant(now, calendar.zone())
                    : CandleCalendar.lastDayBefore(to, calendar.zone());
        }
        return IntStream.rangeClosed(first.getYear(), last.getYear())
                .anyMatch(year -> !calendar.knows(LocalDate.of(year, 1, 1)));
    }

    private static String detail(ExchangeCalendar calendar, @Nullable String mic) {
        String exchange = mic == null ? "the exchange" : mic;
        Optional<ExchangeCalendar.Years> years = calendar.knownYears();
        return years.isEmpty()
                ? "the holidays of " + exchange + " are not known, so missing candles are not listed as gaps"
                : "the holidays of " + exchange + " are known for "
                        + years.get().first() + " to " + years.get().last()
                        + " only, so missing candles of other years are not listed as gaps";
    }
}
