package io.marketbrain.pipeline.cache.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The connections of one worker, one to each server it needs, and how a script is run over them. For one thread; only
 * {@link #abort} works from others.
 */
final class Links {
    /** How often servers may send us on before it is a circle. */
    private static final int HOPS = 4;

    private final RedisUrl url;
    private final Topology topology;
    private final Duration connectTimeout;
    private final Map<Node, Link> open = new HashMap<>();
    /** All links that have a socket, those still connecting included. */
    private final Map<Link, Node> live = new ConcurrentHashMap<>();

    Links(RedisUrl url, Topology topology, Duration connectTimeout) {
        this.url = url;
        this.topology = topology;
        this.connectTimeout = connectTimeout;
    }

    /** Closes every socket, under whoever waits on one. What is opened later is not affected. */
    void abort() {
        live.keySet().forEach(Link::close);
    }

    /** Connects to every server that holds keys. */
    void connect() {
        topology.all().forEach(this::link);
    }

    boolean connected() {
        return topology.all().stream().allMatch(node -> {
            Link link = open.get(node);
            return link != null && !link.closed();
        });
    }

    void refreshTopology() {
        topology.refresh(this::dial);
    }

    Link link(Node node) {
        Link link = open.get(node);
        if (link == null || link.closed()) {
            link = dial(node, true);
            open.put(node, link);
        }
        return link;
    }

    /** A new connection that is nobody's yet. */
    Link dial(Node node, boolean withLogin) {
        Link link = new Link(node, url);
        live.keySet().removeIf(Link::closed);
        live.put(link, node);
        try {
            link.open(connectTimeout, withLogin);
            return link;
        } catch (RuntimeException e) {
            link.close();
            live.remove(link);
            throw e;
        }
    }

    /** Runs a script where its first key lives. */
    @Nullable
    Object run(Scripts script, List<byte[]> keys, List<byte[]> arguments) {
        byte[][] all = new byte[2 + keys.size() + arguments.size()][];
        all[1] = Link.bytes(Integer.toString(keys.size()));
        int at = 2;
        for (byte[] key : keys) {
            all[at++] = key;
        }
        for (byte[] argument : arguments) {
            all[at++] = argument;
        }
        return run(script, all);
    }

    private @Nullable Object run(Scripts script, byte[][] call) {
        boolean asking = false;
        Node node = topology.node(call[2]);
        for (int hop = 0; hop < HOPS; hop++) {
            Link link = link(node);
            try {
                if (asking) {
                    link.call("ASKING", new byte[0][]);
                    asking = false;
                }
                return run(link, script, call);
            } catch (JedisMovedDataException moved) {
                node = node(
                        moved.getTargetNode().getHost(), moved.getTargetNode().getPort(), node);
                topology.moved(moved.getSlot(), node);
            } catch (JedisAskDataException ask) {
                node = node(ask.getTargetNode().getHost(), ask.getTargetNode().getPort(), node);
                asking = true;
            }
        }
        throw new JedisDataException("MOVED in a circle");
    }

    private static Node node(String host, int port, Node from) {
        return new Node(host.isEmpty() ? from.host() : host, port);
    }

    private static @Nullable Object run(Link link, Scripts script, byte[][] call) {
        call[0] = script.digest();
        try {
            return link.call("EVALSHA", call);
        } catch (JedisNoScriptException unknown) {
            call[0] = script.source();
            return link.call("EVAL", call);
        }
    }

    /** A plain command about a key. */
    @Nullable
    Object call(byte[] key, String command, byte[]... arguments) {
        Node node = topology.node(key);
        for (int hop = 0; hop < HOPS; hop++) {
            try {
                return link(node).call(command, arguments);
            } catch (JedisMovedDataException moved) {
                node = node(
                        moved.getTargetNode().getHost(), moved.getTargetNode().getPort(), node);
                topology.moved(moved.getSlot(), node);
            }
        }
        throw new JedisConnectionException("MOVED in a circle");
    }

    void close() {
        abort();
        open.clear();
        live.clear();
    }

    /** How many sockets there are. */
    int sockets() {
        return (int) live.keySet().stream().filter(link -> !link.closed()).count();
    }
}
