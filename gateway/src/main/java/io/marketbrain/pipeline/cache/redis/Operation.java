package io.marketbrain.pipeline.cache.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One script to be run by a worker, and what became of it. Whoever asked waits on {@link #reply}; the deadline ends it for
 * them, and closes the socket under the worker if it has begun. Thread-safe.
 */
final class Operation {
    /** How an operation ends: with a reply, with a fault, or unheard. */
    sealed interface Reply {
        record Said(@Nullable Object value) implements Reply {}

        record Failed(Fault fault, String why) implements Reply {}

        /** Nobody took it up in time, or it was not allowed to begin. */
        record Unheard() implements Reply {}
    }

    private final Scripts script;
    private final List<byte[]> keys;
    private final List<byte[]> arguments;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private final AtomicReference<@Nullable Links> running = new AtomicReference<>();

    Operation(Scripts script, List<byte[]> keys, List<byte[]> arguments) {
        this.script = script;
        this.keys = keys;
        this.arguments = arguments;
    }

    CompletableFuture<Reply> reply() {
        return reply;
    }

    boolean done() {
        return reply.isDone();
    }

    /** Runs it; the fault it ended with, or null. */
    Reply run(Links links) {
        running.set(links);
        try {
            if (done()) {
                return new Reply.Unheard();
            }
            return new Reply.Said(links.run(script, keys, arguments));
        } catch (RuntimeException e) {
            return done()
                    ? new Reply.Failed(Fault.TIMED_OUT, "no answer in time")
                    : new Reply.Failed(Fault.of(e), String.valueOf(e.getMessage()));
        } finally {
            running.set(null);
        }
    }

    /** Ends it for whoever waits, and closes the sockets of the worker that is at it. */
    void expire() {
        if (reply.complete(new Reply.Unheard())) {
            Links at = running.get();
            if (at != null) {
                at.abort();
            }
        }
    }
}
