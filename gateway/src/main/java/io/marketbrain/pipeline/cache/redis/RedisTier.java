package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.PurgeReach;
import io.marketbrain.pipeline.cache.redis.RedisOperation.Reply;
import io.marketbrain.pipeline.cache.redis.RedisStatePolicy.Event;
import io.marketbrain.pipeline.cache.tier.SharedTier;
import io.marketbrain.store.redis.RedisConfig;
import io.marketbrain.store.redis.RedisConnector;
import io.marketbrain.store.redis.RedisFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** The shared tier on Redis or Valkey: a single server, a master behind sentinels, or a cluster. Thread-safe. */
public final class RedisTier implements SharedTier {
    private final RedisConfig config;
    private final RedisConnector connector;
    private final RedisCounters counters = new RedisCounters();
    private final int maxValueBytes;
    private final boolean cluster;
    private final NanoClock nanoClock;
    private final String instance;
    private final RedisCommands commands;
    private final ReplyDecoder replies = new ReplyDecoder(counters, this::scriptFailed, this::scriptNotRun);
    private final RedisStateMachine state;
    private final LeaseWaiters announcements = new LeaseWaiters();
    private final PendingWrites missed;
    private final PendingPurges purges;
    private final PurgeConfirmations confirmations = new PurgeConfirmations();
    private final AbandonedLeases abandoned;
    private final WriteThrough writes;
    private final ScheduledThreadPoolExecutor deadlines;
    private final RedisWorkers workers;
    private final InvalidationSubscriber subscriber;
    private final RedisProber prober;
    private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();

    /**
     * Creates a tier; {@link #start} connects it.
     *
     * @param maxValueBytes the largest payload that is written or read
     * @param lease how long a gateway may hold the right to load a key
     * @param chance randomness for the name of this gateway and the pauses between attempts; must be thread-safe
     */
    public RedisTier(
            RedisConfig config, int maxValueBytes, Duration lease, NanoClock nanoClock, RandomGenerator chance) {
        this(
                config,
                new RedisConnector(config, maxValueBytes, SocketFactory.getDefault()),
                maxValueBytes,
                lease,
                nanoClock,
                chance);
    }

    /** @param connector opens the connections; only threads of the tier use it */
    RedisTier(
            RedisConfig config,
            RedisConnector connector,
            int maxValueBytes,
            Duration lease,
            NanoClock nanoClock,
            RandomGenerator chance) {
        this.connector = connector;
        this.config = config;
        this.maxValueBytes = maxValueBytes;
        this.cluster = connector.isCluster();
        this.nanoClock = nanoClock;
        this.instance = HexFormat.of().toHexDigits(chance.nextLong());
        var space = new RedisKeys(config.prefix());
        this.commands = new RedisCommands(space, instance, maxValueBytes, lease, config.operationTimeout(), chance);
        this.missed = new PendingWrites(config.missedWrites(), nanoClock);
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("redis-deadlines").factory());
        this.deadlines.setRemoveOnCancelPolicy(true);
        this.state = new RedisStateMachine(State.CONNECTING, this::changed, nanoClock);
        this.workers = new RedisWorkers(config, connector, deadlines, state, counters, nanoClock);
        this.subscriber = new InvalidationSubscriber(
                space.channel(),
                config,
                connector,
                deadlines,
                () -> state.state().readable() || state.state() == State.RECOVERING,
                this::onMessage,
                this::messagesMissed,
                this::checkServer,
                counters,
                nanoClock,
                chance);
        this.purges = new PendingPurges(this::sendPurge, () -> state.state() == State.UP, deadlines);
        this.abandoned = new AbandonedLeases(
                workers, commands, config.operationTimeout(), () -> state.state() == State.UP, deadlines, counters);
        this.writes = new WriteThrough(
                workers,
                state,
                missed,
                commands,
                config.operationTimeout(),
                deadlines,
                nanoClock,
                counters,
                this::scriptFailed);
        var replay = new RecoveryReplay(
                subscriber,
                this::messagesMissed,
                purges,
                missed,
                commands,
                config.operationTimeout(),
                deadlines,
                nanoClock,
                counters);
        this.prober =
                new RedisProber(config, connector, instance, state, deadlines, replay, counters, nanoClock, chance);
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
    public CompletableFuture<Found> open(ValueKey key, Duration maxAge, Duration within) {
        Optional<PendingPurges.Purge> purge = purges.find(key.scope());
        if (purge.isEmpty()) {
            return read(key, maxAge, within);
        }
        long end = nanoClock.nanos() + within.toNanos();
        return completeWithin(purge.get().tried(), within)
                .thenCompose(_ -> purges.find(key.scope()).isPresent()
                        ? CompletableFuture.completedFuture(new Found.Unavailable())
                        : read(key, maxAge, Duration.ofNanos(end - nanoClock.nanos())));
    }

    private CompletableFuture<Found> read(ValueKey key, Duration maxAge, Duration within) {
        boolean mayLease = state.state() == State.UP;
        String owner = commands.owner();
        RedisOperation operation = mayLease ? commands.open(key, maxAge, owner) : commands.peek(key, maxAge);
        return workers.submit(operation, within).thenApply(reply -> {
            if (mayLease && operation.started() && !(reply instanceof Reply.Replied)) {
                abandoned.add(key, owner);
            }
            return replies.found(reply, mayLease, owner);
        });
    }

    @Override
    public void store(ValueKey key, Lease lease, Value value) {
        if (value.payload().length <= maxValueBytes) {
            writes.write(key, value, () -> commands.store(key, value, lease));
        }
    }

    @Override
    public void store(ValueKey key, Value value) {
        if (value.payload().length <= maxValueBytes) {
            writes.write(key, value, () -> commands.store(key, value));
        }
    }

    @Override
    public void release(ValueKey key, Lease lease) {
        var _ = workers.submit(commands.release(key, lease), config.operationTimeout());
    }

    @Override
    public CompletableFuture<PurgeReach> purge(Scope scope, Duration within) {
        missed.purge(scope);
        String name = commands.purgeName();
        CompletableFuture<PurgeReach> reach = confirmations.await(name);
        if (!purges.add(scope, name)) {
            confirmations.end(name);
            return CompletableFuture.completedFuture(PurgeReach.LOCAL);
        }
        Duration wait = state.state() == State.UP ? within : Duration.ZERO;
        var _ = completeWithin(reach.thenAccept(_ -> {}), wait).thenRun(() -> confirmations.end(name));
        return reach;
    }

    private CompletableFuture<Boolean> sendPurge(PendingPurges.Purge purge) {
        return workers.submit(commands.purge(purge.scope(), purge.name()), config.operationTimeout())
                .thenApply(reply -> {
                    if (reply instanceof Reply.Replied(byte[] words)) {
                        scriptFailed(new String(words, StandardCharsets.UTF_8));
                    }
                    if (reply instanceof Reply.Replied(Long receivers)) {
                        // A node of a cluster counts only its own subscribers.
                        boolean known = receivers >= 0 && !cluster;
                        confirmations.sent(purge.name(), known ? receivers : Long.MAX_VALUE);
                        return true;
                    }
                    return false;
                });
    }

    @Override
    public CompletableFuture<Void> announced(ValueKey key, Duration within) {
        CompletableFuture<Void> future = announcements.await(key);
        if (state.state() != State.UP || !within.isPositive()) {
            future.complete(null);
            announcements.forget(key, future);
            return future;
        }
        return completeWithin(future, within).whenComplete((_, _) -> {
            future.complete(null);
            announcements.forget(key, future);
        });
    }

    /** Completes with {@code future}, or after {@code within}. */
    private CompletableFuture<Void> completeWithin(CompletableFuture<Void> future, Duration within) {
        CompletableFuture<Void> first = future.copy();
        try {
            var timeout = deadlines.schedule(() -> first.complete(null), within.toNanos(), TimeUnit.NANOSECONDS);
            return first.whenComplete((_, _) -> timeout.cancel(false));
        } catch (RejectedExecutionException closed) {
            first.complete(null);
            return first;
        }
    }

    /** Sends a read after the subscription is lost, so that an outage is detected even without requests. */
    private void checkServer() {
        var _ = workers.submit(commands.healthCheck(), config.operationTimeout());
    }

    /** Handles the error of a script that could not write. A rejection counts as a refused write here, because the script itself was permitted to run. */
    private void scriptFailed(String words) {
        counters.count("redis_errors");
        RedisFault fault = RedisFault.ofReply(words.startsWith("-") ? words.substring(1) : words);
        state.on(fault == RedisFault.REJECTED ? Event.WRITE_REFUSED : Event.of(fault), words);
    }

    /** Handles a reply that no script returns. */
    private void scriptNotRun() {
        counters.count("redis_errors");
        state.on(Event.REJECTED, "a script was answered with something that it does not return");
    }

    private void onMessage(InvalidationMessage news) {
        boolean own = news.from().equals(instance);
        switch (news) {
            case InvalidationMessage.Confirmed(String from, String purge) -> confirmations.confirmed(purge, from);
            case InvalidationMessage.Purged(String from, String purge, var _)
            when own -> confirmations.confirmed(purge, from);
            case InvalidationMessage.Purged(var _, String purge, Scope scope) -> {
                missed.purge(scope);
                notifyListener(to -> to.purged(scope));
                if (!purge.isEmpty()) {
                    var _ = workers.submit(commands.confirm(scope, purge), config.operationTimeout());
                }
            }
            case InvalidationMessage.Ready _ when own -> {}
            case InvalidationMessage.Ready(var _, ValueKey key) -> {
                announcements.announce(key);
                notifyListener(to -> to.ready(key));
            }
        }
    }

    private void changed(State from, State to) {
        if (to.readable()) {
            workers.wake();
            subscriber.wake();
        } else {
            workers.disconnect();
        }
        if (to == State.UP) {
            purges.sendAll();
            writes.scheduleRetry();
            abandoned.releaseAll();
        } else {
            announcements.announceAll();
        }
        if (to == State.DOWN || to == State.REFUSED) {
            subscriber.disconnect();
        }
        prober.wake();
        notifyListener(listener -> listener.changed(from, to));
    }

    private void messagesMissed() {
        notifyListener(Listener::messagesMissed);
    }

    private void notifyListener(Consumer<Listener> message) {
        Listener to = listener.get();
        if (to != null) {
            message.accept(to);
        }
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> all = new TreeMap<>(counters.all());
        all.put("redis_invalid_replies", connector.invalidReplies());
        all.put("redis_state_changes", state.transitions());
        all.put("redis_queue", (long) workers.waiting());
        all.put("redis_sockets", (long) workers.sockets() + subscriber.sockets() + prober.sockets());
        all.put("redis_threads", workers.alive() + (subscriber.alive() ? 1L : 0L) + (prober.alive() ? 1L : 0L));
        all.put("redis_pending_deadlines", (long) deadlines.getQueue().size());
        all.put("redis_missed_work", (long) missed.size() + purges.size() + abandoned.size());
        all.put("redis_missed_bytes", missed.bytes());
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
}
