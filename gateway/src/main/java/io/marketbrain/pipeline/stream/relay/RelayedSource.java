package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import io.marketbrain.store.redis.Backoff;
import io.marketbrain.store.redis.RedisConfig;
import io.marketbrain.store.redis.RedisConnector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A source whose events one gateway gets and the others of the same Redis receive from it. Never waits for Redis: without one that
 * responds, each gateway uses its own source. Thread-safe.
 */
public final class RelayedSource implements MarketEventSource, AutoCloseable {
    /** How long the end of the gateway waits for the lease to be given back. */
    private static final Duration LEAVE = Duration.ofMillis(300);

    private final FeedShard shard;
    private final MarketEventSource source;
    private final RelayConfig config;
    private final RedisConfig redis;
    private final RedisConnector connector;
    private final NanoClock nanoClock;
    private final RandomGenerator random;
    private final RelayMessageCodec codec;
    private final RelaySession session;
    private final String gateway;
    private volatile @Nullable RelayLoops loops;
    private boolean closed;

    /**
     * @param source where this gateway gets the events if it holds the feed
     * @param carries whether that source has a channel
     */
    public RelayedSource(
            FeedShard shard,
            MarketEventSource source,
            Predicate<Channel> carries,
            DataCodec data,
            RelayConfig config,
            RedisConfig redis,
            NanoClock nanoClock,
            InstantSource clock,
            RandomGenerator random) {
        this.shard = shard;
        this.source = source;
        this.config = config;
        this.redis = redis;
        this.connector = new RedisConnector(redis, RelayLink.MAX_REPLY, javax.net.SocketFactory.getDefault());
        this.nanoClock = nanoClock;
        this.random = random;
        this.codec = new RelayMessageCodec(data);
        this.gateway = HexFormat.of().toHexDigits(random.nextLong());
        this.session = new RelaySession(
                shard.provider(), config, source, carries, codec, this::wakePublisher, nanoClock, clock, random);
    }

    @Override
    public Subscription subscribe(Channel channel, EventSink sink) {
        Subscription subscription = session.subscribe(channel, sink, nanoClock.nanos());
        running().wake();
        return () -> {
            subscription.close();
            wake();
        };
    }

    /** The threads, which are started if nothing was wanted before. */
    private synchronized RelayLoops running() {
        RelayLoops running = loops;
        if (running == null) {
            session.begin(nanoClock.nanos());
            FeedShard.Keys keys = shard.keys(redis.prefix(), codec.version());
            running = new RelayLoops(
                    shard.toString(),
                    session,
                    config,
                    link(keys),
                    link(keys),
                    new Backoff(redis.probeMin(), redis.probeMax()),
                    nanoClock,
                    random,
                    this::ended);
            if (!closed) {
                loops = running;
                running.start();
            }
        }
        return running;
    }

    private RelayLink link(FeedShard.Keys keys) {
        return new RelayLink(connector, keys, gateway, config, redis.operationTimeout(), nanoClock);
    }

    /** Nothing was wanted; something may be wanted again by now. */
    private synchronized void ended() {
        loops = null;
        if (!closed && !session.idle()) {
            running();
        }
    }

    private synchronized void wake() {
        if (loops != null) {
            loops.wake();
        }
    }

    private void wakePublisher() {
        RelayLoops running = loops;
        if (running != null) {
            running.wakePublisher();
        }
    }

    /** What has happened since the start, and what is the case now, by snake_case name. */
    public Map<String, Long> counters() {
        RelayRole role = session.role();
        boolean active = !session.idle();
        Map<String, Long> all = new TreeMap<>(session.gauges());
        all.put("holder", active && role == RelayRole.HOLDER ? 1L : 0L);
        all.put("follower", active && role == RelayRole.FOLLOWER ? 1L : 0L);
        all.put("alone", active && role == RelayRole.ALONE ? 1L : 0L);
        all.put("published", session.counters.published.sum());
        all.put("relayed", session.counters.relayed.sum());
        all.put("lost", session.counters.lost.sum());
        all.put("fenced", session.counters.fenced.sum());
        all.put("invalid", session.counters.invalid.sum());
        all.put("takeovers", session.counters.takeovers.sum());
        all.put("without_redis", session.counters.withoutRedis.sum());
        all.put("dropped", session.queue.dropped());
        return all;
    }

    /** Begins to give back the lease, so that several feeds do it at the same time before {@link #close}. */
    public void leave() {
        RelayLoops running;
        synchronized (this) {
            closed = true;
            running = loops;
        }
        if (running != null) {
            running.leaveNow();
        }
    }

    @Override
    public void close() {
        RelayLoops running;
        synchronized (this) {
            closed = true;
            running = loops;
        }
        if (running != null) {
            running.close(LEAVE);
        }
        session.close();
    }

    @Override
    public String toString() {
        return "relay → " + source;
    }
}
