package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.AssetType;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Determines when a market is certainly closed. In doubt it counts as open: extended hours count as open, and holidays are not known. Crypto never closes; foreign exchange and commodities close from Friday to Sunday, 17:00 in New York; securities trade
 * from Monday to Friday between 4:00 and 20:00 at their venue.
 */
public final class MarketClosures {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalTime WEEK_BOUNDARY = LocalTime.of(17, 0);
    private static final LocalTime FIRST_TRADE = LocalTime.of(4, 0);
    private static final LocalTime LAST_TRADE = LocalTime.of(20, 0);

    private MarketClosures() {}

    /** How long the market remains closed; zero while it may be open. */
    public static Duration closedFor(AssetType type, String zone, Instant now) {
        return switch (type) {
            case CRYPTO, FUND, RATE, MACRO, NEWS -> Duration.ZERO;
            case FX, COMMODITY -> weekend(now.atZone(NEW_YORK));
            case STOCK, ETF, INDEX -> {
                try {
                    yield night(now.atZone(ZoneId.of(zone)));
                } catch (DateTimeException unknownZone) {
                    yield Duration.ZERO;
                }
            }
        };
    }

    private static Duration weekend(ZonedDateTime now) {
        boolean closed = switch (now.getDayOfWeek()) {
            case FRIDAY -> !now.toLocalTime().isBefore(WEEK_BOUNDARY);
            case SATURDAY -> true;
            case SUNDAY -> now.toLocalTime().isBefore(WEEK_BOUNDARY);
            default -> false;
        };
        if (!closed) {
            return Duration.ZERO;
        }
        var opens = now;
        while (opens.getDayOfWeek() != DayOfWeek.SUNDAY) {
            opens = opens.plusDays(1);
        }
        return Duration.between(now, opens.with(WEEK_BOUNDARY));
    }

    private static Duration night(ZonedDateTime now) {
        if (tradingDay(now)
                && !now.toLocalTime().isBefore(FIRST_TRADE)
                && now.toLocalTime().isBefore(LAST_TRADE)) {
            return Duration.ZERO;
        }
        var opens = now.with(FIRST_TRADE);
        while (!tradingDay(opens) || !opens.isAfter(now)) {
            opens = opens.plusDays(1);
        }
        return Duration.between(now, opens);
    }

    private static boolean tradingDay(ZonedDateTime day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }
}
