package io.marketbrain.api;

import io.marketbrain.model.SettingRange;
import java.time.Duration;

/**
 * What the API lets a caller ask for.
 *
 * @param timeout how long an answer may take when the caller does not say
 * @param maxBatch how many quotes one request may ask for
 * @param maxCandles how many candles one answer has at the most
 * @param maxStreamedCandles how many candles a whole range has at the most that is streamed as CSV or NDJSON
 * @param gzipFrom the length in bytes from which an answer is compressed for callers that accept it
 */
public record ApiConfig(Duration timeout, int maxBatch, int maxCandles, int maxStreamedCandles, int gzipFrom) {
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
        return new ApiConfig(Duration.ofSeconds(10), 50, 5000, 1_000_000, 1400);
    }
}
