package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.concurrent.BackgroundLoop.Kind;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.model.NanoClock;
import io.marketbrain.store.redis.Backoff;
import io.marketbrain.store.redis.RedisConfig;
import io.marketbrain.store.redis.RedisConnection;
import io.marketbrain.store.redis.RedisConnections;
import io.marketbrain.store.redis.RedisConnector;
import io.marketbrain.store.redis.RedisTopology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Receives the messages of other gateways on its own connection. Reconnects whenever the connection is lost, and reports each time that messages may have been missed. Does not affect the connection state: without messages the cache is only less up to date. Thread-safe.
 */
final class InvalidationSubscriber {
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(8);
    /** How long the state is not looked at if nothing reports a change. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final String channel;
    private final RedisConnections connections;
    private final RedisTopology topology;
    private final ScheduledExecutorService deadlines;
    private final Duration connectTimeout;
    private final BooleanSupplier shouldListen;
    private final Consumer<InvalidationMessage> onMessage;
    private final Runnable missed;
    private final Runnable lost;
    private final RedisCounters counters;
    private final Backoff backoff;
    private final RandomGenerator chance;
    private final AtomicReference<CountDownLatch> listening = new AtomicReference<>(new CountDownLatch(1));
    private final NanoClock nanoClock;
    private final TaskRunner pings;
    private final BackgroundLoop thread;
    private int failures;
    private volatile long heardAt;

    InvalidationSubscriber(
            String channel,
            RedisConfig config,
            RedisConnector connector,
            ScheduledExecutorService deadlines,
            BooleanSupplier shouldListen,
            Consumer<InvalidationMessage> onMessage,
            Runnable missed,
            Runnable lost,
            RedisCounters counters,
            NanoClock nanoClock,
            RandomGenerator chance) {
        this.channel = channel;
        this.connections = connector.connections();
        this.topology = connector.topology();
        this.deadlines = deadlines;
        this.connectTimeout = config.connectTimeout();
        this.shouldListen = shouldListen;
        this.onMessage = onMessage;
        this.missed = missed;
        this.lost = lost;
        this.counters = counters;
        this.backoff = new Backoff(config.probeMin(), config.probeMax());
        this.chance = chance;
        this.nanoClock = nanoClock;
        this.pings = new TaskRunner("redis-ping", nanoClock);
        this.thread = new BackgroundLoop("redis-news", Kind.VIRTUAL, nanoClock, this::listenAsNeeded);
    }

    void start() {
        thread.start();
    }

    /** Connects if messages are needed in the present state. */
    void wake() {
        thread.wake();
    }

    /** Closes the connection, because messages are not needed in the present state. */
    void disconnect() {
        listening.set(new CountDownLatch(1));
        connections.abort();
    }

    /** Waits until the subscription is active; false if the timeout passes first. */
    boolean awaitListening(Duration within) throws InterruptedException {
        CountDownLatch latch = listening.get();
        return latch != null && latch.await(within.toNanos(), TimeUnit.NANOSECONDS);
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

    /** Listens if the present state needs it; a wake-up ends the pause. */
    private Duration listenAsNeeded() {
        if (!shouldListen.getAsBoolean()) {
            failures = 0;
            return LONGEST_WAIT;
        }
        try {
            if (listen()) {
                failures = 0;
            }
        } finally {
            connections.abort();
        }
        if (!shouldListen.getAsBoolean() || thread.stopped()) {
            return Duration.ZERO;
        }
        counters.count("redis_news_lost");
        lost.run();
        return backoff.pause(++failures, chance);
    }

    /** Listens until the connection is lost; whether anything was received, be it the reply to a heartbeat. */
    private boolean listen() {
        boolean subscribed = false;
        boolean heard = false;
        ScheduledFuture<?> deadline =
                deadlines.schedule(connections::abort, connectTimeout.toNanos(), TimeUnit.NANOSECONDS);
        ScheduledFuture<?> heartbeat = null;
        try (RedisConnection connection =
                connections.dial(topology.all().iterator().next(), true)) {
            connection.call("SUBSCRIBE", channel);
            deadline.cancel(false);
            connection.replyTimeout(READ_TIMEOUT);
            subscribed = true;
            heardAt = nanoClock.nanos();
            missed.run();
            CountDownLatch latch = listening.get();
            if (latch != null) {
                latch.countDown();
            }
            heartbeat = deadlines.scheduleWithFixedDelay(
                    () -> ping(connection), HEARTBEAT.toNanos(), HEARTBEAT.toNanos(), TimeUnit.NANOSECONDS);
            while (!thread.stopped() && shouldListen.getAsBoolean()) {
                read(connection.next());
                heard = true;
                heardAt = nanoClock.nanos();
            }
        } catch (RuntimeException lost) {
            // The connection is closed whatever the reason; the next subscription reports missed messages.
        } finally {
            deadline.cancel(false);
            if (heartbeat != null) {
                heartbeat.cancel(false);
            }
            if (subscribed) {
                listening.set(new CountDownLatch(1));
            }
        }
        return heard;
    }

    /** Sends a heartbeat, or closes a connection whose messages do not end: bytes alone keep a read from timing out. */
    private void ping(RedisConnection connection) {
        if (nanoClock.nanos() - heardAt > READ_TIMEOUT.toNanos()) {
            connection.close();
            return;
        }
        var _ = pings.start(() -> {
            try {
                connection.ping();
            } catch (IOException e) {
                connection.close();
            }
            return connection;
        });
    }

    private void read(@org.jspecify.annotations.Nullable Object message) {
        if (message instanceof List<?> parts
                && parts.size() == 3
                && parts.get(0) instanceof byte[] kind
                && parts.get(2) instanceof byte[] text
                && new String(kind, StandardCharsets.UTF_8).equals("message")) {
            InvalidationMessage.parse(new String(text, StandardCharsets.UTF_8)).ifPresent(onMessage);
        }
    }
}
