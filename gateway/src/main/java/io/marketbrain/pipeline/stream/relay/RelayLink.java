package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.NanoClock;
import io.marketbrain.store.redis.RedisConnection;
import io.marketbrain.store.redis.RedisConnections;
import io.marketbrain.store.redis.RedisConnector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one thread to Redis about one shard. Every call throws what the client library throws, after which the connection is closed; only
 * {@link #abortIfOverdue} and {@link #abort} may be called from other threads.
 */
final class RelayLink {
    /** The most entries of one read, so that a reply is bounded. */
    private static final int READ = 16;

    /** The limit of one reply: as many of the largest messages as are read at once. */
    static final int MAX_REPLY = READ * RelayMessageCodec.MAX_BYTES;

    /** How long events stay in Redis after the last one, in milliseconds. */
    private static final String KEPT_MILLIS = "60000";

    private final RedisConnections connections;
    private final Duration connectTimeout;
    private final FeedShard.Keys keys;
    private final String gateway;
    private final RelayConfig config;
    private final Duration timeout;
    private final NanoClock nanoClock;
    private volatile long dueAt = Long.MAX_VALUE;

    /** An entry of the stream of events. */
    @SuppressWarnings("ArrayRecordComponent") // entries are never compared
    record Entry(String id, byte[] message) {}

    /**
     * @param gateway the name of this gateway, unique
     * @param timeout how long a call may take, besides connecting
     */
    RelayLink(
            RedisConnector connector,
            FeedShard.Keys keys,
            String gateway,
            RelayConfig config,
            Duration timeout,
            NanoClock nanoClock) {
        this.connections = connector.connections();
        this.connectTimeout = connector.connectTimeout();
        this.keys = keys;
        this.gateway = gateway;
        this.config = config;
        this.timeout = timeout;
        this.nanoClock = nanoClock;
    }

    /** Renews or takes the lease; empty if Redis returned something that the script does not return. */
    Optional<LeaseReply> renew(LeaseRequest request) {
        List<byte[]> arguments = new ArrayList<>();
        for (String word : List.of(
                gateway,
                millis(config.lease()),
                millis(config.interest()),
                Long.toString(request.ownToken()),
                Long.toString(request.revision()),
                request.wantsLease() ? "1" : "0",
                request.list().isPresent() ? "1" : "0",
                request.list().orElse(""))) {
            arguments.add(RedisConnection.bytes(word));
        }
        request.asked().forEach(text -> arguments.add(RedisConnection.bytes(text)));
        return LeaseReply.read(within(
                timeout,
                () -> connections.run(
                        RelayScript.RENEW,
                        List.of(keys.lease(), keys.meta(), keys.seen(), keys.wanted(), keys.asked()),
                        arguments)));
    }

    /** Publishes messages; false if another gateway has the lease or nobody. */
    boolean publish(PublishQueue.Batch batch) {
        List<byte[]> arguments = new ArrayList<>(List.of(
                RedisConnection.bytes(batch.token() + ":" + gateway),
                RedisConnection.bytes(Integer.toString(config.events())),
                RedisConnection.bytes(KEPT_MILLIS)));
        arguments.addAll(batch.messages());
        Object reply = within(
                timeout, () -> connections.run(RelayScript.PUBLISH, List.of(keys.lease(), keys.events()), arguments));
        return reply instanceof Long published && published == 1;
    }

    /** Gives back the lease and withdraws what this gateway wanted. */
    void leave() {
        within(
                timeout,
                () -> connections.run(
                        RelayScript.LEAVE,
                        List.of(keys.lease(), keys.meta(), keys.seen(), keys.wanted()),
                        List.of(RedisConnection.bytes(gateway))));
    }

    /** The id of the newest entry; that before all entries if there is none. */
    String newest() {
        Object reply = within(timeout, () -> call("XREVRANGE", keys.events(), "+", "-", "COUNT", "1"));
        return reply instanceof List<?> entries && !entries.isEmpty() && entries.getFirst() instanceof List<?> entry
                ? entry(entry).map(Entry::id).orElse(EntryId.FIRST)
                : EntryId.FIRST;
    }

    /** The entries after {@code id}; waits for the first one. */
    List<Entry> read(String id, Duration wait) {
        Object reply = within(
                wait.plus(timeout),
                () -> connections.call(
                        keys.events(),
                        "XREAD",
                        words("COUNT", Integer.toString(READ), "BLOCK", millis(wait), "STREAMS", keys.events(), id)));
        List<Entry> entries = new ArrayList<>();
        if (reply instanceof List<?> streams
                && !streams.isEmpty()
                && streams.getFirst() instanceof List<?> stream
                && stream.size() == 2
                && stream.get(1) instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof List<?> entry) {
                    entry(entry).ifPresent(entries::add);
                }
            }
        }
        return entries;
    }

    private static Optional<Entry> entry(List<?> parts) {
        return parts.size() == 2
                        && parts.get(0) instanceof byte[] id
                        && parts.get(1) instanceof List<?> fields
                        && fields.size() == 2
                        && fields.get(1) instanceof byte[] message
                ? Optional.of(new Entry(new String(id, StandardCharsets.US_ASCII), message))
                : Optional.empty();
    }

    private @Nullable Object call(String command, byte[] key, String... rest) {
        Object[] words = new Object[1 + rest.length];
        words[0] = key;
        System.arraycopy(rest, 0, words, 1, rest.length);
        return connections.call(key, command, words(words));
    }

    private static byte[][] words(Object... words) {
        byte[][] bytes = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i] instanceof byte[] raw ? raw : RedisConnection.bytes((String) words[i]);
        }
        return bytes;
    }

    private @Nullable Object within(Duration limit, Supplier<@Nullable Object> call) {
        boolean connected = connections.sockets() > 0;
        Duration inAll = connected ? limit : connectTimeout.plus(limit);
        dueAt = nanoClock.nanos() + inAll.toNanos();
        try {
            if (!connected) {
                connections.refreshTopology();
            }
            return call.get();
        } catch (RuntimeException e) {
            connections.abort();
            throw e;
        } finally {
            dueAt = Long.MAX_VALUE;
        }
    }

    /** Ends a call that has taken too long: by closing its socket, since bytes that trickle in would keep it going. */
    void abortIfOverdue(long nanos) {
        long due = dueAt;
        if (due != Long.MAX_VALUE && nanos - due > 0) {
            connections.abort();
        }
    }

    /** Closes the connection. */
    void abort() {
        connections.abort();
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }
}
