package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Attempt;
import io.marketbrain.model.CacheStatus;
import io.marketbrain.model.CacheStatus.Forward;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.size.Memo;
import io.marketbrain.pipeline.CandleGaps;
import io.marketbrain.pipeline.UnknownHolidays;
import io.marketbrain.pipeline.cache.policy.CandleSegments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Joins pieces of a candle range and splits a range into pieces. Pure. */
final class CandleMerger {
    private CandleMerger() {}

    /** The part of {@code candles} that lies within {@code piece}. */
    static Candles part(Candles candles, CandlesQuery piece) {
        Instant from = piece.from() == null ? Instant.MIN : piece.from();
        Instant to = piece.to() == null ? Instant.MAX : piece.to();
        return candles.with(
                        candles.candles().stream()
                                .filter(c -> within(c, from, to))
                                .toList(),
                        CandleGaps.clip(candles.interval(), candles.gaps(), from, to))
                .withActions(CorporateAction.merge(candles.actions(), List.of(), from, to));
    }

    /**
     * The answer to {@code query} from the answers to its pieces, oldest first; empty if they cannot be joined: some are real and some mock, their prices are adjusted for different things, or they hold fewer candles than requested although there may be more outside the range.
     *
     * @param now the end of a range that reaches beyond it
     */
    static Optional<QueryResult> join(
            CandlesQuery query, CandleSegments.Cut cut, List<QueryResult> parts, Instant now) {
        List<Candle> candles = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        @Nullable Instant asOf = null;
        Candles newest = (Candles) parts.getLast().data();
        Mode mode = parts.getLast().provenance().mode();
        List<CorporateAction> actions = List.of();
        for (QueryResult part : parts) {
            if (!(part.data() instanceof Candles piece)
                    || part.provenance().mode() != mode
                    || piece.adjustment() != newest.adjustment()) {
                return Optional.empty();
            }
            piece.candles().stream()
                    .filter(c -> within(c, cut.from(), cut.to()))
                    .forEach(candles::add);
            gaps.addAll(piece.gaps());
            actions = CorporateAction.merge(actions, piece.actions(), cut.from(), cut.to());
            asOf = piece.asOf() != null ? piece.asOf() : asOf;
        }
        if (cut.exact() && candles.size() < query.limit()) {
            return Optional.empty();
        }
        Instant from = cut.from();
        Instant to = cut.to();
        int excess = candles.size() - query.limit();
        if (excess > 0 && query.from() == null) {
            candles = candles.subList(excess, candles.size());
            from = candles.getFirst().openTime();
        } else if (excess >= 0 && query.from() != null) {
            // The next page starts after the last candle, and lists what is missing from there on.
            candles = candles.subList(0, query.limit());
            to = candles.getLast().openTime();
        }
        gaps = CandleGaps.clip(query.interval(), gaps, from, to);
        var joined = new QueryResult(
                new Candles(
                        newest.listing(),
                        query.interval(),
                        candles,
                        gaps,
                        asOf,
                        newest.adjustment(),
                        CorporateAction.merge(
                                actions, List.of(), from, query.interval().next(to))),
                provenance(parts),
                note(parts, new Memo()));
        return Optional.of(UnknownHolidays.flag(joined, query, now));
    }

    /** Candles and those that follow them, as one response. */
    static QueryResult append(QueryResult first, QueryResult rest) {
        if (!(first.data() instanceof Candles before) || !(rest.data() instanceof Candles after)) {
            throw new IllegalArgumentException("both responses must have candles");
        }
        List<Candle> candles = new ArrayList<>(before.candles());
        candles.addAll(after.candles());
        List<Gap> gaps = new ArrayList<>(before.gaps());
        gaps.addAll(after.gaps());
        return new QueryResult(
                after.with(candles, gaps)
                        .withActions(
                                CorporateAction.merge(before.actions(), after.actions(), Instant.MIN, Instant.MAX)),
                rest.provenance());
    }

    private static boolean within(Candle candle, Instant from, Instant to) {
        return !candle.openTime().isBefore(from) && candle.openTime().isBefore(to);
    }

    private static Provenance provenance(List<QueryResult> parts) {
        Provenance newest = parts.getLast().provenance();
        var flags = new LinkedHashSet<QualityFlag>();
        var attempts = new ArrayList<Attempt>(newest.attempts());
        boolean stale = false;
        @Nullable String mockReason = null;
        for (QueryResult part : parts) {
            flags.addAll(part.provenance().flags());
            stale |= part.provenance().freshness() == Freshness.STALE;
            mockReason =
                    part.provenance().mockReason() != null ? part.provenance().mockReason() : mockReason;
        }
        return new Provenance(
                newest.provider(),
                newest.mode(),
                mockReason,
                newest.receivedAt(),
                stale ? Freshness.STALE : Freshness.FRESH,
                List.copyOf(flags),
                attempts);
    }

    /** Combines the notes of the pieces: the greatest age and shortest freshness of those that can still change, or of all if none can. */
    static CacheStatus note(List<QueryResult> parts, Memo memo) {
        List<CacheStatus> all = parts.stream().map(QueryResult::cache).toList();
        List<CacheStatus> changing =
                all.stream().filter(note -> note.staleFor().isPositive()).toList();
        List<CacheStatus> relevant = changing.isEmpty() ? all : changing;
        return new CacheStatus(
                max(all, CacheStatus::tier),
                forward(all),
                max(relevant, CacheStatus::age),
                min(relevant, CacheStatus::ttl),
                min(relevant, CacheStatus::revalidateFor),
                min(relevant, CacheStatus::staleFor),
                all.stream().allMatch(CacheStatus::stored),
                all.stream().anyMatch(CacheStatus::collapsed),
                memo);
    }

    private static Forward forward(List<CacheStatus> notes) {
        List<Forward> forwarded = notes.stream()
                .filter(note -> !note.hit())
                .map(CacheStatus::forward)
                .toList();
        if (forwarded.isEmpty()) {
            return Forward.NONE;
        }
        return forwarded.size() < notes.size() ? Forward.PARTIAL : forwarded.getLast();
    }

    private static <T extends Comparable<? super T>> T max(List<CacheStatus> notes, Function<CacheStatus, T> of) {
        return notes.stream().map(of).max(Comparator.naturalOrder()).orElseThrow();
    }

    private static <T extends Comparable<? super T>> T min(List<CacheStatus> notes, Function<CacheStatus, T> of) {
        return notes.stream().map(of).min(Comparator.naturalOrder()).orElseThrow();
    }
}
