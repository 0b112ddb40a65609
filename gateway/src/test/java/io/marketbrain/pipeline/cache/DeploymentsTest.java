package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static io.marketbrain.pipeline.cache.GatewayCache.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.pipeline.cache.redis.Certificates;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Common Redis deployments with real servers: TLS, users, sentinels, cluster. */
@Timeout(120)
class DeploymentsTest extends FaultCase {
    @TempDir
    Path folder;

    private final List<RedisServer> servers = new ArrayList<>();

    @AfterEach
    void stopServers() {
        gateways.forEach(GatewayCache::close);
        servers.forEach(RedisServer::close);
    }

    private RedisServer server(String... options) {
        RedisServer server = RedisServer.started(options);
        servers.add(server);
        return server;
    }

    /** Checks that a key loaded by one gateway is a hit in Redis for the other. */
    private void assertShared(GatewayCache one, GatewayCache two, String base) {
        eventually(() -> "shared: " + two.layer.snapshot(), BACK_UP, () -> {
            String name = base + provider.calls.get();
            success(one.ask(name));
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            return success(two.ask(name)).cache().tier() == Tier.L2;
        });
    }

    @Test
    void tls_with_a_private_ca_and_a_frozen_server_behind_it() throws Exception {
        var certificates = new Certificates(folder, "IP:127.0.0.1");
        int port = RedisServer.freePort();
        redis.start(certificates.options(port));
        String url = "rediss://127.0.0.1:" + port;
        GatewayCache one = gateway(url, certificates.ca()).await(State.UP);
        CacheTraffic traffic = traffic();
        redis.freeze();
        one.await(State.DOWN);
        redis.thaw();
        assertRecovers(traffic);
        GatewayCache two = gateway(url, certificates.ca()).await(State.UP);
        assertShared(one, two, "SECRET");
    }

    @Test
    void tls_with_an_unknown_ca_or_another_name_is_rejected_without_affecting_requests() throws Exception {
        var certificates = new Certificates(folder, "DNS:redis.example");
        int port = RedisServer.freePort();
        redis.start(certificates.options(port));
        gateway("rediss://127.0.0.1:" + port).await(State.REFUSED);
        gateway("rediss://127.0.0.1:" + port, certificates.ca()).await(State.REFUSED);
        CacheTraffic traffic = traffic();
        last(Duration.ofMillis(700));
        traffic.end();
        assertThat(gateways)
                .allSatisfy(
                        gateway -> assertThat(gateway.count("redis_sockets")).isZero());
    }

    @Test
    void a_user_with_the_minimum_permissions() throws Exception {
        redis.start();
        redis.send(
                "ACL",
                "SETUSER",
                "gateway",
                "on",
                ">p@ss:word/#1",
                "~mib:*",
                "&mib:*",
                "+ping",
                "+select",
                "+eval",
                "+evalsha",
                "+get",
                "+set",
                "+del",
                "+strlen",
                "+pttl",
                "+publish",
                "+subscribe");
        String url = "redis://gateway:p%40ss%3Aword%2F%231@127.0.0.1:" + redis.port();
        GatewayCache one = up(url);
        GatewayCache two = up(url);
        assertShared(one, two, "BTC");
        one.layer.purge(CacheSamples.BINANCE, CacheSamples.pair("BTC"));
        CacheTraffic traffic = traffic();
        last(Duration.ofMillis(500));
        assertRecovers(traffic);
        assertThat(one.count("redis_errors")).isZero();
    }

    @Test
    void sentinels_name_another_master_when_the_first_is_killed() throws Exception {
        redis.start();
        RedisServer replica = server("--replicaof", "127.0.0.1 " + redis.port());
        RedisServer sentinel = RedisServer.sentinel("market", redis.port());
        servers.add(sentinel);
        eventually("replica in sync", BACK_UP, () -> says(replica, "master_link_status:up"));
        eventually(
                "the sentinel knows the replica",
                Duration.ofSeconds(20),
                () -> sentinel.send("SENTINEL", "replicas", "market").contains("" + replica.port()));
        // The first configured sentinel does not exist.
        String url = "redis+sentinel://127.0.0.1:1,127.0.0.1:" + sentinel.port() + "/market";
        GatewayCache one = up(url);
        GatewayCache two = up(url);
        assertShared(one, two, "BEFORE");
        CacheTraffic traffic = traffic();
        redis.kill();
        one.await(State.DOWN);
        eventually("promoted", Duration.ofSeconds(30), () -> says(replica, "role:master"));
        awaitUp();
        traffic.end();
        assertShared(one, two, "AFTER");
        assertThat(replica.keys("*{binance:AFTER*:live")).isNotEmpty();
    }

    @Test
    void a_cluster_shares_by_slot_follows_a_move_and_survives_the_loss_of_a_master() throws Exception {
        for (int i = 0; i < 6; i++) {
            server(RedisServer.clusterOptions());
        }
        RedisServer.join(servers);
        String url = "redis://127.0.0.1:" + servers.get(0).port() + ",127.0.0.1:"
                + servers.get(1).port();
        GatewayCache one = up(url);
        GatewayCache two = up(url);
        for (int i = 0; i < 30; i++) {
            success(one.ask("SPREAD" + i));
        }
        eventually("each master holds some", BACK_UP, () -> holders().size() == 3);
        move("SPREAD7");
        two.await(State.UP);
        long changes = two.count("redis_state_changes");
        assertThat(success(two.ask("SPREAD7")).cache().tier()).isEqualTo(Tier.L2);
        assertThat(two.count("redis_state_changes")).isEqualTo(changes);
        servers.stream()
                .filter(server -> says(server, "role:slave"))
                .forEach(server -> eventually("replica in sync", BACK_UP, () -> says(server, "master_link_status:up")));
        CacheTraffic traffic = traffic();
        servers.get(2).kill();
        one.await(State.DOWN);
        awaitUp();
        traffic.end();
        assertShared(one, two, "AFTER");
    }

    private static boolean says(RedisServer server, String words) {
        try {
            return server.send("INFO", "replication").contains(words);
        } catch (IllegalStateException connectionLost) {
            return false;
        }
    }

    private void awaitUp() {
        for (GatewayCache gateway : gateways) {
            eventually(
                    () -> "up: " + gateway.layer.snapshot(), Duration.ofSeconds(30), () -> gateway.state() == State.UP);
        }
    }

    /** The masters that hold quotes. */
    private Set<Integer> holders() {
        return servers.stream()
                .filter(server -> server.send("ROLE").contains("master"))
                .filter(server -> !server.keys("*SPREAD*:live").isEmpty())
                .map(RedisServer::port)
                .collect(Collectors.toSet());
    }

    /** Moves the slot of a quote to another master, as an operator would. */
    private void move(String base) {
        String key = "{binance:" + base + "/USDT}";
        String slot = servers.getFirst().send("CLUSTER", "KEYSLOT", key).substring(1);
        List<RedisServer> masters = servers.stream()
                .filter(server -> server.send("ROLE").contains("master"))
                .toList();
        RedisServer from = masters.stream()
                .filter(server -> !server.keys("*" + key + "*").isEmpty())
                .findFirst()
                .orElseThrow();
        RedisServer to =
                masters.stream().filter(server -> server != from).findFirst().orElseThrow();
        String fromId = from.send("CLUSTER", "MYID").substring(1);
        String toId = to.send("CLUSTER", "MYID").substring(1);
        to.send("CLUSTER", "SETSLOT", slot, "IMPORTING", fromId);
        from.send("CLUSTER", "SETSLOT", slot, "MIGRATING", toId);
        for (String name : from.keys("*" + key + "*")) {
            from.send("MIGRATE", "127.0.0.1", "" + to.port(), name, "0", "5000");
        }
        masters.forEach(master -> master.send("CLUSTER", "SETSLOT", slot, "NODE", toId));
    }
}
