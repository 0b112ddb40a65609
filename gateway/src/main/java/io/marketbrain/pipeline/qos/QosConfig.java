package io.marketbrain.pipeline.qos;

import io.marketbrain.model.SettingRange;
import io.marketbrain.pipeline.BackgroundLimits;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * Settings of admission control (QoS).
 *
 * @param permits how many requests are processed at a time
 * @param lowPercent the share of the permits that background work may hold, in percent; at least one permit
 * @param callerPercent the share that one caller with an API key may hold, in percent; callers without a key are not
 *     capped
 * @param queue how many interactive requests may wait
 * @param lowQueue how many background requests may wait
 * @param queueTimeout how long an interactive request waits before it is rejected; background work waits until its
 *     deadline
 * @param newestFirstAfter how long the oldest request must have waited for the queue to count as overloaded and serve
 *     the newest request first
 * @param lowStarvation after how long without background work one background request goes before interactive ones
 */
@RecordBuilder
public record QosConfig(
        int permits,
        int lowPercent,
        int callerPercent,
        int queue,
        int lowQueue,
        Duration queueTimeout,
        Duration newestFirstAfter,
        Duration lowStarvation)
        implements QosConfigBuilder.With {
    public static final SettingRange<Integer> PERMITS = SettingRange.of("qos.permits", 1, 100_000);
    public static final SettingRange<Integer> CALLER_PERCENT = SettingRange.of("qos.caller_percent", 1, 100);
    public static final SettingRange<Integer> QUEUE = SettingRange.of("qos.queue", 0, 100_000);
    public static final SettingRange<Integer> BACKGROUND_QUEUE = SettingRange.of("qos.background_queue", 0, 100_000);
    public static final SettingRange<Duration> QUEUE_TIMEOUT =
            SettingRange.of("qos.queue_timeout", Duration.ZERO, Duration.ofMinutes(1));
    public static final SettingRange<Duration> NEWEST_FIRST_AFTER =
            SettingRange.of("qos.newest_first_after", Duration.ZERO, Duration.ofMinutes(1));

    /** What a heap needs for all else: the code's own objects, a few cached responses, connections and streams. */
    private static final long RESERVED_BYTES = 14L << 20;

    private static final long WORKING_BYTES = 9L << 18;
    private static final long WAITING_BYTES = 128L << 10;

    public QosConfig {
        PERMITS.check(permits);
        BackgroundLimits.PERCENT.check(lowPercent);
        CALLER_PERCENT.check(callerPercent);
        QUEUE.check(queue);
        BACKGROUND_QUEUE.check(lowQueue);
        QUEUE_TIMEOUT.check(queueTimeout);
        NEWEST_FIRST_AFTER.check(newestFirstAfter);
        BackgroundLimits.MAX_WAIT.check(lowStarvation);
    }

    public static QosConfig defaults() {
        return new QosConfig(
                50, 20, 80, 500, 1000, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    /**
     * The same settings with limits lowered to what fits into a heap of {@code heapBytes}: beyond the first 14 MiB one running request per 2.25
     * MiB, which is what a large range of candles needs while it is processed, and one waiting request per 128 KiB.
     */
    public QosConfig within(long heapBytes) {
        int waiting = (int) Math.min(Integer.MAX_VALUE, heapBytes / WAITING_BYTES);
        return with().permits(Math.clamp((heapBytes - RESERVED_BYTES) / WORKING_BYTES, 1, permits))
                .queue(Math.min(queue, waiting))
                .lowQueue(Math.min(lowQueue, waiting))
                .build();
    }

    int lowPermits() {
        return Math.max(1, permits * lowPercent / 100);
    }

    int callerPermits() {
        return Math.max(1, permits * callerPercent / 100);
    }
}
