package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.store.redis.RedisConnections;
import io.marketbrain.store.redis.RedisFault;
import io.marketbrain.store.redis.RedisScript;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A queued call of a script and its result. The caller waits on {@link #reply}; at the deadline the reply completes, and the socket is closed if a worker is already running the call. Thread-safe.
 */
final class RedisOperation {
    /** The result of an operation. */
    sealed interface Reply {
        record Replied(@Nullable Object value) implements Reply {}

        record Failed(RedisFault fault, String why) implements Reply {}

        /** It was not run: the deadline passed first, or the state did not permit it. */
        record NotRun() implements Reply {}
    }

    private final RedisScript script;
    private final List<byte[]> keys;
    private final List<byte[]> arguments;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private @Nullable RedisConnections running;
    private volatile boolean started;

    RedisOperation(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
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

    /** Whether Redis may have received it. */
    boolean started() {
        return started;
    }

    /** Runs the operation; failures are returned, not thrown. */
    Reply run(RedisConnections connections) {
        // Set before the reply is checked: an operation that expires from here on may have been sent.
        started = true;
        at(connections);
        try {
            if (done()) {
                return new Reply.NotRun();
            }
            return new Reply.Replied(runDirectly(connections));
        } catch (Throwable e) {
            return done()
                    ? new Reply.Failed(RedisFault.TIMED_OUT, "no reply in time")
                    : new Reply.Failed(RedisFault.of(e), String.valueOf(e.getMessage()));
        } finally {
            at(null);
        }
    }

    /** Runs the operation on the current thread and returns the raw reply; throws what the client library throws. */
    @Nullable
    Object runDirectly(RedisConnections connections) {
        return connections.run(script, keys, arguments);
    }

    /** Completes the reply and closes the sockets of the worker that is running the operation. */
    void expire() {
        if (reply.complete(new Reply.NotRun())) {
            abort();
        }
    }

    private synchronized void at(@Nullable RedisConnections connections) {
        running = connections;
    }

    /** Synchronized, so that it cannot abort the next operation of the worker. */
    private synchronized void abort() {
        if (running != null) {
            running.abort();
        }
    }
}
