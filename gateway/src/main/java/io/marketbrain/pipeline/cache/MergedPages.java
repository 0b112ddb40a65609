package io.marketbrain.pipeline.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.policy.CandleSegments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Recently joined pages of candles. A repeated request over unchanged pieces returns the same page together with its rendered response. If any piece has been replaced, the page is joined again, so that a page is never older than its pieces. Bounded in bytes. Thread-safe.
 */
final class MergedPages {
    /** Estimated size of a candle in a page and in its rendered text. */
    private static final int CANDLE_BYTES = 200;

    private static final int PAGE_BYTES = 2048;

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

    private record Page(List<QueryResult> parts, QueryResult joined) {
        @SuppressWarnings("ReferenceEquality") // identity is intended: comparing candles would cost what this saves
        boolean isOf(List<QueryResult> others) {
            if (others.size() != parts.size()) {
                return false;
            }
            for (int i = 0; i < others.size(); i++) {
                if (others.get(i).data() != parts.get(i).data()
                        || others.get(i).provenance() != parts.get(i).provenance()) {
                    return false;
                }
            }
            return true;
        }

        int bytes() {
            return joined.data() instanceof Candles candles
                    ? PAGE_BYTES + CANDLE_BYTES * candles.candles().size()
                    : PAGE_BYTES;
        }
    }

    /** The answer to {@code query} from the answers to its pieces; empty if they cannot be joined. */
    Optional<QueryResult> page(CandlesQuery query, CandleSegments.Cut cut, List<QueryResult> parts) {
        var key = new Key(query, cut.from(), cut.to());
        Page known = pages.getIfPresent(key);
        if (known != null && known.isOf(parts)) {
            QueryResult joined = known.joined();
            var note = CandleMerger.note(parts, joined.cache().memo());
            return Optional.of(new QueryResult(joined.data(), joined.provenance(), note));
        }
        Optional<QueryResult> joined = CandleMerger.join(query, cut, parts);
        joined.ifPresent(answer -> pages.put(key, new Page(parts, answer)));
        return joined;
    }
}
