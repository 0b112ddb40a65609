package io.marketbrain.pipeline.cache.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    private @Nullable Links running;

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
        at(links);
        try {
            if (done()) {
                return new Reply.Unheard();
            }
            return new Reply.Said(say(links));
        } catch (RuntimeException e) {
            return done()
                    ? new Reply.Failed(Fault.TIMED_OUT, "no answer in time")
                    : new Reply.Failed(Fault.of(e), String.valueOf(e.getMessage()));
        } finally {
            at(null);
        }
    }

    /** Runs it without a worker; the bare reply. */
    @Nullable
    Object say(Links links) {
        return links.run(script, keys, arguments);
    }

    /** Ends it for whoever waits, and closes the sockets of the worker that is at it. */
    void expire() {
        if (reply.complete(new Reply.Unheard())) {
            abort();
        }
    }

    private synchronized void at(@Nullable Links links) {
        running = links;
    }

    /** Under the lock, so that it never meets what the worker does after this. */
    private synchronized void abort() {
        if (running != null) {
            running.abort();
        }
    }
}
