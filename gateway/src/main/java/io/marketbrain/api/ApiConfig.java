package io.marketbrain.api;

import java.time.Duration;

/**
 * Limits and defaults of API requests.
 *
 * @param timeout deadline of a request without a {@code timeout} parameter
 * @param maxBatch maximum number of quotes in one request
 * @param maxCandles maximum number of candles in one response
 * @param maxStreamedCandles maximum number of candles in a range that is streamed as CSV or NDJSON
 * @param gzipFrom minimum length in bytes of a response that is compressed for callers that accept gzip
 */
public record ApiConfig(Duration timeout, int maxBatch, int maxCandles, int maxStreamedCandles, int gzipFrom) {
    static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

    public ApiConfig {
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("api.timeout must be from 0.1 to 60 seconds");
        }
        if (maxBatch < 1 || maxBatch > 1000) {
            throw new IllegalArgumentException("api.max_batch must be from 1 to 1000");
        }
        if (maxCandles < 1 || maxCandles > 100_000) {
            throw new IllegalArgumentException("api.max_candles must be from 1 to 100000");
        }
        if (maxStreamedCandles < 1 || maxStreamedCandles > 100_000_000) {
            throw new IllegalArgumentException("api.max_streamed_candles must be from 1 to 100000000");
        }
        if (gzipFrom < 0) {
            throw new IllegalArgumentException("api.gzip_from must not be negative");
        }
    }

    public static ApiConfig defaults() {
        return new ApiConfig(Duration.ofSeconds(10), 50, 5000, 1_000_000, 1400);
    }
}
