package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.series.InstrumentSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Decides when an answer becomes stale and expires, from its operation, provider, market and the settings. Pure. */
public final class ExpiryPolicy {
    private static final double REFRESH_FRACTION = 0.8;
    private static final double JITTER = 0.1;
    /** Longer lags count as this one; no entry is kept for as long. */
    private static final Duration LONGEST_LAG = Duration.ofDays(1000);

    /** How long a series without its unit is fresh: a later request may bring it. */
    private static final Duration NOT_DESCRIBED = Duration.ofMinutes(1);

    private final CacheConfig config;
    private final MinimumTtls minimums;
    private final QuoteLagPolicy lags;

    public ExpiryPolicy(CacheConfig config) {
        this(config, MinimumTtls.none());
    }

    /** @param minimums by which providers lengthen the freshness of their data */
    public ExpiryPolicy(CacheConfig config, MinimumTtls minimums) {
        this.config = config;
        this.minimums = minimums;
        this.lags = new QuoteLagPolicy(config.ttls().lag());
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
        return expiry(span, fetchedAt, chance, now);
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
        var limited =
                new Span(least(span.fresh, atMostFresh), span.window, least(span.kept, atMostKept), span.immutable);
        return expiry(limited, fetchedAt, chance, now);
    }

    private static Expiry expiry(Span span, long fetchedAt, double chance, long now) {
        long soft = span.fresh.toNanos();
        long hard = span.kept.toNanos();
        long refresh = span.immutable ? soft : (long) (soft * REFRESH_FRACTION * (1 + JITTER * (2 * chance - 1)));
        long lastResort = Math.min(hard, soft + span.window.toNanos());
        return new Expiry(
                fetchedAt,
                now,
                fetchedAt + refresh,
                fetchedAt + soft,
                fetchedAt + lastResort,
                fetchedAt + hard,
                span.immutable);
    }

    /**
     * How long after its fetch an answer is labelled stale although the cache still serves it without a refresh: a live quote
     * or order book that is stale by its own time, and data that is older than it would become with a full quota. Empty if
     * that is never the case. In nanoseconds, zero or less if it is stale already. The age of replayed data is the one that it
     * had when it was received.
     *
     * @param now the current time of the ticker, in nanoseconds
     * @param wall the current wall-clock time
     */
    public OptionalLong outdatedAfter(CacheKey key, QueryResult answer, long fetchedAt, long now, Instant wall) {
        OptionalLong lagging = laggingAfter(key, answer, fetchedAt, now, wall);
        if (key.query() instanceof CandlesQuery query && isFinished(query, answer, wall)) {
            return lagging;
        }
        Duration ordinary = fresh(key, answer);
        if (stretched(key, answer, ordinary).compareTo(ordinary) <= 0) {
            return lagging;
        }
        return OptionalLong.of(Math.min(lagging.orElse(Long.MAX_VALUE), ordinary.toNanos()));
    }

    private OptionalLong laggingAfter(CacheKey key, QueryResult answer, long fetchedAt, long now, Instant wall) {
        Operation operation = key.query().operation();
        Instant asOf = answer.data().asOf();
        if (asOf == null
                || (operation != Operation.QUOTE && operation != Operation.BOOK)
                || answer.provenance().mode() == Mode.MOCK
                || !(answer.data() instanceof MarketData.OfInstrument of)) {
            return OptionalLong.empty();
        }
        Instant fetched = answer.provenance().mode() == Mode.REPLAY
                ? answer.provenance().receivedAt()
                : wall.minusNanos(now - fetchedAt);
        Duration delay = answer.data() instanceof Quote quote && quote.details().delay() != null
                ? quote.details().delay()
                : Duration.ZERO;
        // A quote that is published late is that much older, and labelled.
        return lags.staleFrom(
                        of.listing().instrument().type(),
                        of.listing().instrument().mic(),
                        of.listing().zone(),
                        asOf.plus(delay),
                        fresh(key, answer))
                .map(from -> least(Duration.between(fetched, from), LONGEST_LAG).toNanos())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /**
     * How an answer may be used.
     *
     * @param fresh how long it is fresh
     * @param window how long after that it is served while it is refreshed
     * @param kept how long it may be served at all, counted from its fetch
     */
    private record Span(Duration fresh, Duration window, Duration kept, boolean immutable) {}

    private Span span(CacheKey key, QueryResult answer, Instant wall) {
        if (key.isStandIn(answer)) {
            Duration brief = least(config.refusals().upstreamMin(), config.l1Ttl());
            return new Span(brief, Duration.ZERO, brief, false);
        }
        TtlConfig ttls = config.ttls();
        if (key.query() instanceof CandlesQuery query && isFinished(query, answer, wall)) {
            return new Span(ttls.finishedCandles(), Duration.ZERO, ttls.finishedCandles(), true);
        }
        Duration fresh = fresh(key, answer);
        Duration window = least(config.staleWhileRevalidateWindow(), fresh);
        fresh = stretched(key, answer, fresh);
        Duration closed = closedFor(key, answer, wall);
        if (closed.compareTo(fresh) > 0) {
            fresh = most(fresh, least(closed, ttls.closedMarket()));
        }
        Duration kept = fresh.compareTo(config.l2Ttl()) > 0 ? fresh.plus(window) : config.l2Ttl();
        return new Span(fresh, window, kept, false);
    }

    /** How long an answer that can still change is fresh while its market is open. */
    private Duration fresh(CacheKey key, QueryResult answer) {
        TtlConfig ttls = config.ttls();
        Operation operation = key.query().operation();
        Optional<Duration> override = ttls.findOverride(key.query().provider(), operation);
        if (override.isPresent()) {
            return override.get();
        }
        if (answer.provenance().flags().stream().anyMatch(QualityFlag::isNotDescribed)) {
            return least(config.l1Ttl(), NOT_DESCRIBED);
        }
        Duration ofKind = ttls.kinds().of(isOfMarket(key.query()) ? Operation.CANDLES : operation, config.l1Ttl());
        return switch (answer.provenance().mode()) {
            case MOCK -> ttls.kinds().mock();
            case LIVE, REPLAY -> most(ofKind, minimums.of(answer.provenance().provider(), operation));
        };
    }

    /** Whether a series changes like candles of the market, as mark prices do. */
    private static boolean isOfMarket(MarketQuery query) {
        return query instanceof SeriesQuery series
                && InstrumentSeries.find(series.id())
                        .filter(about -> about.kind().isOfMarket())
                        .isPresent();
    }

    /** How long such an answer is fresh with what is left of its provider's quota. */
    private Duration stretched(CacheKey key, QueryResult answer, Duration ordinary) {
        TtlConfig ttls = config.ttls();
        return answer.provenance().mode() == Mode.MOCK
                        || ttls.findOverride(key.query().provider(), key.query().operation())
                                .isPresent()
                ? ordinary
                : QuotaStretchPolicy.fresh(
                        ordinary, minimums.percentLeft(answer.provenance().provider()), ttls.quotaStretch());
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

    /** How long the market remains closed; zero for the mock market, whose hours are not those of the exchange. */
    private static Duration closedFor(CacheKey key, QueryResult answer, Instant wall) {
        if (answer.provenance().mode() == Mode.MOCK) {
            return Duration.ZERO;
        }
        return switch (key.query().operation()) {
            case QUOTE, BOOK, TRADES ->
                answer.data() instanceof MarketData.OfInstrument of
                        ? MarketClosures.closedFor(
                                of.listing().instrument().type(),
                                of.listing().instrument().mic(),
                                of.listing().zone(),
                                wall)
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
