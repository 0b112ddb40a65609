package io.marketbrain.mock;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Prints hashes of the tables and of ten thousand quotes and candles of each sample market, one per line. A separate
 * program, so that it can also run in a process with another compiler, locale and time zone.
 */
final class GoldenMarket {
    private static final int MOMENTS = 10_000;

    private GoldenMarket() {}

    public static void main(String[] args) {
        hashes().forEach(System.out::println);
    }

    static List<String> hashes() {
        List<String> lines = new ArrayList<>();
        lines.add("tables " + Long.toHexString(RandomTables.fingerprint()));
        for (Instrument instrument : Stream.concat(MarketSamples.ALL.stream(), MarketSamples.METALS.stream())
                .toList()) {
            lines.add(instrument.unified() + " " + Long.toHexString(hash(MarketSamples.market(instrument))));
        }
        return lines;
    }

    private static long hash(Market market) {
        var random = new SplittableRandom(2026);
        Interval[] intervals = Interval.values();
        long hash = 0;
        for (int i = 0; i < MOMENTS; i++) {
            long at = MarketSamples.moment(random);
            BidAsk quote = market.quoteAt(at);
            hash = mixed(hash, quote.time(), quote.bid(), quote.bidSize(), quote.ask(), quote.askSize(), quote.last());
            Interval interval = intervals[i % intervals.length];
            for (Bar bar : market.lastCandles(interval, at, at, 1)) {
                hash = mixed(hash, bar.start(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume());
            }
            if (i % 100 == 0) {
                for (TradePrint print : market.tradesUntil(at, 10)) {
                    hash = mixed(hash, print.id(), print.time(), print.price(), print.size(), print.bought() ? 1 : 0);
                }
                for (GeneratedBook.Rung rung : market.bookAt(at, 10).asks()) {
                    hash = mixed(hash, rung.price(), rung.size());
                }
            }
        }
        return hash;
    }

    private static long mixed(long hash, long... values) {
        long mixed = hash;
        for (long value : values) {
            mixed = SplitMix64.bits(mixed + value + 1);
        }
        return mixed;
    }
}
