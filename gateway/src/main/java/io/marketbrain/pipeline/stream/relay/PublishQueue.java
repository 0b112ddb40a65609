package io.marketbrain.pipeline.stream.relay;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Messages that wait to be published, each with the token of the lease and its number, which counts from 1. Where too much waits,
 * everything is dropped; readers notice it by the numbers that are missing. Thread-safe.
 */
final class PublishQueue {
    /** The most messages of one call, and the most bytes unless a single message has more. */
    static final int BATCH = 64;

    private static final int BATCH_BYTES = 512 * 1024;
    /** The bytes before a message: token and number. */
    static final int HEAD = 16;

    private final long mostBytes;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private long token;
    private long number;
    private long bytes;
    private long clears;
    private long dropped;

    /** Messages that were not removed from the queue yet. */
    record Batch(long token, long clears, List<byte[]> messages) {}

    PublishQueue(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * Drops what waits, and numbers from 1 for a new lease. For one that was taken back a number is left out, so that readers
     * notice that something may be missing.
     */
    synchronized void restart(long newToken) {
        clear();
        number = newToken == token ? number + 1 : 0;
        token = newToken;
    }

    synchronized void clear() {
        waiting.clear();
        bytes = 0;
        clears++;
    }

    synchronized void add(byte[] message) {
        number++;
        if (bytes + HEAD + message.length > mostBytes) {
            dropped += waiting.size() + 1L;
            clear();
            return;
        }
        waiting.add(ByteBuffer.allocate(HEAD + message.length)
                .putLong(token)
                .putLong(number)
                .put(message)
                .array());
        bytes += HEAD + message.length;
    }

    /** The messages that are to be published next; none if nothing waits. */
    synchronized Batch next() {
        List<byte[]> messages = new ArrayList<>();
        long size = 0;
        for (byte[] message : waiting) {
            size += message.length;
            if (messages.size() == BATCH || (size > BATCH_BYTES && !messages.isEmpty())) {
                break;
            }
            messages.add(message);
        }
        return new Batch(token, clears, messages);
    }

    /** Removes messages that were published. */
    synchronized void published(Batch batch) {
        if (batch.clears() == clears) {
            for (byte[] message : batch.messages()) {
                waiting.remove();
                bytes -= message.length;
            }
        }
    }

    /** How many messages were dropped because too much waited. */
    synchronized long dropped() {
        return dropped;
    }

    synchronized long bytes() {
        return bytes;
    }
}
