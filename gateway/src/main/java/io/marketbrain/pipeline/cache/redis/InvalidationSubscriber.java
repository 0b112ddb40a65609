package io.marketbrain.pipeline.cache.redis;

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
import java.util.concurrent.Semaphore;
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
    private final Semaphore wake = new Semaphore(0);
    private final AtomicReference<CountDownLatch> listening = new AtomicReference<>(new CountDownLatch(1));
    private volatile boolean closed;
    private final Thread thread;

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
        this.thread = Thread.ofVirtual().name("redis-news").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Connects if messages are needed in the present state. */
    void wake() {
        wake.release();
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
        closed = true;
        connections.abort();
        thread.interrupt();
    }

    boolean alive() {
        return thread.isAlive();
    }

    int sockets() {
        return connections.sockets();
    }

    private void run() {
        int failures = 0;
        try {
            while (!closed) {
                if (!shouldListen.getAsBoolean()) {
                    wake.acquire();
                    wake.drainPermits();
                    failures = 0;
                    continue;
                }
                if (listen()) {
                    failures = 0;
                }
                if (shouldListen.getAsBoolean() && !closed) {
                    counters.count("redis_news_lost");
                    lost.run();
                    Duration pause = backoff.pause(++failures, chance);
                    if (wake.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                        wake.drainPermits();
                    }
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            connections.close();
        }
    }

    /** Listens until the connection is lost; whether it was ever there. */
    private boolean listen() {
        boolean subscribed = false;
        ScheduledFuture<?> deadline =
                deadlines.schedule(connections::abort, connectTimeout.toNanos(), TimeUnit.NANOSECONDS);
        ScheduledFuture<?> heartbeat = null;
        try (RedisConnection connection =
                connections.dial(topology.all().iterator().next(), true)) {
            connection.call("SUBSCRIBE", channel);
            deadline.cancel(false);
            connection.replyTimeout(READ_TIMEOUT);
            subscribed = true;
            missed.run();
            CountDownLatch latch = listening.get();
            if (latch != null) {
                latch.countDown();
            }
            heartbeat = deadlines.scheduleWithFixedDelay(
                    () -> ping(connection), HEARTBEAT.toNanos(), HEARTBEAT.toNanos(), TimeUnit.NANOSECONDS);
            while (!closed && shouldListen.getAsBoolean()) {
                read(connection.next());
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
        return subscribed;
    }

    private static void ping(RedisConnection connection) {
        Thread.ofVirtual().name("redis-ping").start(() -> {
            try {
                connection.ping();
            } catch (IOException lost) {
                connection.close();
            }
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
