package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.SharedScripts;
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
 * Scripts on the Redis that gateways share, on a few connections of their own, opened by the first run. A run that is
 * not answered in time has its socket closed; after a failure nobody asks for a pause that doubles up to the longest.
 * Thread-safe.
 */
public final class RedisScripts implements SharedScripts {
    private static final System.Logger LOG = System.getLogger(RedisScripts.class.getName());

    private final RedisConfig config;
    private final RedisUrl url;
    private final Topology topology;
    private final Backoff backoff;
    private final Ticker ticker;
    private final RandomGenerator chance;
    private final Semaphore places;
    private final ConcurrentLinkedDeque<Links> idle = new ConcurrentLinkedDeque<>();
    private final Map<Script, byte[]> digests = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor deadlines;
    private int failures;
    private long awayUntil;
    private String why = "";
    private volatile boolean closed;

    public RedisScripts(RedisConfig config, Ticker ticker, RandomGenerator chance) {
        this.config = config;
        this.url = RedisUrl.of(config);
        this.topology = new Topology(url);
        this.backoff = new Backoff(config.probeMin(), config.probeMax());
        this.ticker = ticker;
        this.chance = chance;
        this.places = new Semaphore(config.connections());
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("redis-scripts").factory());
        this.deadlines.setRemoveOnCancelPolicy(true);
    }

    /** The scripts on the Redis that the settings name. */
    public static Optional<SharedScripts> find(RedisConfig config, Ticker ticker, RandomGenerator chance) {
        return config.url().map(_ -> new RedisScripts(config, ticker, chance));
    }

    @Override
    public List<Long> run(Script script, String place, List<String> arguments) throws Away {
        checkPause();
        try {
            if (!places.tryAcquire(config.operationTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Away("redis is busy", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Away("nobody waits for redis any more", e);
        }
        try {
            List<Long> numbers = numbers(onAnyLinks(script, call(script, place, arguments)));
            answered();
            return numbers;
        } catch (RuntimeException e) {
            String words = Fault.of(e) + ": " + e.getMessage();
            // Who was cancelled says nothing about Redis.
            if (!Thread.currentThread().isInterrupted()) {
                failed(words);
            }
            throw new Away("redis cannot be used now (" + words + ")", e);
        } finally {
            places.release();
        }
    }

    private byte[][] call(Script script, String place, List<String> arguments) {
        byte[][] call = new byte[3 + arguments.size()][];
        call[0] = digests.computeIfAbsent(script, RedisScripts::sha1);
        call[1] = Link.bytes("1");
        call[2] = Link.bytes(config.prefix() + ":" + place);
        for (int i = 0; i < arguments.size(); i++) {
            call[3 + i] = Link.bytes(arguments.get(i));
        }
        return call;
    }

    /** An idle connection may have been closed by the other side: then at once more, on a new one. */
    private @Nullable Object onAnyLinks(Script script, byte[][] call) {
        Links used = idle.pollFirst();
        if (used != null) {
            long start = ticker.nanos();
            try {
                return kept(used, within(config.operationTimeout(), used, () -> eval(used, script, call)));
            } catch (RuntimeException e) {
                boolean late = 2 * (ticker.nanos() - start)
                        >= config.operationTimeout().toNanos();
                if (late || Fault.of(e) != Fault.LOST) {
                    throw e;
                }
            }
        }
        Links fresh = new Links(url, topology, config.connectTimeout());
        within(config.connectTimeout(), fresh, () -> {
            if (url.cluster() || url.master().isPresent()) {
                fresh.refreshTopology();
            }
            return fresh.link(topology.node(call[2]));
        });
        return kept(fresh, within(config.operationTimeout(), fresh, () -> eval(fresh, script, call)));
    }

    private @Nullable Object kept(Links links, @Nullable Object reply) {
        idle.addFirst(links);
        if (closed) {
            close();
        }
        return reply;
    }

    /** Closes the sockets under what fails or is not done in time. */
    private @Nullable Object within(Duration patience, Links links, Supplier<@Nullable Object> work) {
        var deadline = deadlines.schedule(links::abort, patience.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return work.get();
        } catch (RuntimeException e) {
            links.close();
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    private static @Nullable Object eval(Links links, Script script, byte[][] call) {
        byte[][] with = call.clone();
        try {
            return links.call(call[2], "EVALSHA", with);
        } catch (JedisNoScriptException unknown) {
            with[0] = Link.bytes(script.source());
            return links.call(call[2], "EVAL", with);
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

    private synchronized void checkPause() throws Away {
        if (closed) {
            throw new Away("the gateway has stopped", null);
        }
        if (failures > 0 && ticker.nanos() - awayUntil < 0) {
            throw new Away("redis cannot be used now (" + why + ")", null);
        }
    }

    private synchronized void answered() {
        if (failures > 0) {
            LOG.log(System.Logger.Level.INFO, "redis counts for all gateways again");
        }
        failures = 0;
    }

    private synchronized void failed(String words) {
        if (failures == 0) {
            LOG.log(System.Logger.Level.WARNING, "redis cannot count for all gateways: {0}", words);
        }
        failures++;
        why = words;
        awayUntil = ticker.nanos() + backoff.pause(failures, chance).toNanos();
    }

    @Override
    public synchronized boolean away() {
        return failures > 0;
    }

    @Override
    public void close() {
        closed = true;
        for (Links links = idle.pollFirst(); links != null; links = idle.pollFirst()) {
            links.close();
        }
        deadlines.shutdownNow();
    }

    private static byte[] sha1(Script script) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest(script.source().getBytes(StandardCharsets.UTF_8));
            return Link.bytes(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
