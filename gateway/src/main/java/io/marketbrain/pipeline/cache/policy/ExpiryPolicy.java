package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.QueryResult;
import java.time.Duration;
import java.time.Instant;

/** Decides when an answer becomes stale and expires, from its operation, provider, market and the settings. Pure. */
public final class ExpiryPolicy {
    private static final double REFRESH_FRACTION = 0.8;
    private static final double JITTER = 0.1;

    private final CacheConfig config;

    public ExpiryPolicy(CacheConfig config) {
        this.config = config;
    }

    /**
     * Returns the timestamps of an answer whose request was sent at {@code fetchedAt}.
     *
     * @param chance a random number from 0 to 1 that spreads the refreshes of entries loaded at the same time
     * @param now the current time of the ticker, in nanoseconds
     * @param wall the current wall-clock time
     */
    public Expiry expiry(CacheKey key, QueryResult answer, long fetchedAt, double chance, long now, Instant wall) {
        Span span = span(key, answer, wall);
        return expiry(span.fresh, span.kept, span.immutable, fetchedAt, chance, now);
    }

    /** The same, limited by the durations that another gateway stored with the value. */
    public Expiry expiry(
            CacheKey key,
            QueryResult answer,
            long fetchedAt,
            double chance,
            long now,
            Instant wall,
            Duration atMostFresh,
            Duration atMostKept) {
        Span span = span(key, answer, wall);
        return expiry(
                least(span.fresh, atMostFresh), least(span.kept, atMostKept), span.immutable, fetchedAt, chance, now);
    }

    private Expiry expiry(Duration fresh, Duration kept, boolean immutable, long fetchedAt, double chance, long now) {
        long soft = fresh.toNanos();
        long hard = kept.toNanos();
        long refresh = immutable ? soft : (long) (soft * REFRESH_FRACTION * (1 + JITTER * (2 * chance - 1)));
        long lastResort =
                Math.min(hard, soft + config.staleWhileRevalidateWindow().toNanos());
        return new Expiry(
                fetchedAt,
                now,
                fetchedAt + refresh,
                fetchedAt + soft,
                fetchedAt + lastResort,
                fetchedAt + hard,
                immutable);
    }

    private record Span(Duration fresh, Duration kept, boolean immutable) {}

    private Span span(CacheKey key, QueryResult answer, Instant wall) {
        if (key.isStandIn(answer)) {
            Duration brief = least(config.refusals().upstreamMin(), config.l1Ttl());
            return new Span(brief, brief, false);
        }
        TtlConfig ttls = config.ttls();
        if (key.query() instanceof CandlesQuery query && isFinished(query, answer, wall)) {
            return new Span(ttls.finishedCandles(), ttls.finishedCandles(), true);
        }
        Duration fresh = ttls.fresh(key.query().provider(), key.query().operation(), config.l1Ttl());
        Duration closed = closedFor(key, answer, wall);
        if (closed.compareTo(fresh) > 0) {
            fresh = most(fresh, least(closed, ttls.closedMarket()));
        }
        return new Span(fresh, most(fresh, config.l2Ttl()), false);
    }

    /** Whether all bars of the range are present, complete, and past the time for corrections. */
    private boolean isFinished(CandlesQuery query, QueryResult answer, Instant wall) {
        if (query.from() == null
                || query.to() == null
                || query.to().plus(config.ttls().settling()).isAfter(wall)
                || !(answer.data() instanceof Candles candles)
                || candles.candles().isEmpty()
                || !candles.candles().stream().allMatch(Candle::complete)) {
            return false;
        }
        return candles.listing().instrument().type() != AssetType.CRYPTO
                || candles.candles().size() == query.interval().bars(query.from(), query.to());
    }

    private static Duration closedFor(CacheKey key, QueryResult answer, Instant wall) {
        return switch (key.query().operation()) {
            case QUOTE, BOOK, TRADES ->
                answer.data() instanceof MarketData.OfInstrument of
                        ? MarketClosures.closedFor(
                                of.listing().instrument().type(), of.listing().zone(), wall)
                        : Duration.ZERO;
            case CANDLES, SERIES, NEWS, SYMBOLS -> Duration.ZERO;
        };
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration most(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
