package io.marketbrain.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A queued run of a script and its reply. The caller waits in {@link #await}; if it stops waiting, the socket of a worker
 * that is running the call is closed. Thread-safe.
 */
final class ScriptCall {
    private final RedisScript script;
    private final List<byte[]> keys;
    private final List<byte[]> arguments;
    private final CompletableFuture<@Nullable Object> reply = new CompletableFuture<>();
    private @Nullable RedisConnections running;
    private volatile boolean started;

    ScriptCall(RedisScript script, byte[] key, List<byte[]> arguments) {
        this.script = script;
        this.keys = List.of(key);
        this.arguments = arguments;
    }

    /** Waits for the reply; the call is cancelled when this throws. */
    @Nullable
    Object await(Duration within) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return reply.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (!fail(e)) {
                return reply.get(0, TimeUnit.NANOSECONDS); // it completed meanwhile
            }
            abort();
            throw e;
        } catch (InterruptedException e) {
            fail(e);
            abort();
            throw e;
        }
    }

    /** Whether a worker has begun to run it. */
    boolean started() {
        return started;
    }

    boolean done() {
        return reply.isDone();
    }

    /** Completes the call without a reply; false if it was complete. */
    boolean fail(Throwable why) {
        return reply.completeExceptionally(why);
    }

    /** Runs the script and completes the call; throws what the client library throws, and then it is not complete. */
    void run(RedisConnections connections) {
        at(connections);
        try {
            if (!done()) {
                started = true;
                reply.complete(connections.run(script, keys, arguments));
            }
        } finally {
            at(null);
        }
    }

    private synchronized void at(@Nullable RedisConnections connections) {
        running = connections;
    }

    /** Synchronized, so that it cannot abort the next call of the worker. */
    private synchronized void abort() {
        if (running != null) {
            running.abort();
        }
    }
}
