package io.marketbrain.api.request;

import io.marketbrain.model.SettingRange;
import java.time.Duration;

/**
 * Limits and defaults of API requests.
 *
 * @param timeout deadline of a request without a {@code timeout} parameter
 * @param maxBatch maximum number of quotes in one request
 * @param maxCandles maximum number of candles in one response
 * @param maxStreamedCandles maximum number of candles in a range that is streamed as CSV or NDJSON
 * @param gzipFrom minimum length in bytes of a response that is compressed for callers that accept gzip
 * @param pathPrefix the path below which a reverse proxy publishes the gateway
 * @param dashboard whether browsers get the dashboard at the root path
 */
public record ApiConfig(
        Duration timeout,
        int maxBatch,
        int maxCandles,
        int maxStreamedCandles,
        int gzipFrom,
        PathPrefix pathPrefix,
        boolean dashboard) {
    public static final SettingRange<Duration> TIMEOUT =
            SettingRange.of("api.timeout", Duration.ofMillis(100), Duration.ofSeconds(60));
    public static final SettingRange<Integer> MAX_BATCH = SettingRange.of("api.max_batch", 1, 1000);
    public static final SettingRange<Integer> MAX_CANDLES = SettingRange.of("api.max_candles", 1, 100_000);
    public static final SettingRange<Integer> MAX_STREAMED_CANDLES =
            SettingRange.of("api.max_streamed_candles", 1, 100_000_000);
    public static final SettingRange<Integer> GZIP_FROM = SettingRange.of("api.gzip_from", 0, Integer.MAX_VALUE);

    public ApiConfig {
        TIMEOUT.check(timeout);
        MAX_BATCH.check(maxBatch);
        MAX_CANDLES.check(maxCandles);
        MAX_STREAMED_CANDLES.check(maxStreamedCandles);
        GZIP_FROM.check(gzipFrom);
    }

    public static ApiConfig defaults() {
        return new ApiConfig(Duration.ofSeconds(10), 50, 5000, 1_000_000, 1400, PathPrefix.NONE, true);
    }
}
