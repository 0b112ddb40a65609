package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The check of data against its age, measured in time for which its market was open, and against how often the
 * instrument is traded. Pure.
 */
final class StalenessScreen {
    /** An age is unusual for an instrument if it is longer than its longest recent silence by this factor. */
    static final int UNUSUAL = 10;

    /** However often an instrument is traded, a younger price is not stale. */
    static final Duration LEAST = Duration.ofMinutes(5);

    /** However seldom an instrument is traded, an older price is stale. */
    static final Duration MOST = Duration.ofDays(1);

    /** Candles are expected within so many intervals. */
    private static final int INTERVALS = 3;

    private StalenessScreen() {}

    /** The open time after which data of an instrument is stale, if nothing is known about it but its type. */
    static Duration limit(AssetType type) {
        return switch (type) {
            case CRYPTO, FX, COMMODITY -> Duration.ofHours(1);
            // More than one session of six hours, because a holiday counts as open.
            case STOCK, ETF, INDEX -> Duration.ofHours(8);
            case FUND, RATE, MACRO, NEWS -> Duration.ofDays(10);
        };
    }

    /** The same for an instrument whose longest recent silence is known. */
    static Duration limit(AssetType type, Duration longestSilence) {
        if (type != AssetType.CRYPTO) {
            return limit(type);
        }
        Duration unusual = longestSilence.multipliedBy(UNUSUAL);
        if (unusual.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return unusual.compareTo(MOST) > 0 ? MOST : unusual;
    }

    /**
     * Adds what is wrong with the age of current data.
     *
     * @param what what the time is of, to begin a sentence with
     */
    static Findings screen(
            String what, @Nullable Instant at, Listing listing, Duration limit, Instant now, Findings found) {
        if (at == null || Duration.between(at, now).compareTo(limit) <= 0) {
            return found;
        }
        AssetType type = listing.instrument().type();
        Duration open = SessionTime.between(type, listing.zone(), at, now);
        return open.compareTo(limit) <= 0
                ? found
                : found.and(
                        QualityCheck.STALE_FEED,
                        what + " is of " + at + ", " + AgeText.of(Duration.between(at, now)) + " ago; "
                                + AgeText.of(limit) + " is the most that is usual for this instrument");
    }

    static Findings screen(Trades trades, Instant now, Findings found) {
        List<Trade> all = trades.trades();
        if (all.isEmpty()) {
            return found;
        }
        Instant last = all.getLast().time();
        Duration limit = limit(trades.listing().instrument().type());
        if (Duration.between(last, now).compareTo(limit) <= 0) {
            return found;
        }
        Duration silence = Duration.ZERO;
        for (int i = 1; i < all.size(); i++) {
            silence = longer(silence, Duration.between(all.get(i - 1).time(), all.get(i).time()));
        }
        return screen("the last trade", last, trades.listing(), longer(limit, silence.multipliedBy(UNUSUAL)), now, found);
    }

    /** Adds what is wrong with candles up to now that end long before it. */
    static Findings screen(CandlesQuery query, Candles candles, Instant now, Findings found) {
        List<Candle> all = candles.candles();
        Instant to = query.to();
        if (all.isEmpty() || (to != null && to.isBefore(now))) {
            return found;
        }
        Instant end = query.interval().next(all.getLast().openTime());
        Duration length = query.interval().length();
        Duration limit = longer(limit(candles.listing().instrument().type()), length.multipliedBy(INTERVALS));
        if (Duration.between(end, now).compareTo(limit) <= 0) {
            return found;
        }
        Duration silence = Duration.ZERO;
        for (int i = 1; i < all.size(); i++) {
            Duration between = Duration.between(all.get(i - 1).openTime(), all.get(i).openTime());
            silence = longer(silence, between.minus(length));
        }
        return screen(
                "the end of the last candle",
                end,
                candles.listing(),
                longer(limit, silence.multipliedBy(UNUSUAL)),
                now,
                found);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
