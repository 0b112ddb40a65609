package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.redis.RedisServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that share a feed through a cluster, and through a server that sentinels replace; all of them real. */
@Timeout(120)
class SharedFeedDeploymentsTest {
    @TempDir
    Path folder;

    private final TradeFeed feed = new TradeFeed(10);
    private final List<RedisServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        feed.close();
        servers.forEach(RedisServer::close);
    }

    private RedisServer server(String... options) {
        RedisServer server = RedisServer.started(options);
        servers.add(server);
        return server;
    }

    private TestGateway gateway(String name, String redis, String lease) {
        return feed.gateway(folder.resolve(name), redis, lease);
    }

    private static long holders(TestGateway... gateways) {
        long holders = 0;
        for (TestGateway gateway : gateways) {
            holders += gateway.counter("stream", "relay", "holder");
        }
        return holders;
    }

    private static long relayed(TestGateway... gateways) {
        long relayed = 0;
        for (TestGateway gateway : gateways) {
            relayed += gateway.counter("stream", "relay", "relayed");
        }
        return relayed;
    }

    @Test
    void through_a_cluster_also_if_only_one_node_is_named_that_does_not_have_the_keys() throws Exception {
        for (int i = 0; i < 6; i++) {
            server(RedisServer.clusterOptions());
        }
        RedisServer.join(servers);
        RedisServer other = servers.stream()
                .filter(node -> node.send("EXISTS", "{binance:feed0}").contains("MOVED"))
                .findFirst()
                .orElseThrow();
        String nodes = "redis://127.0.0.1:" + servers.get(0).port() + ",127.0.0.1:"
                + servers.get(1).port();
        try (var second = gateway("b", "redis://127.0.0.1:" + other.port(), "8s")) {
            TestGateway first = gateway("a", nodes, "8s");
            try (first;
                    var holder = new TradeListener(first.port())) {
                holder.awaitTransport(0, "websocket", 20_000);
                holder.awaitTrades(0, 20_000);
                TradeFeed.until(() -> holders(first) == 1, "the first gateway holds the feed");
                try (var follower = new TradeListener(second.port())) {
                    follower.awaitTransport(0, "relay", 20_000);
                    int before = follower.count();
                    TradeFeed.until(() -> follower.count() > before + 50, "50 trades are relayed");
                    TradeFeed.until(() -> feed.open.get() == 1, "one connection serves both");
                    int moved = follower.count();
                    first.close();
                    follower.awaitTransport(moved, "websocket", 20_000);
                    follower.awaitTrades(follower.count(), 20_000);
                    assertThat(follower.unannounced()).isEmpty();
                    TradeFeed.until(() -> feed.open.get() == 1, "one connection is left");
                }
            }
        }
    }

    @Test
    void a_master_that_sentinels_replace_takes_over_the_leases_and_nothing_is_missing_unannounced() throws Exception {
        RedisServer master = server();
        RedisServer replica = server("--replicaof", "127.0.0.1 " + master.port());
        RedisServer sentinel = RedisServer.sentinel("market", master.port());
        servers.add(sentinel);
        TradeFeed.until(
                () -> replica.send("INFO", "replication").contains("master_link_status:up")
                        && sentinel.send("SENTINEL", "replicas", "market").contains("" + replica.port()),
                "the sentinel knows the replica");
        String url = "redis+sentinel://127.0.0.1:" + sentinel.port() + "/market";
        try (var first = gateway("a", url, "2s");
                var second = gateway("b", url, "2s");
                var ofFirst = new TradeListener(first.port())) {
            ofFirst.awaitTransport(0, "websocket", 20_000);
            ofFirst.awaitTrades(0, 20_000);
            TradeFeed.until(() -> holders(first) == 1, "the first gateway holds the feed");
            try (var ofSecond = new TradeListener(second.port())) {
                ofSecond.awaitTransport(0, "relay", 20_000);
                ofSecond.awaitTrades(0, 20_000);
                master.kill();
                TradeFeed.until(() -> replica.send("ROLE").contains("master"), "the replica is promoted");
                TradeFeed.until(() -> holders(first, second) == 1, "one gateway holds the feed");
                long relayed = relayed(first, second);
                TradeFeed.until(
                        () -> relayed(first, second) > relayed + 50, "trades are relayed through the new master");
                TradeFeed.until(() -> feed.open.get() == 1, "one connection is left");
                ofFirst.awaitTrades(ofFirst.count(), 20_000);
                ofSecond.awaitTrades(ofSecond.count(), 20_000);
                assertThat(replica.keys("mib:feed:*:lease")).hasSize(1);
                assertThat(ofFirst.unannounced()).isEmpty();
                assertThat(ofSecond.unannounced()).isEmpty();
            }
        }
    }
}
