package io.marketbrain.api;

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
