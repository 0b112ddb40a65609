package io.marketbrain.pipeline.cache.redis;

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
 * The listener to what other gateways tell, on a connection of its own. Connects again whenever the connection is lost,
 * and says each time that news may have been missed. Never changes the port's state: without news the cache is only less
 * up to date. Thread-safe.
 */
final class Subscriber {
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(8);

    private final String channel;
    private final Links links;
    private final Topology topology;
    private final ScheduledExecutorService deadlines;
    private final Duration connectTimeout;
    private final BooleanSupplier wanted;
    private final Consumer<News> told;
    private final Runnable missed;
    private final Runnable lost;
    private final RedisCounters counters;
    private final Backoff backoff;
    private final RandomGenerator chance;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicReference<CountDownLatch> listening = new AtomicReference<>(new CountDownLatch(1));
    private volatile boolean closed;
    private final Thread thread;

    Subscriber(
            String channel,
            RedisConfig config,
            RedisUrl url,
            Topology topology,
            ScheduledExecutorService deadlines,
            BooleanSupplier wanted,
            Consumer<News> told,
            Runnable missed,
            Runnable lost,
            RedisCounters counters,
            RandomGenerator chance) {
        this.channel = channel;
        this.links = new Links(url, topology, config.connectTimeout());
        this.topology = topology;
        this.deadlines = deadlines;
        this.connectTimeout = config.connectTimeout();
        this.wanted = wanted;
        this.told = told;
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

    /** News are wanted from now on. */
    void wake() {
        wake.release();
    }

    /** News are not wanted: the connection is closed. */
    void rest() {
        listening.set(new CountDownLatch(1));
        links.abort();
    }

    /** Waits until news are being listened to; false if they are not in time. */
    boolean awaitListening(Duration within) throws InterruptedException {
        CountDownLatch latch = listening.get();
        return latch != null && latch.await(within.toNanos(), TimeUnit.NANOSECONDS);
    }

    void close() {
        closed = true;
        links.abort();
        thread.interrupt();
    }

    boolean alive() {
        return thread.isAlive();
    }

    int sockets() {
        return links.sockets();
    }

    private void run() {
        int failures = 0;
        try {
            while (!closed) {
                if (!wanted.getAsBoolean()) {
                    wake.acquire();
                    wake.drainPermits();
                    failures = 0;
                    continue;
                }
                if (listen()) {
                    failures = 0;
                }
                if (wanted.getAsBoolean() && !closed) {
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
            links.close();
        }
    }

    /** Listens until the connection is lost; whether it was ever there. */
    private boolean listen() {
        boolean heard = false;
        ScheduledFuture<?> deadline = deadlines.schedule(links::abort, connectTimeout.toNanos(), TimeUnit.NANOSECONDS);
        ScheduledFuture<?> heartbeat = null;
        try (Link link = links.dial(topology.all().iterator().next(), true)) {
            link.call("SUBSCRIBE", channel);
            deadline.cancel(false);
            link.patience(SILENCE);
            heard = true;
            missed.run();
            CountDownLatch latch = listening.get();
            if (latch != null) {
                latch.countDown();
            }
            heartbeat = deadlines.scheduleWithFixedDelay(
                    () -> ping(link), HEARTBEAT.toNanos(), HEARTBEAT.toNanos(), TimeUnit.NANOSECONDS);
            while (!closed && wanted.getAsBoolean()) {
                read(link.next());
            }
        } catch (RuntimeException lost) {
            // Whatever the reason: the connection is given up, and what was missed is made good after the next.
        } finally {
            deadline.cancel(false);
            if (heartbeat != null) {
                heartbeat.cancel(false);
            }
            if (heard) {
                listening.set(new CountDownLatch(1));
            }
        }
        return heard;
    }

    private static void ping(Link link) {
        Thread.ofVirtual().name("redis-ping").start(() -> {
            try {
                link.ping();
            } catch (IOException lost) {
                link.close();
            }
        });
    }

    private void read(@org.jspecify.annotations.Nullable Object message) {
        if (message instanceof List<?> parts
                && parts.size() == 3
                && parts.get(0) instanceof byte[] kind
                && parts.get(2) instanceof byte[] text
                && new String(kind, StandardCharsets.UTF_8).equals("message")) {
            News.parse(new String(text, StandardCharsets.UTF_8)).ifPresent(told);
        }
    }
}
