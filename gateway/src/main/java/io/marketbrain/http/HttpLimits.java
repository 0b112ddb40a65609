package io.marketbrain.http;

import io.marketbrain.model.SettingRange;
import java.time.Duration;

/**
 * The limits of the server, each with its range; {@link #defaults} has the defaults. Time limits are checked four times
 * a second, so a client is cut off up to a quarter of a second late.
 *
 * @param maxRequests concurrent requests; more are rejected at once with 503 and {@code Retry-After} (1–10,000)
 * @param maxConnections open connections; at the limit, the one that has kept the server waiting longest is closed to
 *     accept a new one (1–20,000)
 * @param maxStreams concurrent streamed responses; more are rejected with 503 and {@code Retry-After} (1–10,000)
 * @param maxTarget bytes of the request line; a longer one is rejected with 414 (256–65,536)
 * @param maxHead bytes of the request line and all headers; more are rejected with 431 (1,024–262,144)
 * @param maxHeaders number of header lines; more are rejected with 431 (8–500)
 * @param maxBody bytes of a request body; a longer one is rejected with 413 (0–16 MiB)
 * @param maxHeld bytes buffered for all clients together: incoming request bodies, large outgoing responses and pieces
 *     of streams; beyond it requests and large responses are replaced by 503 with {@code Retry-After} (1 MiB–1 GiB)
 * @param keepAlive how long a connection may be idle before and between requests; then it is closed (1 s–5 min)
 * @param headTimeout from the first byte of a request to the end of its headers; then 408 (1 s–60 s)
 * @param bodyTimeout from the end of the headers to the end of the body; then 408 (1 s–5 min)
 * @param writeTimeout for the client to read each 64 KiB of a response, or each piece of a stream; then the connection
 *     is closed (1 s–5 min)
 * @param linger how long to keep reading from a rejected client, so that it can read the error response (0–10 s)
 * @param stopGrace how long requests in flight may continue after the server starts to stop (0–60 s)
 */
public record HttpLimits(
        int maxRequests,
        int maxConnections,
        int maxStreams,
        int maxTarget,
        int maxHead,
        int maxHeaders,
        int maxBody,
        long maxHeld,
        Duration keepAlive,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration writeTimeout,
        Duration linger,
        Duration stopGrace) {
    /** The heap reserved per stream: about two pages of candles, held while the client does not read. */
    private static final long STREAM_BYTES = 1 << 20;

    /** The heap that streams leave to everything else. */
    private static final long HEAP_BESIDE_STREAMS = 16 << 20;

    /** The part of the heap that may be buffered: an eighth, 16 MiB of the default heap. */
    private static final long HEAP_PER_BUFFERED = 8;

    public static final SettingRange<Integer> MAX_REQUESTS = SettingRange.of("server.max_requests", 1, 10_000);
    public static final SettingRange<Integer> MAX_CONNECTIONS = SettingRange.of("server.max_connections", 1, 20_000);
    public static final SettingRange<Integer> MAX_STREAMS = SettingRange.of("server.max_streams", 1, 10_000);
    public static final SettingRange<Integer> MAX_TARGET = SettingRange.of("server.max_target", 256, 65_536);
    public static final SettingRange<Integer> MAX_HEAD = SettingRange.of("server.max_head", 1024, 262_144);
    public static final SettingRange<Integer> MAX_HEADERS = SettingRange.of("server.max_headers", 8, 500);
    public static final SettingRange<Integer> MAX_BODY = SettingRange.of("server.max_body", 0, 16 << 20);
    public static final SettingRange<Long> MAX_BUFFERED = SettingRange.of("server.max_buffered", 1L << 20, 1L << 30);
    public static final SettingRange<Duration> KEEP_ALIVE =
            SettingRange.of("server.keep_alive", Duration.ofSeconds(1), Duration.ofMinutes(5));
    public static final SettingRange<Duration> HEAD_TIMEOUT =
            SettingRange.of("server.head_timeout", Duration.ofSeconds(1), Duration.ofMinutes(1));
    public static final SettingRange<Duration> BODY_TIMEOUT =
            SettingRange.of("server.body_timeout", Duration.ofSeconds(1), Duration.ofMinutes(5));
    public static final SettingRange<Duration> WRITE_TIMEOUT =
            SettingRange.of("server.write_timeout", Duration.ofSeconds(1), Duration.ofMinutes(5));
    public static final SettingRange<Duration> LINGER =
            SettingRange.of("server.linger", Duration.ZERO, Duration.ofSeconds(10));
    public static final SettingRange<Duration> STOP_GRACE =
            SettingRange.of("server.stop_grace", Duration.ZERO, Duration.ofMinutes(1));

    public HttpLimits {
        MAX_REQUESTS.check(maxRequests);
        MAX_CONNECTIONS.check(maxConnections);
        MAX_STREAMS.check(maxStreams);
        MAX_TARGET.check(maxTarget);
        MAX_HEAD.check(maxHead);
        MAX_HEADERS.check(maxHeaders);
        MAX_BODY.check(maxBody);
        MAX_BUFFERED.check(maxHeld);
        KEEP_ALIVE.check(keepAlive);
        HEAD_TIMEOUT.check(headTimeout);
        BODY_TIMEOUT.check(bodyTimeout);
        WRITE_TIMEOUT.check(writeTimeout);
        LINGER.check(linger);
        STOP_GRACE.check(stopGrace);
    }

    public static HttpLimits defaults() {
        return new HttpLimits(
                600,
                1000,
                100,
                8192,
                16_384,
                64,
                65_536,
                16L << 20,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofMillis(2500));
    }

    /**
     * These limits lowered to what fits into a heap of {@code heapBytes}: one concurrent stream per MiB beyond the first
     * 16, and an eighth of it buffered.
     */
    public HttpLimits within(long heapBytes) {
        return new HttpLimits(
                maxRequests,
                maxConnections,
                Math.clamp((heapBytes - HEAP_BESIDE_STREAMS) / STREAM_BYTES, 1, maxStreams),
                maxTarget,
                maxHead,
                maxHeaders,
                maxBody,
                Math.clamp(heapBytes / HEAP_PER_BUFFERED, MAX_BUFFERED.least(), maxHeld),
                keepAlive,
                headTimeout,
                bodyTimeout,
                writeTimeout,
                linger,
                stopGrace);
    }
}
