package io.marketbrain.http.websocket;

import io.marketbrain.model.SettingRange;
import java.time.Duration;

/**
 * The limits of a WebSocket. Times are checked four times a second.
 *
 * @param maxMessage bytes of a message from the client, also if it is fragmented; a longer one ends the connection with
 *     1009 (125–1 MiB)
 * @param ping a client from which no complete frame has arrived for this long gets a ping; after twice as long it is
 *     disconnected (1 s–10 min)
 * @param closeTimeout how long a client has to confirm that the connection ends (100 ms–1 min)
 */
public record WebSocketConfig(int maxMessage, Duration ping, Duration closeTimeout) {
    public static final SettingRange<Integer> MAX_MESSAGE = SettingRange.of("server.websocket_message", 125, 1 << 20);
    public static final SettingRange<Duration> PING =
            SettingRange.of("server.websocket_ping", Duration.ofSeconds(1), Duration.ofMinutes(10));
    public static final SettingRange<Duration> CLOSE_TIMEOUT =
            SettingRange.of("server.websocket_close", Duration.ofMillis(100), Duration.ofMinutes(1));

    public WebSocketConfig {
        MAX_MESSAGE.check(maxMessage);
        PING.check(ping);
        CLOSE_TIMEOUT.check(closeTimeout);
    }

    public static WebSocketConfig defaults() {
        return new WebSocketConfig(16_384, Duration.ofSeconds(20), Duration.ofSeconds(2));
    }
}
