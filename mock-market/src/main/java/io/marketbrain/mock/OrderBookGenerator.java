package io.marketbrain.mock;

import io.marketbrain.mock.calendar.MarketClock;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds bid, ask and resting orders to a price. The last trade was at the ask while the price rises and at the bid while
 * it falls; the spread widens with the size of the current minute's move. Sizes depend on the price level and change
 * every half minute, at a different moment for each level, so that orders stay in place while the price moves around
 * them. Thread-safe.
 */
final class OrderBookGenerator {
    private static final long MINUTE_UNITS = 60_000L * MarketClock.UNITS_PER_MILLI;
    private static final double BPS = 1e-4;
    private static final double QUIET = 0.6;
    private static final double WIDEST = 8;
    private static final long SIZE_CHANGE_MILLIS = 30_000;
    static final double[] SIZES = RandomTables.lognormal(0.8);

    private final long key;
    private final double spread;
    private final double usualMove;
    private final long step;
    private final double usualSize;

    OrderBookGenerator(Asset asset, long key) {
        this.key = SplitMix64.named(key, "book");
        this.spread = asset.kind().spreadBps() * BPS;
        this.usualMove = asset.params().volatility()
                * Exp2.log2OfE()
                / Math.sqrt((double) asset.kind().clock().dayUnits() / MINUTE_UNITS);
        double wanted = asset.params().base() / asset.tick().doubleValue() * spread / 4;
        long power = 1;
        while (power * 10 <= wanted) {
            power *= 10;
        }
        this.step = power;
        this.usualSize = Math.max(2, asset.params().dailyVolume() / 20_000);
    }

    BidAsk quote(long time, long last, PathPoint spot) {
        double activity = Math.min(WIDEST, spot.minuteMove / usualMove);
        long wanted = (long) (last * spread * (QUIET + (1 - QUIET) * activity));
        long spreadTicks = Math.max(1, Math.min(wanted, last - 1));
        long bid = spot.rising ? last - spreadTicks : last;
        long ask = bid + spreadTicks;
        return new BidAsk(time, bid, size(bid, time), ask, size(ask, time), last);
    }

    GeneratedBook ladder(BidAsk quote, int depth) {
        List<GeneratedBook.Rung> bids = new ArrayList<>(Math.min(depth, 1000));
        List<GeneratedBook.Rung> asks = new ArrayList<>(Math.min(depth, 1000));
        bids.add(new GeneratedBook.Rung(quote.bid(), quote.bidSize()));
        asks.add(new GeneratedBook.Rung(quote.ask(), quote.askSize()));
        for (long price = (quote.bid() - 1) / step * step; price > 0 && bids.size() < depth; price -= step) {
            add(bids, price, quote.time());
        }
        for (long price = quote.ask() / step * step + step; asks.size() < depth; price += step) {
            add(asks, price, quote.time());
        }
        return new GeneratedBook(quote.time(), bids, asks);
    }

    /** Adds the level, unless it is one of the roughly one in four that are empty. */
    private void add(List<GeneratedBook.Rung> side, long price, long time) {
        if ((SplitMix64.child(key, price) & 3) != 0) {
            side.add(new GeneratedBook.Rung(price, size(price, time)));
        }
    }

    private long size(long price, long time) {
        long level = SplitMix64.child(key, price);
        long rest = Math.floorDiv(time + (level >>> 40), SIZE_CHANGE_MILLIS);
        double round = price % (step * 100) == 0 ? 6 : price % (step * 10) == 0 ? 2.5 : 1;
        return 1 + (long) (usualSize * round * SIZES[(int) (SplitMix64.child(level, rest) & RandomTables.MASK)]);
    }
}
