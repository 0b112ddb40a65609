package io.marketbrain.pipeline.qos;

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
public record QosConfig(
        int permits,
        int lowPercent,
        int callerPercent,
        int queue,
        int lowQueue,
        Duration queueTimeout,
        Duration newestFirstAfter,
        Duration lowStarvation) {
    private static final long BYTES_PER_RUNNING = 5L << 19;
    private static final long BYTES_PER_WAITING = 128L << 10;

    public QosConfig {
        check(permits >= 1 && permits <= 100_000, "qos.permits must be from 1 to 100000");
        check(lowPercent >= 1 && lowPercent <= 100, "qos.low_percent must be from 1 to 100");
        check(callerPercent >= 1 && callerPercent <= 100, "qos.caller_percent must be from 1 to 100");
        check(queue >= 0 && queue <= 100_000, "qos.queue must be from 0 to 100000");
        check(lowQueue >= 0 && lowQueue <= 100_000, "qos.low_queue must be from 0 to 100000");
        check(!queueTimeout.isNegative(), "qos.patience must not be negative");
        check(!newestFirstAfter.isNegative(), "qos.newest_first_after must not be negative");
        check(lowStarvation.isPositive(), "qos.low_starvation must be greater than zero");
    }

    public static QosConfig defaults() {
        return new QosConfig(
                50, 20, 80, 500, 1000, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    /**
     * The same settings with limits lowered to what fits into a heap of {@code heapBytes}: one running request per 2.5
     * MiB, which is what a large range of candles needs while it is processed, and one waiting request per 128 KiB.
     */
    public QosConfig within(long heapBytes) {
        int waiting = (int) Math.min(Integer.MAX_VALUE, heapBytes / BYTES_PER_WAITING);
        return new QosConfig(
                Math.clamp(heapBytes / BYTES_PER_RUNNING, 1, permits),
                lowPercent,
                callerPercent,
                Math.min(queue, waiting),
                Math.min(lowQueue, waiting),
                queueTimeout,
                newestFirstAfter,
                lowStarvation);
    }

    int lowPermits() {
        return Math.max(1, permits * lowPercent / 100);
    }

    int callerPermits() {
        return Math.max(1, permits * callerPercent / 100);
    }

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }
}
