package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketData.Candle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The faults that are injected into real candles, as a provider would send them, and the checks that should find each.
 * A gross fault is one that must be found in 95 of 100 cases.
 */
enum InjectedFault {
    FACTOR_100("factor 100", true, QualityCheck.SUSPECTED_FACTOR),
    FACTOR_1000("factor 1000", true, QualityCheck.SUSPECTED_FACTOR),
    FACTOR_10("factor 10", true, QualityCheck.SUSPECTED_FACTOR, QualityCheck.SPLIT_LIKE),
    INVERSE("inverse", true, QualityCheck.SUSPECTED_FACTOR),
    SPLIT("split, not adjusted", true, QualityCheck.SPLIT_LIKE),
    WRONG_INSTRUMENT(
            "wrong instrument, its price beyond 2:1",
            true,
            QualityCheck.PRICE_JUMP,
            QualityCheck.SUSPECTED_FACTOR,
            QualityCheck.SPLIT_LIKE),
    LIKE_INSTRUMENT(
            "wrong instrument, its price within 2:1",
            false,
            QualityCheck.PRICE_JUMP,
            QualityCheck.SUSPECTED_FACTOR,
            QualityCheck.SPLIT_LIKE),
    JUMP_100_PERCENT("jump by 100 %", false, QualityCheck.PRICE_JUMP, QualityCheck.SPLIT_LIKE),
    JUMP_30_PERCENT("jump by 30 %", false, QualityCheck.PRICE_JUMP, QualityCheck.SPLIT_LIKE),
    JUMP_10_PERCENT("jump by 10 %", false, QualityCheck.PRICE_JUMP),
    ONE_LOW_TOO_SMALL("one low too small by 100", true, QualityCheck.PRICE_JUMP),
    FROZEN_WITHOUT_VOLUME("frozen, without volume", true, QualityCheck.FROZEN_BARS),
    FROZEN_COPIES("frozen, copies", true, QualityCheck.FROZEN_BARS),
    ZERO_VOLUME("volume lost", true, QualityCheck.ZERO_VOLUME),
    SWAPPED_OHLC(
            "swapped OHLC, high with low or close", true, QualityCheck.CONTRADICTORY_OHLC, QualityCheck.INEXACT_OHLC),
    SWAPPED_THROUGHOUT("swapped open and close, all candles", true, QualityCheck.SWAPPED_OPEN_CLOSE),
    SWAPPED_OPEN_AND_CLOSE("swapped open and close, one candle", false, QualityCheck.SWAPPED_OPEN_CLOSE),
    DUPLICATED("duplicated, with other values", true, QualityCheck.CONFLICTING_BARS),
    REORDERED("reordered", true, QualityCheck.UNORDERED_BARS),
    SHIFTED_OFF_GRID("time-shifted off the grid", true, QualityCheck.SHIFTED_BARS),
    SHIFTED_ONE_BAR("time-shifted by one candle", false, QualityCheck.SHIFTED_BARS);

    /** The run lengths that are injected; the last one is longer than any response. */
    private static final int[] RUNS = {1, 3, 10, 10_000};

    private final String title;
    private final boolean gross;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody changes
    private final Set<QualityCheck> finders;

    InjectedFault(String title, boolean gross, QualityCheck... finders) {
        this.title = title;
        this.gross = gross;
        this.finders = Set.of(finders);
    }

    /** The name in tables. */
    String title() {
        return title;
    }

    boolean isGross() {
        return gross;
    }

    /** The checks that count as right. */
    Set<QualityCheck> finders() {
        return finders;
    }

    /** Whether such a fault can happen to a series of this kind. */
    boolean suits(CorpusSeries series) {
        return switch (this) {
            case SPLIT -> series.type() == AssetType.STOCK || series.type() == AssetType.ETF;
            case ZERO_VOLUME -> series.candles().getFirst().volume() != null;
            default -> true;
        };
    }

    /** Whether the candles of another instrument are needed, and how far their price is. */
    boolean suits(Candle own, Candle other) {
        double ratio =
                Math.abs(Math.log(own.close().doubleValue() / other.close().doubleValue()));
        return this == LIKE_INSTRUMENT ? ratio <= Math.log(2) : ratio > Math.log(2);
    }

    /** Whether all candles have the fault, so that no onset can be named. */
    boolean isThroughout() {
        return this == SWAPPED_THROUGHOUT;
    }

    /**
     * How many candles after its onset a fault may be found: a shifted day shows at the next weekend, and a moved candle
     * where it was moved to.
     */
    int latest() {
        return switch (this) {
            case SHIFTED_OFF_GRID, SHIFTED_ONE_BAR, REORDERED -> 6;
            default -> 1;
        };
    }

    /**
     * The candles as sent, with the fault from {@code onset} on.
     *
     * @param other candles of another instrument, from the one that replaces that of the onset on
     */
    List<Candle> inject(List<Candle> clean, int onset, List<Candle> other, SplittableRandom random) {
        int run = RUNS[random.nextInt(RUNS.length)];
        boolean up = random.nextBoolean();
        int split = new int[] {2, 3, 4, 5, 7, 10, 20}[random.nextInt(7)];
        return switch (this) {
            case FACTOR_100 -> priced(clean, onset, run, factor(100, up));
            case FACTOR_1000 -> priced(clean, onset, run, factor(1000, up));
            case FACTOR_10 -> priced(clean, onset, run, factor(10, up));
            case INVERSE -> priced(clean, onset, run, price -> BigDecimal.ONE.divide(price, MathContext.DECIMAL32));
            case SPLIT -> priced(clean, onset, 10_000, factor(split, up));
            case JUMP_100_PERCENT -> priced(clean, onset, run, factor(2, up));
            case JUMP_30_PERCENT -> priced(clean, onset, run, factor(1.3, up));
            case JUMP_10_PERCENT -> priced(clean, onset, run, factor(1.1, up));
            case WRONG_INSTRUMENT, LIKE_INSTRUMENT -> ofOther(clean, onset, run, other);
            case FROZEN_WITHOUT_VOLUME -> frozen(clean, onset, 8 + random.nextInt(20), false);
            case FROZEN_COPIES -> frozen(clean, onset, 2 + random.nextInt(10), true);
            case SWAPPED_OHLC -> swapped(clean, onset, up);
            case ZERO_VOLUME -> withoutVolume(clean, onset, 5 + random.nextInt(20));
            case SWAPPED_THROUGHOUT -> openAndCloseSwapped(clean, 0, clean.size());
            case SWAPPED_OPEN_AND_CLOSE -> openAndCloseSwapped(clean, onset, onset + 1);
            case ONE_LOW_TOO_SMALL -> lowered(clean, onset);
            case DUPLICATED -> duplicated(clean, onset);
            case REORDERED -> reordered(clean, onset, 1 + random.nextInt(5));
            case SHIFTED_OFF_GRID ->
                shifted(
                        clean,
                        onset,
                        Duration.between(
                                        clean.getFirst().openTime(),
                                        clean.get(1).openTime())
                                .dividedBy(2)
                                .abs());
            case SHIFTED_ONE_BAR -> shifted(clean, onset, shortest(clean));
        };
    }

    private static UnaryOperator<BigDecimal> factor(double factor, boolean up) {
        BigDecimal by = BigDecimal.valueOf(factor);
        return price -> up ? price.multiply(by) : price.divide(by, MathContext.DECIMAL32);
    }

    private static Duration shortest(List<Candle> clean) {
        Duration least = Duration.ofDays(1000);
        for (int i = 1; i < clean.size(); i++) {
            Duration one =
                    Duration.between(clean.get(i - 1).openTime(), clean.get(i).openTime());
            least = one.compareTo(least) < 0 ? one : least;
        }
        return least;
    }

    private static List<Candle> priced(List<Candle> clean, int onset, int run, UnaryOperator<BigDecimal> change) {
        List<Candle> all = new ArrayList<>(clean);
        for (int i = onset; i < Math.min(clean.size(), (long) onset + run); i++) {
            Candle c = clean.get(i);
            BigDecimal a = change.apply(c.high());
            BigDecimal b = change.apply(c.low());
            all.set(i, with(c, change.apply(c.open()), a.max(b), a.min(b), change.apply(c.close()), c.volume()));
        }
        return all;
    }

    private static List<Candle> ofOther(List<Candle> clean, int onset, int run, List<Candle> other) {
        List<Candle> all = new ArrayList<>(clean);
        for (int i = onset; i < Math.min(clean.size(), (long) onset + run); i++) {
            Candle c = other.get((i - onset) % other.size());
            all.set(i, with(clean.get(i), c.open(), c.high(), c.low(), c.close(), c.volume()));
        }
        return all;
    }

    private static List<Candle> frozen(List<Candle> clean, int onset, int run, boolean copies) {
        List<Candle> all = new ArrayList<>(clean);
        Candle last = clean.get(onset - 1);
        for (int i = onset; i < Math.min(clean.size(), onset + run); i++) {
            BigDecimal close = last.close();
            all.set(
                    i,
                    copies
                            ? with(clean.get(i), last.open(), last.high(), last.low(), close, last.volume())
                            : with(clean.get(i), close, close, close, close, BigDecimal.ZERO));
        }
        return all;
    }

    private static List<Candle> swapped(List<Candle> clean, int onset, boolean highAndLow) {
        List<Candle> all = new ArrayList<>(clean);
        Candle c = clean.get(onset);
        all.set(
                onset,
                highAndLow
                        ? with(c, c.open(), c.low(), c.high(), c.close(), c.volume())
                        : with(c, c.open(), c.close(), c.high(), c.low(), c.volume()));
        return all;
    }

    private static List<Candle> openAndCloseSwapped(List<Candle> clean, int from, int to) {
        List<Candle> all = new ArrayList<>(clean);
        for (int i = from; i < to; i++) {
            Candle c = clean.get(i);
            all.set(i, with(c, c.close(), c.high(), c.low(), c.open(), c.volume()));
        }
        return all;
    }

    private static List<Candle> withoutVolume(List<Candle> clean, int onset, int run) {
        List<Candle> all = new ArrayList<>(clean);
        for (int i = onset; i < Math.min(clean.size(), onset + run); i++) {
            Candle c = clean.get(i);
            all.set(i, with(c, c.open(), c.high(), c.low(), c.close(), BigDecimal.ZERO));
        }
        return all;
    }

    private static List<Candle> lowered(List<Candle> clean, int onset) {
        List<Candle> all = new ArrayList<>(clean);
        Candle c = clean.get(onset);
        all.set(onset, with(c, c.open(), c.high(), c.low().movePointLeft(2), c.close(), c.volume()));
        return all;
    }

    private static List<Candle> duplicated(List<Candle> clean, int onset) {
        List<Candle> all = new ArrayList<>(clean);
        Candle before = clean.get(onset - 1);
        Candle c = clean.get(onset);
        all.add(onset, with(c, before.open(), before.high(), before.low(), before.close(), before.volume()));
        return all;
    }

    private static List<Candle> reordered(List<Candle> clean, int onset, int by) {
        List<Candle> all = new ArrayList<>(clean);
        all.add(Math.min(all.size() - 1, onset + by), all.remove(onset));
        return all;
    }

    private static List<Candle> shifted(List<Candle> clean, int onset, Duration by) {
        List<Candle> all = new ArrayList<>(clean);
        for (int i = onset; i < clean.size(); i++) {
            Candle c = clean.get(i);
            all.set(
                    i,
                    new Candle(
                            c.openTime().plus(by),
                            c.open(),
                            c.high(),
                            c.low(),
                            c.close(),
                            c.volume(),
                            null,
                            null,
                            true));
        }
        return all;
    }

    /** All candles with times that are later than the true ones. */
    static List<Candle> shiftedAll(List<Candle> clean, Duration by) {
        return shifted(clean, 0, by);
    }

    private static Candle with(
            Candle c, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, @Nullable BigDecimal volume) {
        return new Candle(c.openTime(), open, high, low, close, volume, null, null, true);
    }
}
