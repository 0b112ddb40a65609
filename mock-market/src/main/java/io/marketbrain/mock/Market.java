package io.marketbrain.mock;

import io.marketbrain.mock.calendar.MarketClock;
import io.marketbrain.mock.calendar.SupportedYears;
import io.marketbrain.mock.calendar.TradingCalendar;
import io.marketbrain.model.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One symbol's market, computed on demand from a seed: quotes, candles, trades and order book at any instant from 1980
 * to 2100. Nothing is stored, so the cost does not depend on the year or on how long the process has run.
 *
 * <p>Thread-safe. Times are milliseconds since 1970, prices are in ticks, sizes in lots. The caller passes {@code now};
 * nothing later than that is returned.
 */
public final class Market {
    /** Part of every root key. Market v1 is frozen: to change any constant, add another version. */
    private static final String VERSION = "market v1";

    private static final int LEAF_MILLIS = 64;
    private static final long MINUTE = 60_000L;
    private static final long DAY = SupportedYears.DAY;

    /** The instant at which the trend's contribution is zero, so that prices then are around the base price. */
    private static final long TREND_START = LocalDate.of(2024, 1, 1).toEpochDay() * DAY;

    private final Asset asset;
    private final MarketClock clock;
    private final PricePath path;
    private final OrderBookGenerator bookGenerator;
    private final long key;
    private final double ticksPerUnit;

    Market(long seed, Asset asset) {
        this.asset = asset;
        this.clock = asset.kind().clock();
        long root = SplitMix64.named(seed, VERSION);
        this.key = SplitMix64.named(root, asset.name());
        GroupCorrelation correlation = asset.group().isEmpty()
                ? GroupCorrelation.ungrouped(key)
                : GroupCorrelation.of(SplitMix64.named(root, "group " + asset.group()), key);
        long minute = MINUTE * MarketClock.UNITS_PER_MILLI;
        long day = clock.dayUnits();
        VolatilityProfile volatility = VolatilityProfile.of(asset.kind(), day);
        this.path = new PricePath(
                new PathRoot(asset.params(), day, clock.unitsAt(TREND_START), volatility, correlation),
                volatility,
                (long) LEAF_MILLIS * MarketClock.UNITS_PER_MILLI,
                minute);
        this.ticksPerUnit = 1 / asset.tick().doubleValue();
        this.bookGenerator = new OrderBookGenerator(asset, key);
    }

    public Asset asset() {
        return asset;
    }

    /** Whether the market has traded by the instant; false outside the years of {@link SupportedYears}. */
    public boolean hasTradedBy(long millis) {
        return millis >= SupportedYears.START
                && millis < SupportedYears.END
                && clock.openUntil(millis) >= SupportedYears.START;
    }

    /** The quote at the instant; while the market is closed, the quote at its last close. */
    public BidAsk quoteAt(long millis) {
        long traded = clock.openUntil(millis);
        PathPoint spot = new PathPoint();
        path.locate(clock.unitsAt(millis), spot);
        return bookGenerator.quote(traded, ticks(spot.price), spot);
    }

    /** At most {@code depth} levels of each side at the instant; the best levels are those of the quote. */
    public GeneratedBook bookAt(long millis, int depth) {
        return bookGenerator.ladder(quoteAt(millis), depth);
    }

    /** The last price at the instant, in ticks. */
    public long priceAt(long millis) {
        PathPoint spot = new PathPoint();
        path.locate(clock.unitsAt(millis), spot);
        return ticks(spot.price);
    }

    /**
     * The open, high, low and volume of a quote: those of the last 24 hours if the market never closes, otherwise those
     * of the current UTC day, which for stocks is the session.
     */
    public Bar dayAt(long millis) {
        long from = clock instanceof TradingCalendar ? floor(Interval.D1, clock.openUntil(millis) - 1) : millis - DAY;
        return over(Math.max(from, SupportedYears.START), millis)
                .orElseThrow(() -> new IllegalStateException("no candle for the day of a market that has traded"));
    }

    /** The candle of any time range; empty if the market is closed throughout. */
    Optional<Bar> over(long from, long to) {
        long first = clock.openFrom(from);
        return first > to ? Optional.empty() : Optional.of(bar(new PathCursor(path, clock), from, to, first, to));
    }

    /** At most {@code limit} candles that open in {@code [from, to)} and have started trading by {@code now}. */
    public List<Bar> candles(Interval interval, long from, long to, long now, int limit) {
        List<Bar> bars = new ArrayList<>();
        PathCursor cursor = new PathCursor(path, clock);
        long stop = Math.min(Math.min(to, SupportedYears.END), now == Long.MAX_VALUE ? now : now + 1);
        long start = floor(interval, Math.max(from, SupportedYears.START));
        while (start < stop && bars.size() < limit) {
            long first = Math.max(clock.openFrom(start), SupportedYears.START);
            if (first > now || first >= SupportedYears.END) {
                break;
            }
            long end = next(interval, start);
            if (first >= end) {
                start = floor(interval, first);
                continue;
            }
            if (start >= from) {
                bars.add(bar(cursor, start, end, first, now));
            }
            start = end;
        }
        return bars;
    }

    /** The last {@code limit} candles that open before {@code to} and have started trading by {@code now}. */
    public List<Bar> lastCandles(Interval interval, long to, long now, int limit) {
        long start = Math.min(Math.min(to - 1, now), SupportedYears.END - 1);
        List<Long> starts = new ArrayList<>();
        while (starts.size() < limit) {
            long traded = clock.openUntil(start);
            if (traded <= SupportedYears.START) {
                break;
            }
            long opened = clock.openFrom(traded) == traded ? traded : traded - 1;
            starts.add(floor(interval, opened));
            start = starts.getLast() - 1;
        }
        if (starts.isEmpty()) {
            return List.of();
        }
        return candles(interval, starts.getLast(), to, now, limit);
    }

    /**
     * The last {@code limit} trades up to the instant, oldest first; a second's trades are available once the second is
     * over.
     */
    public List<TradePrint> tradesUntil(long millis, int limit) {
        List<TradePrint> prints = new ArrayList<>();
        long end = Math.floorDiv(millis, 1000) * 1000;
        while (prints.size() < limit) {
            List<Bar> seconds =
                    lastCandles(Interval.S1, end, millis, TradeGenerator.fewestSeconds(limit - prints.size()));
            if (seconds.isEmpty()) {
                break;
            }
            List<TradePrint> before = new ArrayList<>();
            for (Bar second : seconds) {
                TradeGenerator.append(second, key, before);
            }
            prints.addAll(0, before);
            end = seconds.getFirst().start();
        }
        return prints.size() > limit ? prints.subList(prints.size() - limit, prints.size()) : prints;
    }

    private Bar bar(PathCursor cursor, long start, long end, long first, long now) {
        long last = Math.max(first, clock.openUntil(Math.min(end, now)));
        long from = clock.unitsAt(first);
        cursor.moveTo(first);
        double open = cursor.spot().price;
        long before = cursor.volume();
        cursor.moveTo(last);
        double close = cursor.spot().price;
        long volume = cursor.volume() - before;
        PriceExtremes extremes = new PriceExtremes();
        extremes.add(open);
        extremes.add(close);
        if (clock instanceof TradingCalendar sessions) {
            long to = last == first ? from : clock.unitsAt(last);
            if (sessions.sessionOf(from) == sessions.sessionOf(to)) {
                path.extremes(from, to, extremes);
            } else {
                path.extremes(from, to, sessions, extremes);
            }
        } else {
            path.extremes(from, clock.unitsAt(last), extremes);
        }
        return new Bar(
                start, end, ticks(open), ticks(extremes.high), ticks(extremes.low), ticks(close), volume, end <= now);
    }

    private long ticks(double logPrice) {
        return (long) (Exp2.of(logPrice) * ticksPerUnit + 0.5);
    }

    private static long floor(Interval interval, long millis) {
        return switch (interval) {
            case W1, MO1 -> interval.floor(Instant.ofEpochMilli(millis)).toEpochMilli();
            default -> {
                long length = interval.length().toMillis();
                yield Math.floorDiv(millis, length) * length;
            }
        };
    }

    private static long next(Interval interval, long start) {
        return interval == Interval.MO1
                ? interval.next(Instant.ofEpochMilli(start)).toEpochMilli()
                : start + interval.length().toMillis();
    }
}
