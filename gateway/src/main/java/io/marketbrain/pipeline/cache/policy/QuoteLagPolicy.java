package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.calendar.CurrencyWeek;
import io.marketbrain.model.calendar.ExchangeCalendar;
import io.marketbrain.model.calendar.TradingSession;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Determines from when a quote or order book is stale by its own time. Only time in which the market is certainly open
 * counts, so that Friday's close is not stale on Saturday or on a holiday. Pure.
 */
final class QuoteLagPolicy {
    /** Every stock exchange is open from then, in its own zone. */
    private static final LocalTime SURELY_OPEN_FROM = LocalTime.of(10, 0);
    /** Every stock exchange is open until then, except on half days. */
    private static final LocalTime SURELY_OPEN_UNTIL = LocalTime.of(15, 0);
    /** Lags of more trading periods than this are not determined: about two months of sessions. */
    private static final int MAX_PERIODS = 50;

    private final QuoteLagConfig config;

    QuoteLagPolicy(QuoteLagConfig config) {
        this.config = config;
    }

    /**
     * From when data is stale by its own time; empty if never.
     *
     * @param mic the exchange's ISO 10383 code; null where it is not known
     * @param atLeast the shortest lag that counts, such as the time that the data stays in the cache
     */
    Optional<Instant> staleFrom(AssetType type, @Nullable String mic, String zone, Instant asOf, Duration atLeast) {
        return switch (type) {
            case CRYPTO -> Optional.of(asOf.plus(longer(config.continuous(), atLeast)));
            case FX, COMMODITY ->
                after(
                        asOf,
                        longer(config.continuous(), atLeast),
                        Stream.iterate(CurrencyWeek.lastBegun(asOf), CurrencyWeek::after));
            case STOCK, ETF, INDEX ->
                ExchangeCalendar.find(mic, zone)
                        .flatMap(calendar ->
                                after(asOf, longer(config.sessions(), atLeast), certainSessions(calendar, asOf)));
            case FUND, RATE, MACRO, NEWS -> Optional.empty();
        };
    }

    private static Stream<TradingSession> certainSessions(ExchangeCalendar calendar, Instant from) {
        return Stream.iterate(from.atZone(calendar.zone()).toLocalDate(), day -> day.plusDays(1))
                .flatMap(day -> calendar.sessions(day, SURELY_OPEN_FROM, SURELY_OPEN_UNTIL).stream());
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** The instant at which the market has been open for {@code lag} since {@code asOf}. */
    private static Optional<Instant> after(Instant asOf, Duration lag, Stream<TradingSession> sessions) {
        Duration left = lag;
        for (Iterator<TradingSession> next = sessions.limit(MAX_PERIODS).iterator(); next.hasNext(); ) {
            TradingSession session = next.next();
            Instant from = asOf.isAfter(session.opens()) ? asOf : session.opens();
            Duration open = Duration.between(from, session.closes());
            if (open.compareTo(left) >= 0) {
                return Optional.of(from.plus(left));
            }
            left = open.isNegative() ? left : left.minus(open);
        }
        return Optional.empty();
    }
}
