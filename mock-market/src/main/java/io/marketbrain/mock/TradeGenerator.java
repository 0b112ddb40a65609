package io.marketbrain.mock;

import java.util.List;

/**
 * Generates the trades of one second: one at its open, its two extremes and its close, with the second's volume split
 * among them exactly, so that candles rebuilt from trades equal the candles served.
 */
final class TradeGenerator {
    private static final int MAX_TRADES = 4;
    private static final int IDS_PER_SECOND = 8;

    private TradeGenerator() {}

    /** The fewest seconds that can have so many trades. */
    static int fewestSeconds(int trades) {
        return Math.ceilDiv(trades, MAX_TRADES);
    }

    /** Appends the trades of a completed second. */
    static void append(Bar second, long market, List<TradePrint> prints) {
        long key = SplitMix64.child(market, second.start());
        boolean lowFirst = second.close() >= second.open();
        long[] prices = {
            second.open(),
            lowFirst ? second.low() : second.high(),
            lowFirst ? second.high() : second.low(),
            second.close()
        };
        int count = 0;
        for (int i = 0; i < MAX_TRADES; i++) {
            if (i == 0 || prices[i] != prices[count - 1]) {
                prices[count++] = prices[i];
            }
        }
        long remaining = second.volume();
        for (int i = 0; i < count; i++) {
            long bits = SplitMix64.child(key, i);
            int others = count - 1 - i;
            long most = remaining - others;
            long size = others == 0 ? remaining : 1 + (long) ((most - 1) * (2 * SplitMix64.unit(bits) / (count + 1)));
            remaining -= size;
            long time = second.start() + (1000L * i + Math.floorMod(bits, 900)) / count;
            boolean bought = i == 0 ? (bits & 1) == 0 : prices[i] > prices[i - 1];
            prints.add(new TradePrint(second.start() / 1000 * IDS_PER_SECOND + i, time, prices[i], size, bought));
        }
    }
}
