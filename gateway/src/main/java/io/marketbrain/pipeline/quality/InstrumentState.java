package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the checks remember of one instrument at one provider: the band of its prices, its longest recent silence and its
 * last bid and ask. Times are in whole seconds and prices in floats, which are exact enough to judge by and keep it small.
 * Thread-safe.
 */
final class InstrumentState {
    /** The silences after which the longest one is taken for the instrument's own. */
    private static final int KNOWN_SILENCES = 8;

    /** How old a bid and an ask may be for trades to be compared with them. */
    private static final int QUOTE_SECONDS = 5;

    /** How far a trade may be from the bid or the ask, in units of its price; prices move within {@link #QUOTE_SECONDS}. */
    private static final double OFF_QUOTE = 0.02;

    private final PriceBand band = new PriceBand();
    private int lastTime;
    private int lastSeen;
    private int longestSilence;
    private int silences;
    private float bid;
    private float ask;
    private int quotedAt;

    /** Adds what a quote's price and time say in the light of earlier ones, then remembers them. */
    synchronized Findings screen(Quote quote, Instant now, Findings found) {
        Instant at = quote.asOf();
        AssetType type = quote.listing().instrument().type();
        Findings all = found;
        if (at != null) {
            all = StalenessScreen.screen("the quote", at, quote.listing(), staleAfterSeconds(type), now, all);
            learnRhythm((int) at.getEpochSecond(), (int) now.getEpochSecond());
        }
        rememberSpread(quote.bid(), quote.ask(), at == null ? now : at);
        return band.screen(quote.price(), JumpScreen.hasSplits(type), at == null ? now : at, all);
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
        return band.screen(last.close(), splits, end.isAfter(now) ? now : end, found);
    }

    /** Adds which trades are beyond a bid and an ask of the same time, by more than their spread. */
    synchronized Findings screen(Trades trades, Findings found) {
        List<Trade> all = trades.trades();
        Findings sum = found;
        for (int i = all.size() - 1; i >= 0 && ask > 0; i--) {
            Trade trade = all.get(i);
            long apart = trade.time().getEpochSecond() - quotedAt;
            if (apart < -QUOTE_SECONDS) {
                break;
            }
            double price = trade.price().doubleValue();
            double beyond = Math.max(bid - price, price - ask);
            if (apart <= QUOTE_SECONDS && beyond > Math.max(ask - bid, ask * OFF_QUOTE)) {
                sum = sum.and(
                        QualityCheck.TRADE_OFF_QUOTE,
                        "the trade at " + trade.price().toPlainString() + " of " + trade.time()
                                + " is far from the bid " + bid + " and the ask " + ask + " of "
                                + Instant.ofEpochSecond(quotedAt));
            }
        }
        return sum;
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
                silences = Math.min(silences + 1, KNOWN_SILENCES);
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
}
