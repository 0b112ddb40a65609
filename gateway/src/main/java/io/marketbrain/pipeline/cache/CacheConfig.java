package io.marketbrain.pipeline.cache;

import java.time.Duration;

/**
 * Settings of the cache.
 *
 * @param l1MaxSize the most entries in the first tier
 * @param l1MaxBytes the most memory for those entries, in bytes, estimated
 * @param l1Ttl how long an answer is fresh, unless {@code lifetimes} says otherwise for its operation or provider
 * @param l2Ttl how long an answer may be served at all, counted from its fetch
 * @param staleWhileRevalidateWindow how long after the end of its freshness an answer is still served at once while a refresh runs in the background; from then until {@code l2Ttl} it is served only if loading a newer one fails
 * @param fallbackCacheSize the most entries in the in-process tier that replaces Redis while it is unavailable
 * @param fallbackMaxBytes the most memory for those entries, in bytes, estimated
 * @param maxValueBytes the largest answer that is cached, in bytes
 * @param lifetimes freshness by operation and provider
 * @param refusals how long failures are remembered
 * @param refreshPause how long after a failed refresh no further one is tried for the same key
 * @param loadTimeout the deadline of a load, independent of the deadlines of the callers that wait for it
 * @param refreshesAtOnce the most background refreshes at a time
 * @param candleBlock the number of bars in one cached piece of a candle range
 * @param candlesPerCall the most bars in one request to a provider
 * @param shared the time limits for Redis within a request
 */
public record CacheConfig(
        int l1MaxSize,
        long l1MaxBytes,
        Duration l1Ttl,
        Duration l2Ttl,
        Duration staleWhileRevalidateWindow,
        int fallbackCacheSize,
        long fallbackMaxBytes,
        int maxValueBytes,
        Lifetimes lifetimes,
        Refusals refusals,
        Duration refreshPause,
        Duration loadTimeout,
        int refreshesAtOnce,
        int candleBlock,
        int candlesPerCall,
        Shared shared) {

    public CacheConfig {
        Checks.atLeast("l1_max_size", l1MaxSize, 1);
        Checks.atLeast("l1_max_bytes", l1MaxBytes, 1);
        Checks.atLeast("fallback_cache_size", fallbackCacheSize, 1);
        Checks.atLeast("fallback_max_bytes", fallbackMaxBytes, 1);
        Checks.atLeast("max_value_bytes", maxValueBytes, 1);
        Checks.positive("l1_ttl", l1Ttl);
        Checks.positive("l2_ttl", l2Ttl);
        Checks.notNegative("stale_while_revalidate_window", staleWhileRevalidateWindow);
        Checks.notNegative("refresh_pause", refreshPause);
        Checks.positive("load_timeout", loadTimeout);
        Checks.atLeast("refreshes_at_once", refreshesAtOnce, 1);
        Checks.atLeast("candle_block", candleBlock, 1);
        Checks.atLeast("candles_per_call", candlesPerCall, candleBlock);
    }

    public static CacheConfig defaults() {
        return new CacheConfig(
                500,
                32L << 20,
                Duration.ofSeconds(60),
                Duration.ofSeconds(300),
                Duration.ofSeconds(240),
                2000,
                64L << 20,
                1 << 20,
                Lifetimes.defaults(),
                Refusals.defaults(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                16,
                250,
                1000,
                Shared.defaults());
    }

    /**
     * A copy whose memory limits fit a heap of {@code heapBytes}: at most an eighth of it for the first tier and a quarter for the fallback tier.
     */
    public CacheConfig within(long heapBytes) {
        return new CacheConfig(
                l1MaxSize,
                Math.clamp(heapBytes / 8, 1, l1MaxBytes),
                l1Ttl,
                l2Ttl,
                staleWhileRevalidateWindow,
                fallbackCacheSize,
                Math.clamp(heapBytes / 4, 1, fallbackMaxBytes),
                maxValueBytes,
                lifetimes,
                refusals,
                refreshPause,
                loadTimeout,
                refreshesAtOnce,
                candleBlock,
                candlesPerCall,
                shared);
    }

    /** A copy with these durations. */
    public CacheConfig withTtls(Duration l1Ttl, Duration l2Ttl, Duration staleWhileRevalidateWindow) {
        return new CacheConfig(
                l1MaxSize,
                l1MaxBytes,
                l1Ttl,
                l2Ttl,
                staleWhileRevalidateWindow,
                fallbackCacheSize,
                fallbackMaxBytes,
                maxValueBytes,
                lifetimes,
                refusals,
                refreshPause,
                loadTimeout,
                refreshesAtOnce,
                candleBlock,
                candlesPerCall,
                shared);
    }

    /** A copy with these sizes, in entries. */
    public CacheConfig withSizes(int l1MaxSize, int fallbackCacheSize) {
        return new CacheConfig(
                l1MaxSize,
                l1MaxBytes,
                l1Ttl,
                l2Ttl,
                staleWhileRevalidateWindow,
                fallbackCacheSize,
                fallbackMaxBytes,
                maxValueBytes,
                lifetimes,
                refusals,
                refreshPause,
                loadTimeout,
                refreshesAtOnce,
                candleBlock,
                candlesPerCall,
                shared);
    }

    /** A copy with this freshness by operation and provider. */
    public CacheConfig with(Lifetimes lifetimes) {
        return new CacheConfig(
                l1MaxSize,
                l1MaxBytes,
                l1Ttl,
                l2Ttl,
                staleWhileRevalidateWindow,
                fallbackCacheSize,
                fallbackMaxBytes,
                maxValueBytes,
                lifetimes,
                refusals,
                refreshPause,
                loadTimeout,
                refreshesAtOnce,
                candleBlock,
                candlesPerCall,
                shared);
    }

    /**
     * How long failures are cached, so that a failing provider is not called again at once.
     *
     * @param unknownInstrument for a symbol that the provider does not list
     * @param upstreamMin after the first failure of the provider; doubles with each further one
     * @param upstreamMax the upper bound of that
     * @param throttledMax the upper bound of a provider's {@code Retry-After}
     */
    public record Refusals(
            Duration unknownInstrument, Duration upstreamMin, Duration upstreamMax, Duration throttledMax) {
        public Refusals {
            Checks.notNegative("unknown_instrument_ttl", unknownInstrument);
            Checks.positive("upstream_failure_ttl_min", upstreamMin);
            Checks.positive("upstream_failure_ttl_max", upstreamMax);
            Checks.positive("throttled_ttl_max", throttledMax);
        }

        public static Refusals defaults() {
            return new Refusals(
                    Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofHours(1));
        }
    }

    /**
     * Time limits for the shared tier.
     *
     * @param budget the total that one request with nothing to serve may spend on it
     * @param lease how long one gateway may hold the right to load a key
     * @param announcement how long a gateway with nothing to serve waits for another gateway's load
     */
    public record Shared(Duration budget, Duration lease, Duration announcement) {
        public Shared {
            Checks.positive("redis_request_budget", budget);
            Checks.positive("redis_lease", lease);
            Checks.notNegative("redis_announcement_wait", announcement);
        }

        public static Shared defaults() {
            return new Shared(Duration.ofMillis(150), Duration.ofSeconds(10), Duration.ofMillis(400));
        }
    }
}
