package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.calendar.PublicationSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The check of data against its age, measured in time for which its market was open, and against how often the
 * instrument is traded. Pure.
 */
final class StalenessScreen {
    /** An age is unusual for an instrument if it is longer than its longest recent silence by this factor. */
    static final int UNUSUAL = 10;

    /** However often an instrument is traded, a younger price is not stale: five minutes. */
    static final long LEAST_SECONDS = 300;

    /** However seldom an instrument is traded, an older price is stale: a day. */
    static final long MOST_SECONDS = 86_400;

    /** Candles are expected within so many intervals. */
    private static final int INTERVALS = 3;

    private StalenessScreen() {}

    /** The open time in seconds after which data of an instrument is stale, if nothing is known about it but its type. */
    static long limitSeconds(AssetType type) {
        return switch (type) {
            case CRYPTO, FX, COMMODITY -> 3600;
            // More than one session of six hours, because a holiday counts as open.
            case STOCK, ETF, INDEX -> 8 * 3600;
            case FUND, RATE, MACRO, NEWS -> 10 * 86_400;
        };
    }

    /** The same for an instrument whose longest recent silence is known. */
    static long limitSeconds(AssetType type, long longestSilenceSeconds) {
        return type == AssetType.CRYPTO
                ? Math.clamp(longestSilenceSeconds * UNUSUAL, LEAST_SECONDS, MOST_SECONDS)
                : limitSeconds(type);
    }

    /** How much older data is at best that its provider publishes with a delay. */
    static long seconds(@Nullable Duration delay) {
        return delay == null ? 0 : delay.toSeconds();
    }

    /**
     * Adds what is wrong with the age of current data.
     *
     * @param what what the time is of, to begin a sentence with
     */
    static Findings screen(
            String what, @Nullable Instant at, Listing listing, long limitSeconds, Instant now, Findings found) {
        if (at == null || now.getEpochSecond() - at.getEpochSecond() <= limitSeconds) {
            return found;
        }
        return SessionTime.between(listing, at, now).toSeconds() <= limitSeconds
                ? found
                : found.and(
                        QualityCheck.STALE_FEED,
                        what + " is of " + at + ", " + AgeText.of(Duration.between(at, now)) + " ago; "
                                + AgeText.of(Duration.ofSeconds(limitSeconds))
                                + " is the most that is usual for this instrument");
    }

    /** Adds whether a rate that is published once a day is not the latest. */
    static Findings screen(Instant at, PublicationSchedule published, Instant now, Findings found) {
        Instant late = published.lateFrom(at);
        return now.isBefore(late)
                ? found
                : found.and(
                        QualityCheck.STALE_FEED,
                        "the rate is of " + at + ", " + AgeText.of(Duration.between(at, now))
                                + " ago; the next one was due before " + late);
    }

    static Findings screen(Trades trades, Instant now, Findings found) {
        List<Trade> all = trades.trades();
        if (all.isEmpty()) {
            return found;
        }
        Instant last = all.getLast().time();
        long limit = limitSeconds(trades.listing().instrument().type())
                + seconds(trades.listing().delay());
        if (now.getEpochSecond() - last.getEpochSecond() <= limit) {
            return found;
        }
        long silence = 0;
        for (int i = 1; i < all.size(); i++) {
            silence =
                    Math.max(silence, seconds(all.get(i - 1).time(), all.get(i).time()));
        }
        return screen("the last trade", last, trades.listing(), Math.max(limit, silence * UNUSUAL), now, found);
    }

    /** Adds what is wrong with candles up to now that end long before it. */
    static Findings screen(CandlesQuery query, Candles candles, Instant now, Findings found) {
        List<Candle> all = candles.candles();
        Instant to = query.to();
        boolean reachesNow = to == null || !to.isBefore(now);
        // From a start on, as many as requested do not reach the present.
        boolean firstPage = query.from() != null && all.size() == query.limit();
        if (all.isEmpty() || !reachesNow || firstPage) {
            return found;
        }
        Instant end = query.interval().next(all.getLast().openTime());
        Listing listing = candles.listing();
        AssetType type = listing.instrument().type();
        long length = SessionTime.within(type, query.interval()).toSeconds();
        long limit = Math.max(limitSeconds(type), length * INTERVALS) + seconds(listing.delay());
        return seconds(end, now) <= limit
                ? found
                : screen(
                        "the end of the last candle",
                        end,
                        listing,
                        Math.max(limit, usualSilence(candles) * UNUSUAL),
                        now,
                        found);
    }

    /** The open time between candles that only one in ten exceeds; the longest may be a single outage. */
    private static long usualSilence(Candles candles) {
        List<Candle> all = candles.candles();
        if (all.size() < 2) {
            return 0;
        }
        Listing listing = candles.listing();
        long[] silences = new long[all.size() - 1];
        for (int i = 0; i < silences.length; i++) {
            Instant end = candles.interval().next(all.get(i).openTime());
            Instant next = all.get(i + 1).openTime();
            silences[i] =
                    next.isAfter(end) ? SessionTime.between(listing, end, next).toSeconds() : 0;
        }
        Arrays.sort(silences);
        return silences[(silences.length - 1) * 9 / 10];
    }

    private static long seconds(Instant from, Instant to) {
        return to.getEpochSecond() - from.getEpochSecond();
    }
}
