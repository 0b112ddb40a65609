package io.marketbrain.store.redis;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import javax.net.SocketFactory;

/**
 * What the connections of one user of Redis have in common: the servers, the time for connecting, the limits of replies
 * and the count of those that exceeded them. Thread-safe.
 */
public final class RedisConnector {
    private final RedisUrl url;
    private final RedisTopology topology;
    private final Duration connectTimeout;
    private final ReplyLimits limits;
    private final SocketFactory sockets;
    private final LongAdder invalidReplies = new LongAdder();

    /**
     * Creates a connector that has opened no connection yet.
     *
     * @param maxValueBytes the largest value that is read
     * @param sockets creates unconnected sockets
     */
    public RedisConnector(RedisConfig config, int maxValueBytes, SocketFactory sockets) {
        this.url = RedisUrl.of(config);
        this.topology = new RedisTopology(url);
        this.connectTimeout = config.connectTimeout();
        this.limits = ReplyLimits.forValuesOf(maxValueBytes);
        this.sockets = sockets;
    }

    /** Connections for one thread, none of them open. */
    public RedisConnections connections() {
        return new RedisConnections(this);
    }

    public RedisTopology topology() {
        return topology;
    }

    /** Whether the servers are a cluster. */
    public boolean isCluster() {
        return url.cluster();
    }

    /** How many replies were not accepted. */
    public long invalidReplies() {
        return invalidReplies.sum();
    }

    RedisUrl url() {
        return url;
    }

    /** The total time for an attempt to connect, TLS and login included. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    ReplyLimits limits() {
        return limits;
    }

    SocketFactory sockets() {
        return sockets;
    }

    void countInvalidReply() {
        invalidReplies.increment();
    }
}
