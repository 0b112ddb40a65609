package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.CacheConfig;
import io.marketbrain.pipeline.cache.NoSharedTier;
import io.marketbrain.pipeline.cache.SharedTier;
import io.marketbrain.pipeline.cache.redis.Operation.Reply;
import io.marketbrain.pipeline.cache.redis.StatePolicy.Event;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The tier that gateways share on a Redis or Valkey: one server, a master behind sentinels, or a cluster. Thread-safe. */
public final class RedisTier implements SharedTier {
    /** Longer than any value lives, so that no value outlives the epoch that ended it. */
    private static final long EPOCH_MILLIS = Duration.ofDays(400).toMillis();

    private static final long TURN_MILLIS = Duration.ofDays(1).toMillis();
    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(1);

    private final RedisConfig config;
    private final int maxValueBytes;
    private final byte[] maxValue;
    private final byte[] leaseMillis;
    private final Ticker ticker;
    private final RandomGenerator chance;
    private final String instance;
    private final KeySpace space;
    private final StateHolder state;
    private final RedisCounters counters = new RedisCounters();
    private final Announcements announcements = new Announcements();
    private final MissedWork missed;
    private final Purges purges;
    private final ScheduledThreadPoolExecutor deadlines;
    private final Workers workers;
    private final Subscriber subscriber;
    private final Prober prober;
    private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();

    /**
     * A tier that is connected once it is started.
     *
     * @param maxValueBytes the largest value that is written or read
     * @param lease how long a gateway may keep others from loading a key
     * @param chance names this gateway among others and spreads attempts; thread-safe
     */
    public RedisTier(RedisConfig config, int maxValueBytes, Duration lease, Ticker ticker, RandomGenerator chance) {
        RedisUrl url = RedisUrl.parse(config.url().orElseThrow());
        this.config = config;
        this.maxValueBytes = maxValueBytes;
        this.maxValue = number(maxValueBytes);
        this.leaseMillis = number(lease.toMillis());
        this.ticker = ticker;
        this.chance = chance;
        this.instance = HexFormat.of().toHexDigits(chance.nextLong());
        this.space = new KeySpace(config.prefix());
        this.missed = new MissedWork(config.missedWrites(), ticker);
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("redis-deadlines").factory());
        this.deadlines.setRemoveOnCancelPolicy(true);
        this.state = new StateHolder(State.CONNECTING, this::changed, ticker);
        var topology = new Topology(url);
        this.workers = new Workers(config, url, topology, deadlines, state, counters);
        this.subscriber = new Subscriber(
                space.channel(),
                config,
                url,
                topology,
                deadlines,
                () -> state.state().readable() || state.state() == State.RECOVERING,
                this::told,
                () -> tell(Listener::missedNews),
                this::look,
                counters,
                chance);
        this.purges = new Purges(this::tellPurge, () -> state.state() == State.UP, deadlines);
        this.prober = new Prober(config, url, topology, instance, state, deadlines, this::recover, counters, chance);
    }

    /** The tier that the settings ask for; one that is always off where they name no Redis. */
    public static SharedTier orNone(RedisConfig config, CacheConfig cache, Ticker ticker, RandomGenerator chance) {
        return config.url().isEmpty()
                ? new NoSharedTier()
                : new RedisTier(config, cache.maxValueBytes(), cache.shared().lease(), ticker, chance);
    }

    @Override
    public void start(Listener listener) {
        this.listener.set(listener);
        workers.start();
        subscriber.start();
        prober.start();
    }

    @Override
    public State state() {
        return state.state();
    }

    @Override
    public CompletableFuture<Found> open(ValueKey key, Duration younger, Duration within) {
        Optional<Purges.Purge> purge = purges.find(key.scope());
        if (purge.isEmpty()) {
            return read(key, younger, within);
        }
        long end = ticker.nanos() + within.toNanos();
        return inTime(purge.get().tried(), within)
                .thenCompose(_ -> purges.find(key.scope()).isPresent()
                        ? CompletableFuture.completedFuture(new Found.Unavailable())
                        : read(key, younger, Duration.ofNanos(end - ticker.nanos())));
    }

    private CompletableFuture<Found> read(ValueKey key, Duration younger, Duration within) {
        boolean mayLease = state.state() == State.UP;
        String owner = instance + "-" + HexFormat.of().toHexDigits(chance.nextLong());
        byte[] young = number(Math.max(0, younger.toMillis()));
        Operation operation = mayLease
                ? new Operation(
                        Scripts.OPEN,
                        space.all(key),
                        List.of(maxValue, young, Link.bytes(owner), leaseMillis, number(TURN_MILLIS)))
                : new Operation(Scripts.PEEK, space.valueAndEpoch(key), List.of(maxValue, young));
        return workers.submit(operation, within).thenApply(reply -> found(reply, mayLease, owner));
    }

    private Found found(Reply reply, boolean mayLease, String owner) {
        if (!(reply instanceof Reply.Said(List<?> parts))
                || parts.size() != 5
                || !(parts.get(0) instanceof Long kind)
                || !(parts.get(1) instanceof byte[] stored)
                || !(parts.get(2) instanceof Long left)
                || !(parts.get(3) instanceof byte[] epoch)
                || !(parts.get(4) instanceof Long turn)) {
            return new Found.Unavailable();
        }
        if (kind == 3) {
            complained(new String(stored, java.nio.charset.StandardCharsets.UTF_8));
            return new Found.Unavailable();
        }
        Optional<Value> value = Envelope.decode(stored, left);
        if (value.isEmpty() && stored.length > 0) {
            counters.count("redis_unreadable");
        }
        if (kind == 0) {
            return value.<Found>map(Found.Hit::new).orElseGet(Found.Unavailable::new);
        }
        if (kind == 1) {
            var lease = new Lease(new String(epoch, java.nio.charset.StandardCharsets.US_ASCII), owner, turn);
            return new Found.Yours(lease, value);
        }
        return mayLease ? new Found.Theirs(value) : new Found.Unavailable();
    }

    @Override
    public void store(ValueKey key, Lease lease, Value value) {
        store(key, value, lease.turn(), lease.epoch(), lease.owner());
    }

    @Override
    public void store(ValueKey key, Value value) {
        store(key, value, 0, "", "");
    }

    private void store(ValueKey key, Value value, long turn, String epoch, String owner) {
        if (value.payload().length > maxValueBytes) {
            return;
        }
        if (state.state() != State.UP) {
            missed.write(key, value);
            return;
        }
        var operation =
                new Operation(Scripts.STORE, space.valueEpochLease(key), storing(key, value, turn, epoch, owner));
        var _ = workers.submit(operation, config.operationTimeout()).thenAccept(reply -> stored(reply, key, value));
    }

    private List<byte[]> storing(ValueKey key, Value value, long turn, String epoch, String owner) {
        return List.of(
                maxValue,
                Envelope.tail(value),
                number(value.age().toMillis()),
                number(value.hard().toMillis()),
                number(turn),
                Link.bytes(epoch),
                Link.bytes(owner),
                number(EPOCH_MILLIS - config.operationTimeout().toMillis()),
                Link.bytes(space.channel()),
                Link.bytes(News.ready(instance, key)));
    }

    private void stored(Reply reply, ValueKey key, Value value) {
        switch (reply) {
            case Reply.Said(byte[] words) -> {
                complained(new String(words, java.nio.charset.StandardCharsets.UTF_8));
                missed.write(key, value);
            }
            case Reply.Said(Long written) when written == 0 -> counters.count("redis_stores_refused");
            case Reply.Said _ -> {}
            case Reply.Failed _, Reply.Unheard _ -> missed.write(key, value);
        }
    }

    @Override
    public void release(ValueKey key, Lease lease) {
        var operation = new Operation(
                Scripts.RELEASE,
                space.valueEpochLease(key),
                List.of(Link.bytes(lease.owner()), Link.bytes(space.channel()), Link.bytes(News.ready(instance, key))));
        var _ = workers.submit(operation, config.operationTimeout());
    }

    @Override
    public void purge(Scope scope) {
        missed.purge(scope);
        purges.add(scope);
    }

    private CompletableFuture<Boolean> tellPurge(Scope scope) {
        var operation = new Operation(Scripts.PURGE, space.scope(scope), purging(scope));
        return workers.submit(operation, config.operationTimeout()).thenApply(reply -> {
            if (reply instanceof Reply.Said(byte[] words)) {
                complained(new String(words, java.nio.charset.StandardCharsets.UTF_8));
            }
            return reply instanceof Reply.Said(Long _);
        });
    }

    private List<byte[]> purging(Scope scope) {
        return List.of(
                Link.bytes(HexFormat.of().toHexDigits(chance.nextLong())),
                number(EPOCH_MILLIS),
                Link.bytes(space.channel()),
                Link.bytes(News.purged(instance, scope)));
    }

    @Override
    public CompletableFuture<Void> announced(ValueKey key, Duration within) {
        CompletableFuture<Void> future = announcements.await(key);
        if (state.state() != State.UP || !within.isPositive()) {
            future.complete(null);
            announcements.forget(key, future);
            return future;
        }
        return inTime(future, within).whenComplete((_, _) -> {
            future.complete(null);
            announcements.forget(key, future);
        });
    }

    /** Completes with {@code future}, or after {@code within}. */
    private CompletableFuture<Void> inTime(CompletableFuture<Void> future, Duration within) {
        CompletableFuture<Void> first = future.copy();
        try {
            var timeout = deadlines.schedule(() -> first.complete(null), within.toNanos(), TimeUnit.NANOSECONDS);
            return first.whenComplete((_, _) -> timeout.cancel(false));
        } catch (RejectedExecutionException closed) {
            first.complete(null);
            return first;
        }
    }

    /** One connection is lost: finds out whether Redis is, though nobody asks for anything now. */
    private void look() {
        var nothing = new ValueKey(new Scope("look", instance), "look");
        var _ = workers.submit(
                new Operation(Scripts.PEEK, space.valueAndEpoch(nothing), List.of(maxValue, number(0))),
                config.operationTimeout());
    }

    /** After a probe: listen, doubt what is here, tell what was missed. */
    private void recover(Links links) throws InterruptedException {
        subscriber.wake();
        // Without news the cache is only less up to date: a Redis that forbids them is used all the same.
        boolean listening = subscriber.awaitListening(RECOVERY_PATIENCE);
        if (!listening) {
            tell(Listener::missedNews);
        }
        for (Purges.Purge purge : purges.all()) {
            check(timed(links, () -> links.run(Scripts.PURGE, space.scope(purge.scope()), purging(purge.scope()))));
            purges.done(purge);
            counters.count("redis_replayed");
        }
        for (MissedWork.Write write : missed.writes()) {
            Value value = write.valueAt(ticker.nanos());
            if (value.age().compareTo(value.hard()) < 0) {
                check(timed(
                        links,
                        () -> links.run(
                                Scripts.STORE,
                                space.valueEpochLease(write.key()),
                                storing(write.key(), value, 0, "", ""))));
                counters.count("redis_replayed");
            }
            missed.done(write);
        }
    }

    private @Nullable Object timed(Links links, java.util.function.Supplier<@Nullable Object> call) {
        var deadline =
                deadlines.schedule(links::abort, config.operationTimeout().toNanos(), TimeUnit.NANOSECONDS);
        try {
            return call.get();
        } finally {
            deadline.cancel(false);
        }
    }

    private static void check(@Nullable Object reply) {
        if (reply instanceof byte[] words) {
            throw new redis.clients.jedis.exceptions.JedisDataException(
                    new String(words, java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /** A script could not write. */
    private void complained(String words) {
        counters.count("redis_errors");
        Fault fault = Fault.ofReply(words.startsWith("-") ? words.substring(1) : words);
        state.on(fault == Fault.REJECTED && words.contains("NOPERM") ? Event.WRITE_REFUSED : fault.event(), words);
    }

    private void told(News news) {
        if (news.from().equals(instance)) {
            return;
        }
        switch (news) {
            case News.Purged(var _, Scope scope) -> {
                missed.purge(scope);
                tell(to -> to.purged(scope));
            }
            case News.Ready(var _, ValueKey key) -> {
                announcements.announce(key);
                tell(to -> to.ready(key));
            }
        }
    }

    private void changed(State from, State to) {
        if (to.readable()) {
            workers.wake();
            subscriber.wake();
        } else {
            workers.rest();
        }
        if (to == State.UP) {
            purges.tellAll();
        } else {
            announcements.announceAll();
        }
        if (to == State.DOWN || to == State.REFUSED) {
            subscriber.rest();
        }
        prober.wake();
        tell(listener -> listener.changed(from, to));
    }

    private void tell(java.util.function.Consumer<Listener> message) {
        Listener to = listener.get();
        if (to != null) {
            message.accept(to);
        }
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> all = new TreeMap<>(counters.all());
        all.put("redis_state_changes", state.transitions());
        all.put("redis_queue", (long) workers.waiting());
        all.put("redis_sockets", (long) workers.sockets() + subscriber.sockets() + prober.sockets());
        all.put("redis_threads", workers.alive() + (subscriber.alive() ? 1L : 0L) + (prober.alive() ? 1L : 0L));
        all.put("redis_pending_deadlines", (long) deadlines.getQueue().size());
        all.put("redis_missed_work", (long) missed.size() + purges.size());
        all.put("redis_missed_work_dropped", missed.dropped() + purges.dropped());
        all.put("redis_waiting_for_others", (long) announcements.size());
        return all;
    }

    @Override
    public void close() {
        prober.close();
        subscriber.close();
        workers.close();
        announcements.announceAll();
        deadlines.shutdownNow();
    }

    private static byte[] number(long number) {
        return Link.bytes(Long.toString(number));
    }
}
