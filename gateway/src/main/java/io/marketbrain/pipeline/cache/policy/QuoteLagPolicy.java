package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.AssetType;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Determines from when a quote or order book is stale by its own time. Only time in which the market is certainly open
 * counts, so that Friday's close is not stale on Saturday. Holidays are not known and count as trading days. Pure.
 */
final class QuoteLagPolicy {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalTime WEEK_BOUNDARY = LocalTime.of(17, 0);
    /** Every stock exchange is open from then, in its own zone. */
    private static final LocalTime SURELY_OPEN_FROM = LocalTime.of(10, 0);
    /** Every stock exchange is open until then. */
    private static final LocalTime SURELY_OPEN_UNTIL = LocalTime.of(15, 0);
    /** Lags of more trading periods than this are not determined: about two months of sessions. */
    private static final int MAX_PERIODS = 50;

    private final QuoteLagConfig config;

    QuoteLagPolicy(QuoteLagConfig config) {
        this.config = config;
    }

    /** A time in which a market is certainly open. */
    private record Period(ZonedDateTime from, ZonedDateTime until) {}

    /**
     * From when data is stale by its own time; empty if never.
     *
     * @param atLeast the shortest lag that counts, such as the time that the data stays in the cache
     */
    Optional<Instant> staleFrom(AssetType type, String zone, Instant asOf, Duration atLeast) {
        return switch (type) {
            case CRYPTO -> Optional.of(asOf.plus(longer(config.continuous(), atLeast)));
            case FX, COMMODITY ->
                after(asOf, longer(config.continuous(), atLeast), week(asOf.atZone(NEW_YORK)), NEW_YORK);
            case STOCK, ETF, INDEX -> {
                try {
                    ZoneId of = ZoneId.of(zone);
                    yield after(asOf, longer(config.sessions(), atLeast), session(asOf.atZone(of)), of);
                } catch (DateTimeException unknownZone) {
                    yield Optional.empty();
                }
            }
            case FUND, RATE, MACRO, NEWS -> Optional.empty();
        };
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** The instant at which the market has been open for {@code lag} since {@code asOf}. */
    private static Optional<Instant> after(Instant asOf, Duration lag, Period first, ZoneId zone) {
        Period period = first;
        ZonedDateTime at = asOf.atZone(zone);
        Duration left = lag;
        for (int i = 0; i < MAX_PERIODS; i++) {
            ZonedDateTime from = at.isAfter(period.from) ? at : period.from;
            Duration open = Duration.between(from, period.until);
            if (open.compareTo(left) >= 0) {
                return Optional.of(from.plus(left).toInstant());
            }
            left = open.isNegative() ? left : left.minus(open);
            period = period.from.getDayOfWeek() == DayOfWeek.SUNDAY
                    ? new Period(period.from.plusWeeks(1), period.until.plusWeeks(1))
                    : session(period.from.plusDays(1));
        }
        return Optional.empty();
    }

    /** The trading week of foreign exchange that contains {@code at} or ended last before it. */
    private static Period week(ZonedDateTime at) {
        ZonedDateTime from = at.minusDays(at.getDayOfWeek().getValue() % 7).with(WEEK_BOUNDARY);
        if (from.isAfter(at)) {
            from = from.minusWeeks(1);
        }
        return new Period(from, from.plusDays(5));
    }

    /** The certain part of the session on the day of {@code at}, or on the next weekday. */
    private static Period session(ZonedDateTime at) {
        ZonedDateTime day = at;
        while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            day = day.plusDays(1);
        }
        return new Period(day.with(SURELY_OPEN_FROM), day.with(SURELY_OPEN_UNTIL));
    }
}
