package io.marketbrain.store.redis;

import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.ScriptRunner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Runs scripts on the shared Redis over a few dedicated connections, opened on first use. A run without a reply in time has its socket closed; after a failure, runs fail at once for a pause that grows with each further failure. Thread-safe.
 */
public final class RedisScriptRunner implements ScriptRunner {
    private static final System.Logger LOG = System.getLogger(RedisScriptRunner.class.getName());

    private final RedisConfig config;
    private final RedisUrl url;
    private final RedisTopology topology;
    private final Backoff backoff;
    private final NanoClock nanoClock;
    private final RandomGenerator chance;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<RedisConnections> idle = new ConcurrentLinkedDeque<>();
    private final Map<Script, byte[]> digests = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor deadlines;
    private int failures;
    private long retryAt;
    private String why = "";
    private volatile boolean closed;

    public RedisScriptRunner(RedisConfig config, NanoClock nanoClock, RandomGenerator chance) {
        this.config = config;
        this.url = RedisUrl.of(config);
        this.topology = new RedisTopology(url);
        this.backoff = new Backoff(config.probeMin(), config.probeMax());
        this.nanoClock = nanoClock;
        this.chance = chance;
        this.permits = new Semaphore(config.connections());
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("redis-scripts").factory());
        this.deadlines.setRemoveOnCancelPolicy(true);
    }

    /** Creates the scripts client if the settings name a Redis. */
    public static Optional<ScriptRunner> find(RedisConfig config, NanoClock nanoClock, RandomGenerator chance) {
        return config.url().map(_ -> new RedisScriptRunner(config, nanoClock, chance));
    }

    @Override
    public List<Long> run(Script script, String place, List<String> arguments) throws Unavailable {
        checkPause();
        try {
            if (!permits.tryAcquire(config.operationTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Unavailable("redis: all connections are busy", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("redis: the request was cancelled", e);
        }
        try {
            List<Long> numbers = numbers(onAnyLinks(script, call(script, place, arguments)));
            answered();
            return numbers;
        } catch (RuntimeException e) {
            String words = RedisFault.of(e) + ": " + e.getMessage();
            // A cancelled request says nothing about Redis.
            if (!Thread.currentThread().isInterrupted()) {
                failed(words);
            }
            throw new Unavailable("redis is unavailable (" + words + ")", e);
        } finally {
            permits.release();
        }
    }

    private byte[][] call(Script script, String place, List<String> arguments) {
        byte[][] call = new byte[3 + arguments.size()][];
        call[0] = digests.computeIfAbsent(script, RedisScriptRunner::sha1);
        call[1] = RedisConnection.bytes("1");
        call[2] = RedisConnection.bytes(config.prefix() + ":" + place);
        for (int i = 0; i < arguments.size(); i++) {
            call[3 + i] = RedisConnection.bytes(arguments.get(i));
        }
        return call;
    }

    /** The server may have closed an idle connection: then the call is retried once on a new one. */
    private @Nullable Object onAnyLinks(Script script, byte[][] call) {
        RedisConnections used = idle.pollFirst();
        if (used != null) {
            long start = nanoClock.nanos();
            try {
                return kept(used, within(config.operationTimeout(), used, () -> eval(used, script, call)));
            } catch (RuntimeException e) {
                boolean late = 2 * (nanoClock.nanos() - start)
                        >= config.operationTimeout().toNanos();
                if (late || RedisFault.of(e) != RedisFault.LOST) {
                    throw e;
                }
            }
        }
        RedisConnections fresh = new RedisConnections(url, topology, config.connectTimeout());
        within(config.connectTimeout(), fresh, () -> {
            if (url.cluster() || url.master().isPresent()) {
                fresh.refreshTopology();
            }
            return fresh.connection(topology.node(call[2]));
        });
        return kept(fresh, within(config.operationTimeout(), fresh, () -> eval(fresh, script, call)));
    }

    private @Nullable Object kept(RedisConnections clients, @Nullable Object reply) {
        idle.addFirst(clients);
        if (closed) {
            close();
        }
        return reply;
    }

    /** Runs {@code work} and closes its sockets if it fails or exceeds the timeout. */
    private @Nullable Object within(Duration timeout, RedisConnections clients, Supplier<@Nullable Object> work) {
        var deadline = deadlines.schedule(clients::abort, timeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return work.get();
        } catch (RuntimeException e) {
            clients.close();
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    private static @Nullable Object eval(RedisConnections clients, Script script, byte[][] call) {
        byte[][] with = call.clone();
        try {
            return clients.call(call[2], "EVALSHA", with);
        } catch (JedisNoScriptException unknown) {
            with[0] = RedisConnection.bytes(script.source());
            return clients.call(call[2], "EVAL", with);
        }
    }

    private static List<Long> numbers(@Nullable Object reply) {
        var numbers = new ArrayList<Long>();
        if (reply instanceof List<?> parts) {
            for (Object part : parts) {
                if (part instanceof Long number) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    private synchronized void checkPause() throws Unavailable {
        if (closed) {
            throw new Unavailable("the gateway is stopping", null);
        }
        if (failures > 0 && nanoClock.nanos() - retryAt < 0) {
            throw new Unavailable("redis is unavailable (" + why + ")", null);
        }
    }

    private synchronized void answered() {
        if (failures > 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "redis is available again; limits and budgets are shared by all gateways");
        }
        failures = 0;
    }

    private synchronized void failed(String words) {
        if (failures == 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "redis is unavailable; limits and budgets are not shared by all gateways: {0}",
                    words);
        }
        failures++;
        why = words;
        retryAt = nanoClock.nanos() + backoff.pause(failures, chance).toNanos();
    }

    @Override
    public synchronized boolean away() {
        return failures > 0;
    }

    @Override
    public void close() {
        closed = true;
        for (RedisConnections clients = idle.pollFirst(); clients != null; clients = idle.pollFirst()) {
            clients.close();
        }
        deadlines.shutdownNow();
    }

    private static byte[] sha1(Script script) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest(script.source().getBytes(StandardCharsets.UTF_8));
            return RedisConnection.bytes(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
