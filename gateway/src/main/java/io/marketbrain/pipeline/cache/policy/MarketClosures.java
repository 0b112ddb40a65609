package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.calendar.CurrencyWeek;
import io.marketbrain.model.calendar.ExchangeCalendar;
import io.marketbrain.model.calendar.TradingSession;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Determines when a market is certainly closed. In doubt it counts as open, extended hours included. Crypto never closes;
 * foreign exchange and commodities close from Friday to Sunday, 17:00 in New York; securities trade on the trading days of
 * their exchange between 4:00 and 20:00, or later where the exchange closes later.
 */
public final class MarketClosures {
    private static final LocalTime FIRST_TRADE = LocalTime.of(4, 0);
    private static final LocalTime LAST_TRADE = LocalTime.of(20, 0);

    private MarketClosures() {}

    /**
     * How long the market remains closed; zero while it may be open.
     *
     * @param mic the exchange's ISO 10383 code; null where it is not known
     */
    public static Duration closedFor(AssetType type, @Nullable String mic, String zone, Instant now) {
        return switch (type) {
            case CRYPTO, FUND, RATE, MACRO, NEWS -> Duration.ZERO;
            case FX, COMMODITY -> weekend(now);
            case STOCK, ETF, INDEX ->
                ExchangeCalendar.find(mic, zone)
                        .map(calendar -> night(calendar, now.atZone(calendar.zone())))
                        .orElse(Duration.ZERO);
        };
    }

    private static Duration weekend(Instant now) {
        TradingSession week = CurrencyWeek.lastBegun(now);
        return week.contains(now)
                ? Duration.ZERO
                : Duration.between(now, CurrencyWeek.after(week).opens());
    }

    private static Duration night(ExchangeCalendar calendar, ZonedDateTime now) {
        if (calendar.isTradingDay(now.toLocalDate())
                && !now.toLocalTime().isBefore(FIRST_TRADE)
                && (now.toLocalTime().isBefore(LAST_TRADE) || isBeforeClose(calendar, now))) {
            return Duration.ZERO;
        }
        var opens = now.with(FIRST_TRADE);
        while (!calendar.isTradingDay(opens.toLocalDate()) || !opens.isAfter(now)) {
            opens = opens.plusDays(1);
        }
        return Duration.between(now, opens);
    }

    private static boolean isBeforeClose(ExchangeCalendar calendar, ZonedDateTime now) {
        List<TradingSession> sessions = calendar.sessions(now.toLocalDate());
        return !sessions.isEmpty()
                && now.toInstant().isBefore(sessions.getLast().closes());
    }
}
