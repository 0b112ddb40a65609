package io.marketbrain.http;

import java.util.concurrent.atomic.AtomicLong;

/** A limit on the bytes buffered for all clients together. Thread-safe; never blocks. */
final class BufferBudget {
    private final long limit;
    private final AtomicLong held = new AtomicLong();

    BufferBudget(long limit) {
        this.limit = limit;
    }

    boolean tryReserve(long bytes) {
        if (held.addAndGet(bytes) <= limit) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
