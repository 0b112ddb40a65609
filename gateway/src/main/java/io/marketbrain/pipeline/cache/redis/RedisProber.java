package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.concurrent.BackgroundLoop.Kind;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.cache.redis.RedisStatePolicy.Event;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.store.redis.Backoff;
import io.marketbrain.store.redis.RedisConfig;
import io.marketbrain.store.redis.RedisConnection;
import io.marketbrain.store.redis.RedisConnections;
import io.marketbrain.store.redis.RedisConnector;
import io.marketbrain.store.redis.RedisFault;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Checks in the background whether Redis can be used: at the start, repeatedly while it is unavailable, and periodically while it accepts no writes. A probe writes, reads and deletes its own key; after a successful one {@link Recovery} sends pending purges and writes.
 */
final class RedisProber {
    /** Sends pending work after a successful probe. */
    @FunctionalInterface
    interface Recovery {
        /** Throws what the client library throws if the connection is lost again. */
        void recover(RedisConnections connections) throws InterruptedException;
    }

    /** How long the state is not looked at if nothing reports a change. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final RedisConfig config;
    private final RedisConnections connections;
    private final byte[] key;
    private final RedisStateMachine state;
    private final ScheduledExecutorService deadlines;
    private final Recovery recovery;
    private final RedisCounters counters;
    private final RandomGenerator chance;
    private final Backoff backoff;
    private final BackgroundLoop thread;
    private int failures;

    RedisProber(
            RedisConfig config,
            RedisConnector connector,
            String instance,
            RedisStateMachine state,
            ScheduledExecutorService deadlines,
            Recovery recovery,
            RedisCounters counters,
            NanoClock nanoClock,
            RandomGenerator chance) {
        this.config = config;
        this.connections = connector.connections();
        this.key = RedisConnection.bytes(config.prefix() + ":probe:" + instance);
        this.state = state;
        this.deadlines = deadlines;
        this.recovery = recovery;
        this.counters = counters;
        this.chance = chance;
        this.backoff = new Backoff(config.probeMin(), config.probeMax());
        this.thread = new BackgroundLoop("redis-prober", Kind.VIRTUAL, nanoClock, this::probeAsNeeded);
    }

    void start() {
        thread.start();
    }

    /** The state has changed. */
    void wake() {
        thread.wake();
    }

    void close() {
        thread.stopNow();
        connections.abort();
    }

    boolean alive() {
        return thread.alive();
    }

    int sockets() {
        return connections.sockets();
    }

    /** Does what the present state needs; while it needs nothing, a change of the state ends the pause. */
    private Duration probeAsNeeded() throws InterruptedException {
        try {
            State now = state.state();
            switch (now) {
                case OFF, UP -> {
                    failures = 0;
                    return LONGEST_WAIT;
                }
                case CONNECTING -> probe();
                case RECOVERING -> recover();
                case DOWN -> {
                    pause(backoff.pause(++failures, chance));
                    probeIf(now);
                }
                case REFUSED -> {
                    pause(config.refusedProbe());
                    probeIf(now);
                }
                case READ_ONLY -> {
                    pause(config.writeProbe());
                    probeIf(now);
                }
            }
            return Duration.ZERO;
        } finally {
            if (thread.stopped()) {
                connections.abort();
            }
        }
    }

    /** Sleeps for the whole pause: a state change in the meantime must not bring the next probe forward. */
    private void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    private void probeIf(State still) {
        if (state.state() == still) {
            probe();
        }
    }

    private void probe() {
        counters.count("redis_probes");
        ScheduledFuture<?> deadline =
                deadlines.schedule(connections::abort, config.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
        try {
            connections.abort();
            connections.refreshTopology();
            connections.connect();
            byte[] value = RedisConnection.bytes("probe");
            connections.call(key, "SET", key, value, RedisConnection.bytes("PX"), RedisConnection.bytes("10000"));
            boolean same = connections.call(key, "GET", key) instanceof byte[] read && Arrays.equals(read, value);
            connections.call(key, "DEL", key);
            state.on(
                    same ? Event.PROBE_PASSED : Event.PROBE_FAILED,
                    same ? "the probe passed" : "a probe read a value other than the one it wrote");
        } catch (RuntimeException e) {
            connections.abort();
            state.on(
                    switch (RedisFault.of(e)) {
                        case READ_ONLY -> Event.PROBE_READ_ONLY;
                        case REJECTED -> rejected(e);
                        case LOST, TIMED_OUT, UNAVAILABLE, NO_SCRIPT, COMMAND_FAILED -> Event.PROBE_FAILED;
                    },
                    String.valueOf(e.getMessage()));
        } finally {
            deadline.cancel(false);
            if (state.state() != State.RECOVERING) {
                connections.abort();
            }
        }
    }

    /** The user may connect but not write: reads may still work. */
    private static Event rejected(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("NOPERM") && message.contains("'set'") ? Event.PROBE_READ_ONLY : Event.PROBE_REFUSED;
    }

    private void recover() throws InterruptedException {
        try {
            recovery.recover(connections);
            state.on(Event.RECOVERED, "pending purges and writes have been sent");
        } catch (RuntimeException e) {
            RedisFault fault = RedisFault.of(e);
            state.on(
                    fault == RedisFault.READ_ONLY || fault == RedisFault.REJECTED
                            ? Event.of(fault)
                            : Event.RECOVERY_FAILED,
                    String.valueOf(e.getMessage()));
        } finally {
            connections.abort();
        }
    }
}
