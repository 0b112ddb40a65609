package io.marketbrain.pipeline.qos;

import java.time.Duration;

/**
 * Settings of QoS.
 *
 * @param permits how many requests are worked on at a time
 * @param lowPercent the share of the permits that background work may hold, in percent; at least one permit
 * @param callerPercent the share that one caller with a key may hold, in percent; whoever needs no key is not capped
 * @param queue how many requests of people may wait
 * @param lowQueue how many background requests may wait
 * @param patience how long a person's request waits before it is turned away; background work waits to its deadline
 * @param newestFirstAfter how long the oldest request waits before the queue is overloaded and the newest goes first
 * @param lowStarvation after how long without any background work one background request goes before people
 */
public record QosConfig(
        int permits,
        int lowPercent,
        int callerPercent,
        int queue,
        int lowQueue,
        Duration patience,
        Duration newestFirstAfter,
        Duration lowStarvation) {
    private static final long WORKING_BYTES = 5L << 19;
    private static final long WAITING_BYTES = 128L << 10;

    public QosConfig {
        check(permits >= 1 && permits <= 100_000, "qos.permits must be from 1 to 100000");
        check(lowPercent >= 1 && lowPercent <= 100, "qos.low_percent must be from 1 to 100");
        check(callerPercent >= 1 && callerPercent <= 100, "qos.caller_percent must be from 1 to 100");
        check(queue >= 0 && queue <= 100_000, "qos.queue must be from 0 to 100000");
        check(lowQueue >= 0 && lowQueue <= 100_000, "qos.low_queue must be from 0 to 100000");
        check(!patience.isNegative(), "qos.patience must not be negative");
        check(!newestFirstAfter.isNegative(), "qos.newest_first_after must not be negative");
        check(lowStarvation.isPositive(), "qos.low_starvation must be longer than nothing");
    }

    public static QosConfig defaults() {
        return new QosConfig(
                50, 20, 80, 500, 1000, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    /**
     * The same settings with no more at a time than a heap of so many bytes bears: one request in work for each 2.5 MiB,
     * the size of a large range of candles on its way, and one that waits for each 128 KiB.
     */
    public QosConfig within(long heapBytes) {
        int waiting = (int) Math.min(Integer.MAX_VALUE, heapBytes / WAITING_BYTES);
        return new QosConfig(
                Math.clamp(heapBytes / WORKING_BYTES, 1, permits),
                lowPercent,
                callerPercent,
                Math.min(queue, waiting),
                Math.min(lowQueue, waiting),
                patience,
                newestFirstAfter,
                lowStarvation);
    }

    int lowPermits() {
        return Math.max(1, permits * lowPercent / 100);
    }

    int callerPermits() {
        return Math.max(1, permits * callerPercent / 100);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
