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
 * The connections of one worker, one per server, with redirection of scripts and commands in a cluster. For one thread; only {@link #abort} and {@link #sockets} may be called from others.
 */
final class Links {
    /** The most redirections of one command before it is treated as a loop. */
    private static final int MAX_REDIRECTS = 4;

    private final RedisUrl url;
    private final Topology topology;
    private final Duration connectTimeout;
    private final Map<Node, Link> open = new HashMap<>();
    /** All connections that have a socket, including those still connecting. */
    private final Map<Link, Node> live = new ConcurrentHashMap<>();

    Links(RedisUrl url, Topology topology, Duration connectTimeout) {
        this.url = url;
        this.topology = topology;
        this.connectTimeout = connectTimeout;
    }

    /** Closes every open socket, which interrupts a thread blocked on one. Sockets opened later are not affected. */
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

    /** Opens a new connection that is not reused by {@link #link}. */
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

    /** Runs a script on the server of its first key. */
    @Nullable
    Object run(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
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

    private @Nullable Object run(RedisScript script, byte[][] call) {
        boolean asking = false;
        Node node = topology.node(call[2]);
        for (int hop = 0; hop < MAX_REDIRECTS; hop++) {
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
        throw new JedisDataException("MOVED in a loop: the cluster keeps redirecting");
    }

    private static Node node(String host, int port, Node from) {
        return new Node(host.isEmpty() ? from.host() : host, port);
    }

    private static @Nullable Object run(Link link, RedisScript script, byte[][] call) {
        call[0] = script.digest();
        try {
            return link.call("EVALSHA", call);
        } catch (JedisNoScriptException unknown) {
            call[0] = script.source();
            return link.call("EVAL", call);
        }
    }

    /** Sends a command to the server of {@code key}. */
    @Nullable
    Object call(byte[] key, String command, byte[]... arguments) {
        Node node = topology.node(key);
        for (int hop = 0; hop < MAX_REDIRECTS; hop++) {
            try {
                return link(node).call(command, arguments);
            } catch (JedisMovedDataException moved) {
                node = node(
                        moved.getTargetNode().getHost(), moved.getTargetNode().getPort(), node);
                topology.moved(moved.getSlot(), node);
            }
        }
        throw new JedisConnectionException("MOVED in a loop: the cluster keeps redirecting");
    }

    void close() {
        abort();
        open.clear();
        live.clear();
    }

    /** The number of open sockets. */
    int sockets() {
        return (int) live.keySet().stream().filter(link -> !link.closed()).count();
    }
}
