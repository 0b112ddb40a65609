package io.marketbrain.pipeline.cache;

import java.time.Duration;

/**
 * Settings of the cache.
 *
 * @param l1MaxSize how many entries the first tier holds
 * @param l1MaxBytes how much memory those may take, estimated
 * @param l1Ttl how long an answer is fresh where no kind or provider says otherwise
 * @param l2Ttl how long an answer may be served at all
 * @param staleWhileRevalidateWindow how long, after it was fresh, an answer is served at once while it is refreshed;
 *     from then until {@code l2Ttl} it only serves when nothing newer can be had
 * @param fallbackCacheSize how many entries the in-process tier holds that stands in for Redis
 * @param fallbackMaxBytes how much memory those may take, estimated
 * @param maxValueBytes the largest answer that is kept
 * @param lifetimes what is fresh for longer or shorter
 * @param refusals how long failures are remembered
 * @param refreshPause how long a stale answer is left alone after its refresh failed
 * @param loadTimeout how long a provider's answer is waited for, whoever asked
 * @param refreshesAtOnce how many background refreshes run at a time
 * @param candleBlock how many bars make one cached piece of a candle range
 * @param candlesPerCall how many bars are asked of a provider at once
 * @param shared how much time Redis may take
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
     * The same settings with room for no more than a heap of so many bytes bears: an eighth of it for the first tier, a
     * quarter for the one that stands in for Redis.
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

    /** The same settings with other times: fresh, kept and served while being refreshed. */
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

    /** The same settings with other sizes, in entries. */
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

    /** The same settings with other lifetimes by kind and provider. */
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
     * How long failures are remembered, so that a provider that cannot answer is not asked again at once.
     *
     * @param unknownInstrument for a symbol that the provider does not list
     * @param upstreamMin after a first fault of the provider; doubles with each further one
     * @param upstreamMax after many faults
     * @param throttledMax the longest that a provider's {@code Retry-After} is believed
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
     * How much of a request's time may go to the tier that gateways share.
     *
     * @param budget all of it together, where the request has nothing to serve
     * @param lease how long one gateway may keep the others from loading a key
     * @param announcement how long the others wait for it to be done, where they have nothing to serve
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
