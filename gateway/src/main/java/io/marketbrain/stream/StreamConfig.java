package io.marketbrain.stream;

import io.marketbrain.model.SettingRange;
import java.time.Duration;

/**
 * The settings of streams to clients.
 *
 * @param enabled whether there are streams at all
 * @param maxClients how many clients may listen at once
 * @param maxSubscriptions how many channels one client may listen to
 * @param maxWaiting how many bytes may wait for one client before they are dropped and a gap is announced
 * @param replayEvents how many events are kept for clients that resume
 * @param replayBytes how many bytes those events may have
 * @param linger how long a channel is kept open after its last listener has left
 * @param heartbeat after how much silence a client gets a heartbeat
 * @param simulatedPeriod how often quotes and books of the simulated market change
 */
public record StreamConfig(
        boolean enabled,
        int maxClients,
        int maxSubscriptions,
        long maxWaiting,
        int replayEvents,
        long replayBytes,
        Duration linger,
        Duration heartbeat,
        Duration simulatedPeriod) {
    public static final String ENABLED = "streams.enabled";
    public static final SettingRange<Integer> MAX_CLIENTS = SettingRange.of("streams.max_clients", 1, 100_000);
    public static final SettingRange<Integer> MAX_SUBSCRIPTIONS =
            SettingRange.of("streams.max_subscriptions", 1, 10_000);
    public static final SettingRange<Long> MAX_WAITING =
            SettingRange.of("streams.max_waiting", 16L * 1024, 64L * 1024 * 1024);
    public static final SettingRange<Integer> REPLAY_EVENTS = SettingRange.of("streams.replay_events", 0, 10_000_000);
    public static final SettingRange<Long> REPLAY_BYTES =
            SettingRange.of("streams.replay_bytes", 0L, 1024L * 1024 * 1024);
    public static final SettingRange<Duration> LINGER =
            SettingRange.of("streams.linger", Duration.ZERO, Duration.ofHours(1));
    public static final SettingRange<Duration> HEARTBEAT =
            SettingRange.of("streams.heartbeat", Duration.ofSeconds(1), Duration.ofMinutes(5));
    public static final SettingRange<Duration> SIMULATED_PERIOD =
            SettingRange.of("streams.simulated_period", Duration.ofMillis(10), Duration.ofMinutes(1));

    public StreamConfig {
        MAX_CLIENTS.check(maxClients);
        MAX_SUBSCRIPTIONS.check(maxSubscriptions);
        MAX_WAITING.check(maxWaiting);
        REPLAY_EVENTS.check(replayEvents);
        REPLAY_BYTES.check(replayBytes);
        LINGER.check(linger);
        HEARTBEAT.check(heartbeat);
        SIMULATED_PERIOD.check(simulatedPeriod);
    }

    public static StreamConfig defaults() {
        return new StreamConfig(
                true,
                1000,
                200,
                256L * 1024,
                10_000,
                4L * 1024 * 1024,
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofMillis(250));
    }
}
