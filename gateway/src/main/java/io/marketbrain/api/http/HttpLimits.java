package io.marketbrain.api.http;

import io.marketbrain.model.SettingRange;
import java.time.Duration;

/**
 * What a client may ask of the server, each limit with its range; {@link #defaults} has the defaults. Time limits are
 * looked at four times a second, so a client is cut off up to a quarter of a second late.
 *
 * @param maxRequests requests worked on at once; more are answered 503 with {@code Retry-After} at once (1–10,000)
 * @param maxConnections open connections; when all are taken, the one that has kept the server waiting longest is
 *     closed to let a new one in (1–20,000)
 * @param maxStreams streamed responses sent at once; more are answered 503 with {@code Retry-After} (1–10,000)
 * @param maxTarget bytes of the request line; a longer one is answered 414 (256–65,536)
 * @param maxHead bytes of the request line and all headers; more are answered 431 (1,024–262,144)
 * @param maxHeaders number of header lines; more are answered 431 (8–500)
 * @param maxBody bytes of a request body; a longer one is answered 413 (0–16 MiB)
 * @param maxHeld bytes held for all clients together, of request bodies that are arriving, of large answers that are
 *     leaving and of the pieces of streams; beyond it a request is answered 503 and an answer is cut off (1 MiB–1 GiB)
 * @param keepAlive how long a connection may rest before and between requests; then it is closed (1 s–5 min)
 * @param headTimeout from the first byte of a request to the end of its headers; then 408 (1 s–60 s)
 * @param bodyTimeout from the end of the headers to the end of the body; then 408 (1 s–5 min)
 * @param writeTimeout to take in each 64 KiB of an answer, or each piece of a stream; then the connection is closed (1 s–5 min)
 * @param linger how long a refused client is listened to so that it gets to read why (0–10 s)
 * @param stopGrace how long requests in flight may go on once the server stops (0–60 s)
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
    /** What a stream may hold while its client does not read: about two pages of candles. */
    private static final long STREAM_BYTES = 1 << 20;

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

    /** The same limits with no more streams at a time than a heap of so many bytes bears: one for each MiB. */
    public HttpLimits within(long heapBytes) {
        return new HttpLimits(
                maxRequests,
                maxConnections,
                Math.clamp(heapBytes / STREAM_BYTES, 1, maxStreams),
                maxTarget,
                maxHead,
                maxHeaders,
                maxBody,
                maxHeld,
                keepAlive,
                headTimeout,
                bodyTimeout,
                writeTimeout,
                linger,
                stopGrace);
    }
}
