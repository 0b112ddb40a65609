package io.marketbrain.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The length of a candle. Bars of up to three days are aligned to the Unix epoch in UTC; weeks start on Monday and
 * months on the first, in UTC.
 */
public enum Interval {
    S1("1s", 1),
    S5("5s", 5),
    S15("15s", 15),
    M1("1m", 60),
    M3("3m", 180),
    M5("5m", 300),
    M15("15m", 900),
    M30("30m", 1800),
    H1("1h", 3600),
    H2("2h", 7200),
    H4("4h", 14_400),
    H6("6h", 21_600),
    H8("8h", 28_800),
    H12("12h", 43_200),
    D1("1d", 86_400),
    D3("3d", 259_200),
    W1("1w", 604_800),
    MO1("1M", 2_629_746);

    private static final String NAMES =
            Arrays.stream(values()).map(Interval::wire).collect(Collectors.joining(", "));

    private final String wire;
    private final Duration length;

    Interval(String wire, long seconds) {
        this.wire = wire;
        this.length = Duration.ofSeconds(seconds);
    }

    /** The name in paths and JSON. {@code 1m} is a minute, {@code 1M} a month. */
    public String wire() {
        return wire;
    }

    /** The length of a bar; for {@code 1M} the mean Gregorian month. */
    public Duration length() {
        return length;
    }

    /** All names, shortest interval first, for messages to users. */
    public static String names() {
        return NAMES;
    }

    public static Optional<Interval> find(String wire) {
        for (Interval interval : values()) {
            if (interval.wire.equals(wire)) {
                return Optional.of(interval);
            }
        }
        return Optional.empty();
    }

    /** Whether bars are at least a day long, and so belong to a date rather than a time. */
    public boolean isDaily() {
        return compareTo(D1) >= 0;
    }

    /** The opening instant of the bar that {@code instant} falls in. */
    public Instant floor(Instant instant) {
        return switch (this) {
            case W1 -> startOf(date(instant).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case MO1 -> startOf(date(instant).withDayOfMonth(1));
            default -> {
                long step = length.toSeconds();
                yield Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), step) * step);
            }
        };
    }

    /** The opening instant of the first bar that does not open before {@code instant}. */
    public Instant ceil(Instant instant) {
        Instant floor = floor(instant);
        return floor.equals(instant) ? floor : next(floor);
    }

    /** The number of bars that open from {@code from} inclusive to {@code to} exclusive; 0 if there are none. */
    public long bars(Instant from, Instant to) {
        Instant first = ceil(from);
        Instant end = ceil(to);
        if (!first.isBefore(end)) {
            return 0;
        }
        return this == MO1
                ? ChronoUnit.MONTHS.between(first.atOffset(ZoneOffset.UTC), end.atOffset(ZoneOffset.UTC))
                : Duration.between(first, end).dividedBy(length);
    }

    /** The opening instant of the bar after the one that opens at {@code open}. */
    public Instant next(Instant open) {
        return this == MO1 ? startOf(date(open).plusMonths(1)) : open.plus(length);
    }

    /** The opening instant {@code bars} bars before the one that opens at {@code open}. */
    public Instant back(Instant open, int bars) {
        return this == MO1 ? startOf(date(open).minusMonths(bars)) : open.minus(length.multipliedBy(bars));
    }

    private static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Instant startOf(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public String toString() {
        return wire;
    }
}
