package io.marketbrain.pipeline.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.policy.CandleSegments;
import io.marketbrain.pipeline.cache.tier.HeapSize;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Recently joined pages of candles. A repeated request over unchanged pieces returns the same page together with its
 * rendered response. If any piece has been replaced, the page is joined again, so that a page is never older than its
 * pieces. Bounded in bytes. Thread-safe.
 */
final class MergedPages {
    /** A page, its key and provenance, and what the cache library keeps for them. */
    private static final int PAGE_BYTES = 1024;

    private static final int PIECE_BYTES = 256;

    private final Cache<Key, Page> pages;

    MergedPages(long maxBytes, Duration idle, NanoClock nanoClock) {
        this.pages = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Key _, Page page) -> page.bytes())
                .expireAfterAccess(idle)
                .ticker(nanoClock::nanos)
                .executor(Runnable::run)
                .build();
    }

    private record Key(CandlesQuery query, Instant from, Instant to) {}

    /** A piece as it was joined; does not keep its candles in memory, of which the page may use few. */
    private record Piece(WeakReference<MarketData> data, Provenance provenance) {
        @SuppressWarnings("ReferenceEquality") // identity is intended: comparing candles would cost what this saves
        boolean isOf(QueryResult answer) {
            return data.refersTo(answer.data()) && provenance == answer.provenance();
        }
    }

    private record Page(List<Piece> pieces, QueryResult joined, int dataBytes) {
        boolean isOf(List<QueryResult> answers) {
            boolean same = answers.size() == pieces.size();
            for (int i = 0; i < answers.size() && same; i++) {
                same = pieces.get(i).isOf(answers.get(i));
            }
            return same;
        }

        /** Candles count although the cache may hold the same ones, because the page keeps them if it no longer does. */
        int bytes() {
            long all = PAGE_BYTES
                    + (long) PIECE_BYTES * pieces.size()
                    + dataBytes
                    + joined.cache().memo().bytes();
            return Math.clamp(all, 0, Integer.MAX_VALUE);
        }
    }

    /** The answer to {@code query} from the answers to its pieces; empty if they cannot be joined. */
    Optional<QueryResult> page(CandlesQuery query, CandleSegments.Cut cut, List<QueryResult> parts, Instant now) {
        var key = new Key(query, cut.from(), cut.to());
        Page known = pages.getIfPresent(key);
        if (known != null && known.isOf(parts)) {
            QueryResult joined = known.joined();
            var note = CandleMerger.note(parts, joined.cache().memo());
            return Optional.of(new QueryResult(joined.data(), joined.provenance(), note));
        }
        Optional<QueryResult> joined = CandleMerger.join(query, cut, parts, now);
        joined.ifPresent(answer -> keep(key, parts, answer));
        return joined;
    }

    private void keep(Key key, List<QueryResult> parts, QueryResult joined) {
        List<Piece> pieces = parts.stream()
                .map(part -> new Piece(new WeakReference<>(part.data()), part.provenance()))
                .toList();
        var page = new Page(pieces, joined, HeapSize.estimate(joined.data()));
        pages.put(key, page);
        // Weighs the page again once its rendered response is kept with it.
        joined.cache().memo().whenStored(() -> pages.asMap().computeIfPresent(key, (_, present) -> present));
    }

    /** The estimated size of all pages, in bytes. */
    long bytes() {
        return pages.asMap().values().stream().mapToLong(Page::bytes).sum();
    }
}
