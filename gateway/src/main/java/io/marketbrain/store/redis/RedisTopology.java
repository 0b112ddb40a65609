package io.marketbrain.store.redis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Maps keys to servers: the configured one, the master that the sentinels name, or a cluster node by slot. Read from the servers when a probe connects and corrected by later redirections. Thread-safe.
 */
public final class RedisTopology {
    /** The most servers of a cluster, each of which costs every worker a connection. */
    static final int MAX_SERVERS = 256;

    private final RedisUrl url;
    private final AtomicReference<NavigableMap<Integer, RedisNode>> bySlot = new AtomicReference<>(new TreeMap<>());

    public RedisTopology(RedisUrl url) {
        this.url = url;
        if (url.master().isEmpty()) {
            place(0, url.nodes().getFirst());
        }
    }

    /** Opens connections, so that the caller can abort one that takes too long. */
    @FunctionalInterface
    interface Opener {
        RedisConnection open(RedisNode node, boolean withLogin);
    }

    /** The server that holds {@code key}, as far as known. */
    RedisNode node(byte[] key) {
        Map.Entry<Integer, RedisNode> entry = map().floorEntry(url.cluster() ? JedisClusterCRC16.getSlot(key) : 0);
        if (entry == null) {
            throw new JedisConnectionException("no server is known for a key");
        }
        return entry.getValue();
    }

    /** Every server that holds keys. */
    public Set<RedisNode> all() {
        return new LinkedHashSet<>(map().values());
    }

    /** Records a redirection of a slot; without a cluster, where a server has no others to name, only checks it. */
    void moved(int slot, RedisNode node) {
        if (slot < 0 || slot >= Protocol.CLUSTER_HASHSLOTS) {
            throw new JedisConnectionException("Redis redirected slot " + slot + ", which does not exist");
        }
        if (!url.cluster()) {
            return;
        }
        NavigableMap<Integer, RedisNode> before = map();
        Map.Entry<Integer, RedisNode> after = before.floorEntry(slot);
        var corrected = new TreeMap<>(before);
        corrected.put(slot, node);
        if (after != null && !corrected.containsKey(slot + 1)) {
            corrected.put(slot + 1, after.getValue());
        }
        bySlot.set(bounded(corrected));
    }

    private static NavigableMap<Integer, RedisNode> bounded(NavigableMap<Integer, RedisNode> slots) {
        if (Set.copyOf(slots.values()).size() > MAX_SERVERS) {
            throw new JedisConnectionException("Redis named more than " + MAX_SERVERS + " servers");
        }
        return slots;
    }

    /** Reads the topology again; throws if no server responds. */
    void refresh(Opener opener) {
        if (url.master().isPresent()) {
            place(0, fromSentinels(opener, url.master().get()));
        } else if (url.cluster()) {
            bySlot.set(bounded(fromCluster(opener)));
        }
    }

    private RedisNode fromSentinels(Opener opener, String master) {
        JedisException last = new JedisConnectionException("no sentinel named");
        for (RedisNode sentinel : url.nodes()) {
            try (RedisConnection connection = opener.open(sentinel, false)) {
                if (connection.call("SENTINEL", "get-master-addr-by-name", master) instanceof List<?> address
                        && address.size() == 2) {
                    return new RedisNode(text(address.get(0)), Integer.parseInt(text(address.get(1))));
                }
                last = new JedisConnectionException("sentinel " + sentinel + " knows no master '" + master + "'");
            } catch (JedisException | NumberFormatException e) {
                last = e instanceof JedisException known ? known : new JedisConnectionException(e);
            }
        }
        throw last;
    }

    private NavigableMap<Integer, RedisNode> fromCluster(Opener opener) {
        List<RedisNode> seeds = new ArrayList<>(all());
        url.nodes().stream().filter(node -> !seeds.contains(node)).forEach(seeds::add);
        JedisException last = new JedisConnectionException("no cluster node named");
        for (RedisNode seed : seeds) {
            try (RedisConnection connection = opener.open(seed, true)) {
                var slots = new TreeMap<Integer, RedisNode>();
                if (connection.call("CLUSTER", "SLOTS") instanceof List<?> ranges) {
                    for (Object range : ranges) {
                        List<?> parts = (List<?>) range;
                        List<?> owner = (List<?>) parts.get(2);
                        String host = text(owner.get(0));
                        slots.put(
                                ((Long) parts.get(0)).intValue(),
                                new RedisNode(host.isEmpty() ? seed.host() : host, ((Long) owner.get(1)).intValue()));
                    }
                }
                if (!slots.isEmpty()) {
                    return slots;
                }
                last = new JedisConnectionException("cluster node " + seed + " knows no slots");
            } catch (JedisException e) {
                last = e;
            } catch (ClassCastException | IndexOutOfBoundsException e) {
                last = new JedisConnectionException("cluster node " + seed + " sent something other than its slots", e);
            }
        }
        throw last;
    }

    private void place(int slot, RedisNode node) {
        var slots = new TreeMap<Integer, RedisNode>();
        slots.put(slot, node);
        bySlot.set(slots);
    }

    private NavigableMap<Integer, RedisNode> map() {
        NavigableMap<Integer, RedisNode> now = bySlot.get();
        return now == null ? new TreeMap<>() : now;
    }

    private static String text(Object reply) {
        return reply instanceof byte[] bytes ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8) : "";
    }
}
