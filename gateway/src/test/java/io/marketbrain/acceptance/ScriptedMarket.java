package io.marketbrain.acceptance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The trades of one instrument at a scripted exchange, a random walk that its seed decides, and the bars they make. Thread-safe. */
final class ScriptedMarket {
    /** A trade; its number is its place in the sequence, from 1. */
    record Print(long number, long millis, BigDecimal price, BigDecimal size, boolean sell) {}

    /** The bar of a period; without trades all its prices are the last one before it. */
    record Bar(
            long openMillis,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            BigDecimal volume,
            BigDecimal quoteVolume,
            int trades) {}

    private final Random random;
    private final double meanMillis;
    private final List<Print> prints = new ArrayList<>();
    private final long began;
    private double next;
    private long cents;

    /** @param perSecond trades per second of the exchange's clock */
    ScriptedMarket(long seed, double perSecond, long beganMillis) {
        this.random = new Random(seed);
        this.meanMillis = 1000 / perSecond;
        this.began = beganMillis;
        this.next = beganMillis;
        this.cents = 10_000L + random.nextInt(90_000);
        advanceTo(beganMillis);
    }

    /** Adds the trades up to an instant. */
    synchronized void advanceTo(long millis) {
        while (next <= millis || prints.isEmpty()) {
            cents = Math.max(100, cents + random.nextInt(7) - 3);
            prints.add(new Print(
                    prints.size() + 1L,
                    (long) next,
                    BigDecimal.valueOf(cents, 2),
                    BigDecimal.valueOf(1 + random.nextInt(100_000), 5),
                    random.nextBoolean()));
            next += -Math.log(1 - random.nextDouble()) * meanMillis;
        }
    }

    synchronized List<Print> after(long number) {
        return List.copyOf(prints.subList((int) Math.min(number, prints.size()), prints.size()));
    }

    synchronized List<Print> latest(int most) {
        return List.copyOf(prints.subList(Math.max(0, prints.size() - most), prints.size()));
    }

    long began() {
        return began;
    }

    /** The bar that opens at an instant, of the trades up to another. */
    synchronized Bar bar(long openMillis, long periodMillis, long nowMillis) {
        Bar bar = null;
        BigDecimal before = prints.getFirst().price();
        for (Print print : prints) {
            if (print.millis() < openMillis) {
                before = print.price();
            } else if (print.millis() < openMillis + periodMillis && print.millis() <= nowMillis) {
                bar = with(bar, openMillis, print);
            }
        }
        return bar != null
                ? bar
                : new Bar(openMillis, before, before, before, before, BigDecimal.ZERO, BigDecimal.ZERO, 0);
    }

    private static Bar with(Bar bar, long openMillis, Print print) {
        BigDecimal price = print.price();
        BigDecimal paid = price.multiply(print.size());
        return bar == null
                ? new Bar(openMillis, price, price, price, price, print.size(), paid, 1)
                : new Bar(
                        openMillis,
                        bar.open(),
                        bar.high().max(price),
                        bar.low().min(price),
                        price,
                        bar.volume().add(print.size()),
                        bar.quoteVolume().add(paid),
                        bar.trades() + 1);
    }
}
