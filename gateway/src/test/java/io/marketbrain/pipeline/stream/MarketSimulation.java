package io.marketbrain.pipeline.stream;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The trades of one instrument at an exchange and the bars that they make, by the clock of the exchange. Not thread-safe. */
final class MarketSimulation {
    private final Random random;
    private final Interval interval;
    private final double meanMillis;
    private final List<Trade> trades = new ArrayList<>();
    private final TreeMap<Instant, Candle> bars = new TreeMap<>();
    private double nextMillis;
    private Instant now;

    MarketSimulation(Random random, Interval interval, double perSecond, Instant began) {
        this.random = random;
        this.interval = interval;
        this.meanMillis = 1000 / perSecond;
        this.nextMillis = began.toEpochMilli();
        this.now = began;
    }

    void advanceTo(Instant instant) {
        now = instant;
        while (nextMillis <= instant.toEpochMilli()) {
            add(new Trade(
                    Integer.toString(trades.size() + 1),
                    Instant.ofEpochMilli((long) nextMillis),
                    BigDecimal.valueOf(1000 + random.nextInt(100)),
                    BigDecimal.valueOf(1 + random.nextInt(9)),
                    null));
            nextMillis += -Math.log(1 - random.nextDouble()) * meanMillis;
        }
    }

    private void add(Trade trade) {
        trades.add(trade);
        Instant open = interval.floor(trade.time());
        Candle bar = bars.get(open);
        BigDecimal price = trade.price();
        BigDecimal paid = price.multiply(trade.size());
        bars.put(
                open,
                bar == null
                        ? new Candle(open, price, price, price, price, trade.size(), paid, 1L, false)
                        : new Candle(
                                open,
                                bar.open(),
                                bar.high().max(price),
                                bar.low().min(price),
                                price,
                                sum(bar.volume(), trade.size()),
                                sum(bar.quoteVolume(), paid),
                                (bar.trades() == null ? 0 : bar.trades()) + 1,
                                false));
    }

    private static BigDecimal sum(@Nullable BigDecimal a, BigDecimal b) {
        return a == null ? b : a.add(b);
    }

    Instant now() {
        return now;
    }

    List<Trade> trades() {
        return trades;
    }

    /** Bars with trades that open in a range; those whose time is over at an instant are complete. */
    List<Candle> bars(Instant from, Instant to, Instant over) {
        List<Candle> found = new ArrayList<>();
        NavigableMap<Instant, Candle> part = from.isBefore(to) ? bars.subMap(from, true, to, false) : new TreeMap<>();
        for (Candle bar : part.values()) {
            found.add(
                    BarTracker.withComplete(bar, !interval.next(bar.openTime()).isAfter(over)));
        }
        return found;
    }
}
