package io.marketbrain.store.redis;

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
public final class RedisConnections {
    /** The most redirections of one command before it is treated as a loop. */
    private static final int MAX_REDIRECTS = 4;

    private final RedisConnector connector;
    private final RedisTopology topology;
    private final Map<RedisNode, RedisConnection> open = new HashMap<>();
    /** All connections that have a socket, including those still connecting. */
    private final Map<RedisConnection, RedisNode> live = new ConcurrentHashMap<>();

    RedisConnections(RedisConnector connector) {
        this.connector = connector;
        this.topology = connector.topology();
    }

    /** Closes every open socket, which interrupts a thread blocked on one. Sockets opened later are not affected. */
    public void abort() {
        live.keySet().forEach(RedisConnection::close);
    }

    /** Connects to every server that holds keys. */
    public void connect() {
        topology.all().forEach(this::connection);
    }

    public boolean connected() {
        return topology.all().stream().allMatch(node -> {
            RedisConnection connection = open.get(node);
            return connection != null && !connection.closed();
        });
    }

    public void refreshTopology() {
        topology.refresh(this::dial);
    }

    RedisConnection connection(RedisNode node) {
        RedisConnection connection = open.get(node);
        if (connection == null || connection.closed()) {
            if (open.size() >= RedisTopology.MAX_SERVERS) {
                abort();
                open.clear();
            }
            connection = dial(node, true);
            open.put(node, connection);
        }
        return connection;
    }

    /** Opens a new connection that is not reused by {@link #connection}. */
    public RedisConnection dial(RedisNode node, boolean withLogin) {
        RedisConnection connection = new RedisConnection(node, connector);
        live.keySet().removeIf(RedisConnection::closed);
        live.put(connection, node);
        try {
            connection.open(withLogin);
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            live.remove(connection);
            throw e;
        }
    }

    /** Runs a script on the server of its first key. */
    public @Nullable Object run(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
        byte[][] all = new byte[2 + keys.size() + arguments.size()][];
        all[1] = RedisConnection.bytes(Integer.toString(keys.size()));
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
        RedisNode node = topology.node(call[2]);
        for (int hop = 0; hop < MAX_REDIRECTS; hop++) {
            RedisConnection connection = connection(node);
            try {
                if (asking) {
                    connection.call("ASKING", new byte[0][]);
                    asking = false;
                }
                return run(connection, script, call);
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

    private static RedisNode node(String host, int port, RedisNode from) {
        return new RedisNode(host.isEmpty() ? from.host() : host, port);
    }

    private static @Nullable Object run(RedisConnection connection, RedisScript script, byte[][] call) {
        call[0] = script.digest();
        try {
            return connection.call("EVALSHA", call);
        } catch (JedisNoScriptException unknown) {
            call[0] = script.source();
            return connection.call("EVAL", call);
        }
    }

    /** Sends a command to the server of {@code key}. */
    public @Nullable Object call(byte[] key, String command, byte[]... arguments) {
        RedisNode node = topology.node(key);
        for (int hop = 0; hop < MAX_REDIRECTS; hop++) {
            try {
                return connection(node).call(command, arguments);
            } catch (JedisMovedDataException moved) {
                node = node(
                        moved.getTargetNode().getHost(), moved.getTargetNode().getPort(), node);
                topology.moved(moved.getSlot(), node);
            }
        }
        throw new JedisConnectionException("MOVED in a loop: the cluster keeps redirecting");
    }

    public void close() {
        abort();
        open.clear();
        live.clear();
    }

    /** The number of open sockets. */
    public int sockets() {
        return (int) live.keySet().stream()
                .filter(connection -> !connection.closed())
                .count();
    }
}
