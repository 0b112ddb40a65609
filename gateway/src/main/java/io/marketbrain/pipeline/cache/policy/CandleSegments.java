package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a candle range into pieces with fixed boundaries, so that overlapping ranges share cached pieces. Pieces in the past are finished and never change; the last one is still open.
 *
 * <p>A piece covers {@code block} bars on the interval's grid. Bars off the grid (sessions of an exchange) belong to the piece that contains their opening time. Pure.
 */
public final class CandleSegments {
    /** Ranges of more pieces than this are not split. */
    private static final int MAX_PIECES = 64;

    private static final LocalDate FIRST_MONDAY = LocalDate.of(1970, 1, 5);

    private CandleSegments() {}

    /**
     * A range split into pieces.
     *
     * @param from the first requested opening time, inclusive
     * @param to the end, exclusive
     * @param pieces queries for whole pieces, oldest first; together they cover the range
     * @param exact whether the range was derived from a number of candles; if the pieces hold fewer, the rest may lie outside the range and the pieces are not a complete answer
     */
    public record Cut(Instant from, Instant to, List<CandlesQuery> pieces, boolean exact) {}

    /** Splits a range; empty if the times it covers cannot be determined. */
    public static Optional<Cut> cut(CandlesQuery query, int block, Instant now) {
        Interval interval = query.interval();
        boolean continuous = query.instrument().type() == AssetType.CRYPTO;
        Instant openEnd = interval.next(interval.floor(now));
        Instant to = query.to() == null || query.to().isAfter(openEnd) ? openEnd : query.to();
        Instant from;
        boolean derived;
        if (query.from() == null) {
            if (!continuous) {
                return Optional.empty();
            }
            from = interval.back(interval.floor(to.minusNanos(1)), query.limit() - 1);
            derived = true;
        } else {
            from = query.from();
            Instant enough = continuous ? after(interval, from, query.limit()) : to;
            derived = enough.isBefore(to);
            to = derived ? enough : to;
        }
        if (!from.isBefore(to)) {
            return Optional.empty();
        }
        List<CandlesQuery> pieces = new ArrayList<>();
        for (Instant start = start(interval, from, block); start.isBefore(to); ) {
            Instant end = end(interval, start, block);
            pieces.add(query.in(start, end, block));
            if (pieces.size() > MAX_PIECES) {
                return Optional.empty();
            }
            start = end;
        }
        return Optional.of(new Cut(from, to, List.copyOf(pieces), derived));
    }

    private static Instant after(Interval interval, Instant from, int bars) {
        return interval.back(interval.ceil(from), -bars);
    }

    /** The start of the piece that contains {@code instant}. */
    static Instant start(Interval interval, Instant instant, int block) {
        return switch (interval) {
            case MO1 -> {
                long month = ChronoUnit.MONTHS.between(
                        LocalDate.EPOCH,
                        LocalDate.ofInstant(instant, ZoneOffset.UTC).withDayOfMonth(1));
                yield midnight(LocalDate.EPOCH.plusMonths(Math.floorDiv(month, (long) block) * block));
            }
            case W1 -> {
                long days = ChronoUnit.DAYS.between(FIRST_MONDAY, LocalDate.ofInstant(instant, ZoneOffset.UTC));
                yield midnight(FIRST_MONDAY.plusDays(Math.floorDiv(days, 7L * block) * 7 * block));
            }
            default -> {
                long length = interval.length().toSeconds() * block;
                yield Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), length) * length);
            }
        };
    }

    private static Instant end(Interval interval, Instant start, int block) {
        return interval.back(start, -block);
    }

    private static Instant midnight(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
