package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.calendar.CurrencyWeek;
import io.marketbrain.model.calendar.ExchangeCalendar;
import io.marketbrain.model.calendar.TradingSession;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long a market has certainly been open between two instants. Crypto never closes; foreign exchange and
 * commodities are closed from Friday to Sunday, 17:00 in New York; securities count between 10:00 and 16:00 on the
 * trading days of their exchange. Pure.
 */
final class SessionTime {
    /** Beyond this the days are not counted any more: every market has been open for long enough. */
    static final Duration LONGEST = Duration.ofDays(30);

    private static final LocalTime OPENING = LocalTime.of(10, 0);
    private static final LocalTime CLOSING = LocalTime.of(16, 0);

    /** The last prices of a session come a few minutes after its end. */
    private static final Duration CLOSING_AUCTION = Duration.ofMinutes(15);

    private static final Duration SESSION = Duration.between(OPENING, CLOSING);

    private SessionTime() {}

    /** The open time from {@code from} to {@code to}; all of it if that is more than {@link #LONGEST}. */
    static Duration between(Listing listing, Instant from, Instant to) {
        Duration whole = Duration.between(from, to);
        if (whole.compareTo(LONGEST) > 0 || whole.isNegative()) {
            return whole;
        }
        return switch (listing.instrument().type()) {
            case CRYPTO, FUND, RATE, MACRO, NEWS -> whole;
            case FX, COMMODITY -> weeks(from, to);
            case STOCK, ETF, INDEX -> sessions(listing, from, to);
        };
    }

    /**
     * Whether an instant is certainly outside the regular session of a security's exchange, when prices are not part of the
     * day's high and low.
     */
    static boolean isOutside(Listing listing, @Nullable Instant at) {
        boolean hasSessions = switch (listing.instrument().type()) {
            case STOCK, ETF, INDEX -> true;
            case CRYPTO, FX, COMMODITY, FUND, RATE, MACRO, NEWS -> false;
        };
        Optional<ExchangeCalendar> calendar = hasSessions && at != null
                ? ExchangeCalendar.find(listing.instrument().mic(), listing.zone())
                        .filter(ExchangeCalendar::knowsHours)
                : Optional.empty();
        if (calendar.isEmpty() || at == null) {
            return false;
        }
        for (TradingSession session :
                calendar.get().sessions(LocalDate.ofInstant(at, calendar.get().zone()))) {
            if (!at.isBefore(session.opens()) && !at.isAfter(session.closes().plus(CLOSING_AUCTION))) {
                return false;
            }
        }
        return true;
    }

    /** The open time within a candle of an interval, in a week without holidays. */
    static Duration within(AssetType type, Interval interval) {
        Duration length = interval.length();
        return switch (type) {
            case CRYPTO, FUND, RATE, MACRO, NEWS -> length;
            case FX, COMMODITY ->
                interval.compareTo(Interval.W1) < 0
                        ? length
                        : length.multipliedBy(5).dividedBy(7);
            case STOCK, ETF, INDEX ->
                interval.compareTo(Interval.W1) < 0
                        ? shorter(length, SESSION)
                        : SESSION.multipliedBy(length.toDays() * 5 / 7);
        };
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration weeks(Instant from, Instant to) {
        Duration open = Duration.ZERO;
        for (TradingSession week = CurrencyWeek.lastBegun(from);
                week.opens().isBefore(to);
                week = CurrencyWeek.after(week)) {
            open = open.plus(week.overlap(from, to));
        }
        return open;
    }

    private static Duration sessions(Listing listing, Instant from, Instant to) {
        ExchangeCalendar calendar = ExchangeCalendar.find(listing.instrument().mic(), listing.zone())
                .or(() -> ExchangeCalendar.find(null, "UTC"))
                .orElseThrow();
        Duration open = Duration.ZERO;
        LocalDate end = LocalDate.ofInstant(to, calendar.zone());
        for (LocalDate day = LocalDate.ofInstant(from, calendar.zone()); !day.isAfter(end); day = day.plusDays(1)) {
            for (TradingSession session : calendar.sessions(day, OPENING, CLOSING)) {
                open = open.plus(session.overlap(from, to));
            }
        }
        return open;
    }
}
