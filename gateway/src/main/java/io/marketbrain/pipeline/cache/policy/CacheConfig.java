package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.SettingRange;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * Settings of the cache.
 *
 * @param l1MaxSize the most entries in the first tier
 * @param l1MaxBytes the most memory for those entries, in bytes, estimated
 * @param l1Ttl how long an answer is fresh that has no time of its own in {@code ttls}
 * @param l2Ttl how long an answer may be served at all, counted from its fetch
 * @param staleWhileRevalidateWindow how long after the end of its freshness an answer is still served at once while a refresh runs in the background, but never for longer than it was fresh; from then until {@code l2Ttl} it is served only if loading a newer one fails
 * @param fallbackCacheSize the most entries in the in-process tier that replaces Redis while it is unavailable
 * @param fallbackMaxBytes the most memory for those entries, in bytes, estimated
 * @param maxValueBytes the largest answer that is cached, in bytes
 * @param ttls freshness by kind, operation and provider
 * @param refusals how long failures are remembered
 * @param refreshPause how long after a failed refresh no further one is tried for the same key
 * @param loadTimeout the deadline of a load, independent of the deadlines of the callers that wait for it
 * @param refreshesAtOnce the most background refreshes at a time
 * @param candleBlock the number of bars in one cached piece of a candle range
 * @param candlesPerCall the most bars in one request to a provider
 * @param shared the time limits for Redis within a request
 */
@RecordBuilder
public record CacheConfig(
        int l1MaxSize,
        long l1MaxBytes,
        Duration l1Ttl,
        Duration l2Ttl,
        Duration staleWhileRevalidateWindow,
        int fallbackCacheSize,
        long fallbackMaxBytes,
        int maxValueBytes,
        TtlConfig ttls,
        Refusals refusals,
        Duration refreshPause,
        Duration loadTimeout,
        int refreshesAtOnce,
        int candleBlock,
        int candlesPerCall,
        Shared shared)
        implements CacheConfigBuilder.With {
    public static final SettingRange<Integer> L1_MAX_SIZE = SettingRange.of("cache.l1_max_size", 1, 1_000_000);
    public static final SettingRange<Long> L1_MAX_BYTES = SettingRange.of("cache.l1_max_bytes", 1L << 10, 1L << 40);
    public static final SettingRange<Duration> L1_TTL =
            SettingRange.of("cache.l1_ttl", Duration.ofMillis(1), Duration.ofDays(30));
    public static final SettingRange<Duration> L2_TTL =
            SettingRange.of("cache.l2_ttl", Duration.ofMillis(1), Duration.ofDays(30));
    public static final SettingRange<Duration> STALE_WHILE_REVALIDATE_WINDOW =
            SettingRange.of("cache.stale_while_revalidate_window", Duration.ZERO, Duration.ofDays(30));
    public static final SettingRange<Integer> FALLBACK_CACHE_SIZE =
            SettingRange.of("cache.fallback_cache_size", 1, 10_000_000);
    public static final SettingRange<Long> FALLBACK_MAX_BYTES =
            SettingRange.of("cache.fallback_max_bytes", 1L << 10, 1L << 40);
    public static final SettingRange<Integer> MAX_VALUE_BYTES =
            SettingRange.of("cache.max_value_bytes", 1 << 10, 64 << 20);
    public static final SettingRange<Duration> REFRESH_RETRY_AFTER =
            SettingRange.of("cache.refresh_retry_after", Duration.ZERO, Duration.ofDays(30));
    public static final SettingRange<Duration> LOAD_TIMEOUT =
            SettingRange.of("cache.load_timeout", Duration.ofMillis(1), Duration.ofMinutes(10));
    public static final SettingRange<Integer> MAX_REFRESHES = SettingRange.of("cache.max_refreshes", 1, 1000);
    public static final SettingRange<Integer> CANDLE_BLOCK =
            SettingRange.of("cache.candle_block", 1, 1000).and("not above cache.candles_per_call");
    public static final SettingRange<Integer> CANDLES_PER_CALL =
            SettingRange.of("cache.candles_per_call", 1, 10_000).and("not below cache.candle_block");

    public CacheConfig {
        L1_MAX_SIZE.check(l1MaxSize);
        L1_MAX_BYTES.check(l1MaxBytes);
        L1_TTL.check(l1Ttl);
        L2_TTL.check(l2Ttl);
        STALE_WHILE_REVALIDATE_WINDOW.check(staleWhileRevalidateWindow);
        FALLBACK_CACHE_SIZE.check(fallbackCacheSize);
        FALLBACK_MAX_BYTES.check(fallbackMaxBytes);
        MAX_VALUE_BYTES.check(maxValueBytes);
        REFRESH_RETRY_AFTER.check(refreshPause);
        LOAD_TIMEOUT.check(loadTimeout);
        MAX_REFRESHES.check(refreshesAtOnce);
        CANDLE_BLOCK.check(candleBlock);
        CANDLES_PER_CALL.check(candlesPerCall, candlesPerCall >= candleBlock);
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
                TtlConfig.defaults(),
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
        return with().l1MaxBytes(Math.clamp(heapBytes / 8, L1_MAX_BYTES.least(), l1MaxBytes))
                .fallbackMaxBytes(Math.clamp(heapBytes / 4, FALLBACK_MAX_BYTES.least(), fallbackMaxBytes))
                .build();
    }

    /** A copy with these durations, the first for every kind of data. */
    public CacheConfig withTtls(Duration l1Ttl, Duration l2Ttl, Duration staleWhileRevalidateWindow) {
        L1_TTL.check(l1Ttl);
        return with().l1Ttl(l1Ttl)
                .ttls(ttls.withKinds(KindTtls.all(l1Ttl)))
                .l2Ttl(l2Ttl)
                .staleWhileRevalidateWindow(staleWhileRevalidateWindow)
                .build();
    }

    /** A copy with these sizes, in entries. */
    public CacheConfig withSizes(int l1MaxSize, int fallbackCacheSize) {
        return with().l1MaxSize(l1MaxSize).fallbackCacheSize(fallbackCacheSize).build();
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
        private static final Duration LONGEST = Duration.ofDays(30);
        public static final SettingRange<Duration> UNKNOWN_INSTRUMENT_TTL =
                SettingRange.of("cache.unknown_instrument_ttl", Duration.ZERO, LONGEST);
        public static final SettingRange<Duration> UPSTREAM_FAILURE_TTL_MIN =
                SettingRange.of("cache.upstream_failure_ttl_min", Duration.ofMillis(1), LONGEST);
        public static final SettingRange<Duration> UPSTREAM_FAILURE_TTL_MAX =
                SettingRange.of("cache.upstream_failure_ttl_max", Duration.ofMillis(1), LONGEST);
        public static final SettingRange<Duration> THROTTLED_TTL_MAX =
                SettingRange.of("cache.throttled_ttl_max", Duration.ofMillis(1), LONGEST);

        public Refusals {
            UNKNOWN_INSTRUMENT_TTL.check(unknownInstrument);
            UPSTREAM_FAILURE_TTL_MIN.check(upstreamMin);
            UPSTREAM_FAILURE_TTL_MAX.check(upstreamMax);
            THROTTLED_TTL_MAX.check(throttledMax);
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
        public static final SettingRange<Duration> REDIS_REQUEST_BUDGET =
                SettingRange.of("cache.redis_request_budget", Duration.ofMillis(1), Duration.ofSeconds(10));
        public static final SettingRange<Duration> REDIS_LEASE =
                SettingRange.of("cache.redis_lease", Duration.ofMillis(1), Duration.ofMinutes(10));
        public static final SettingRange<Duration> REDIS_ANNOUNCEMENT_WAIT =
                SettingRange.of("cache.redis_announcement_wait", Duration.ZERO, Duration.ofSeconds(10));

        public Shared {
            REDIS_REQUEST_BUDGET.check(budget);
            REDIS_LEASE.check(lease);
            REDIS_ANNOUNCEMENT_WAIT.check(announcement);
        }

        public static Shared defaults() {
            return new Shared(Duration.ofMillis(150), Duration.ofSeconds(10), Duration.ofMillis(400));
        }
    }
}
