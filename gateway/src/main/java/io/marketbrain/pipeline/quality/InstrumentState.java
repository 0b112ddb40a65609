package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.calendar.PublicationSchedule;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the checks remember of one instrument at one provider: the band of its prices, its longest recent silence and its
 * last bid and ask. The band is the last accepted price and the running median of its moves per square root of a second.
 * A price outside the band is doubtful; once three in a row agree with each other, theirs is the new level.
 *
 * <p>One flat object, because there are thousands of them: times are in whole seconds, prices in floats and logarithms,
 * which are exact enough to judge by; the prices themselves are not touched. Thread-safe.
 */
final class InstrumentState {
    /** The silences after which the longest one is taken for the instrument's own. */
    private static final int KNOWN_SILENCES = 8;

    /** After so many prices that agree with each other, a new level is accepted. */
    private static final int ACCEPTED_AFTER = 3;

    /** The deviation over a second before anything is known: 3 % a day. */
    private static final double FIRST_DEVIATION = 0.03 / Math.sqrt(86_400);

    private static final int MOST_SEEN = 1000;

    /** The figures of an earlier price that a detail shows; it is known as a logarithm only. */
    private static final MathContext FIGURES = new MathContext(8);

    /** The logarithm of the last accepted price; not a number if there is none. */
    private double level = Double.NaN;

    /** The logarithm of the last price outside the band. */
    private float candidate;

    private float median = (float) (FIRST_DEVIATION / StreamingMedian.TO_DEVIATION);
    private int acceptedAt;
    private int lastTime;
    private int lastSeen;
    private int longestSilence;
    private float bid;
    private float ask;
    private int quotedAt;
    private short seen;
    private byte agreeing;
    private byte silences;

    /** Adds what a quote's price and time say in the light of earlier ones, then remembers them. */
    Findings screen(Quote quote, Instant now, Findings found) {
        return screen(quote, null, now, found);
    }

    /** @param published when quotes are published, if that is once a day; null for those of a market */
    synchronized Findings screen(Quote quote, @Nullable PublicationSchedule published, Instant now, Findings found) {
        Instant at = quote.asOf();
        AssetType type = quote.listing().instrument().type();
        Findings all = found;
        if (at != null) {
            long limit = staleAfterSeconds(type)
                    + StalenessScreen.seconds(quote.details().delay());
            all = published == null
                    ? StalenessScreen.screen("the quote", at, quote.listing(), limit, now, all)
                    : StalenessScreen.screen(at, published, now, all);
            learnRhythm((int) at.getEpochSecond(), (int) now.getEpochSecond());
        }
        rememberSpread(quote.bid(), quote.ask(), at == null ? now : at);
        return price(quote.price(), JumpScreen.hasSplits(type), at == null ? now : at, all);
    }

    /**
     * Compares the last close of candles with earlier prices, if it is newer; so a response that is wrong as a whole, which
     * looks right by itself, is found.
     */
    synchronized Findings screen(Candles candles, Instant now, Findings found) {
        if (candles.candles().isEmpty()) {
            return found;
        }
        Candle last = candles.candles().getLast();
        Instant end = candles.interval().next(last.openTime());
        boolean splits = JumpScreen.hasSplits(candles.listing().instrument().type());
        if (!candles.actions().isEmpty() && !Double.isNaN(level)) {
            level += AnnouncedSplits.move(AnnouncedSplits.all(candles), Instant.ofEpochSecond(acceptedAt), end);
        }
        return price(last.close(), splits, end.isAfter(now) ? now : end, found);
    }

    /** Adds which trades are beyond a bid and an ask of the same time, by more than their spread. */
    synchronized Findings screen(Trades trades, Findings found) {
        return ask > 0 ? TradesScreen.offQuote(trades, bid, ask, quotedAt, found) : found;
    }

    private long staleAfterSeconds(AssetType type) {
        return silences < KNOWN_SILENCES
                ? StalenessScreen.limitSeconds(type)
                : StalenessScreen.limitSeconds(type, longestSilence);
    }

    /**
     * Takes a time into the rhythm. A silence is known to have lasted from a price to the last time it was still the
     * newest; it counts once a newer price has ended it, so that a feed that stops does not become its own measure.
     */
    private void learnRhythm(int time, int seen) {
        if (time > lastTime) {
            if (lastTime > 0) {
                int silence = Math.max(lastSeen - lastTime, seen - time);
                longestSilence = Math.max(silence, longestSilence - longestSilence / 64);
                silences = (byte) Math.min(silences + 1, KNOWN_SILENCES);
            }
            lastTime = time;
        }
        lastSeen = seen;
    }

    private void rememberSpread(@Nullable BigDecimal bid, @Nullable BigDecimal ask, Instant at) {
        if (bid == null || ask == null || bid.compareTo(ask) >= 0) {
            this.ask = 0;
            return;
        }
        this.bid = (float) bid.doubleValue();
        this.ask = (float) ask.doubleValue();
        this.quotedAt = (int) at.getEpochSecond();
    }

    /**
     * Adds what is doubtful about a price, then takes the price into the band.
     *
     * @param splits whether the instrument is of a kind that splits
     * @param at when the price was current, by the provider's clock, or when it was received
     */
    private Findings price(BigDecimal price, boolean splits, Instant at, Findings found) {
        double value = price.doubleValue();
        int now = (int) at.getEpochSecond();
        if (value <= 0) {
            level = Double.NaN;
            return found;
        }
        double log = Math.log(value);
        if (Double.isNaN(level)) {
            accept(log, now);
            return found;
        }
        int elapsed = now - acceptedAt;
        double move = Math.abs(log - level);
        if (elapsed < 0) {
            return found;
        }
        double root = Math.sqrt(Math.max(1, elapsed));
        if (move <= limit(root)) {
            if (move > 0) {
                median = (float) StreamingMedian.after(median, move / root, seen);
                seen = (short) Math.min(seen + 1, MOST_SEEN);
            }
            accept(log, now);
            return found;
        }
        return outside(price, splits, log, now, root, found);
    }

    private Findings outside(BigDecimal price, boolean splits, double log, int now, double root, Findings found) {
        boolean agrees = agreeing > 0 && Math.abs(log - candidate) <= limit(root);
        agreeing = (byte) (agrees ? agreeing + 1 : 1);
        candidate = (float) log;
        double before = level;
        double limit = limit(root);
        double deviation = StreamingMedian.TO_DEVIATION * median * root;
        if (agreeing >= ACCEPTED_AFTER) {
            accept(log, now);
        }
        // Whether the price will come back is not known; where there are splits, it is one that is suspected.
        Findings.Finding one = JumpNames.name(
                new BigDecimal(Math.exp(before)).round(FIGURES), price, splits, !splits, deviation, limit, "");
        return found.and(one.check(), one.detail());
    }

    private void accept(double log, int now) {
        level = log;
        acceptedAt = now;
        agreeing = 0;
    }

    private double limit(double root) {
        return Math.max(
                JumpScreen.LEAST_POINT_MOVE,
                JumpScreen.POINT_DEVIATIONS
                        * StreamingMedian.uncertainty(seen)
                        * StreamingMedian.TO_DEVIATION
                        * median
                        * root);
    }
}
