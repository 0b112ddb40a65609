package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static io.marketbrain.pipeline.cache.GatewayCache.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.Outcome;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.pipeline.cache.redis.TcpProxy;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults of a real Redis under continuous traffic: no request fails or waits longer than allowed. */
@Timeout(240)
class ServerFaultsTest extends FaultCase {
    private static final Duration A_WHILE = Duration.ofMillis(500);

    @Test
    void kill_9_and_an_empty_restart() throws Exception {
        redis.start();
        up();
        up();
        CacheTraffic traffic = traffic();
        redis.kill();
        gateways.forEach(gateway -> gateway.await(State.DOWN));
        last(A_WHILE);
        redis.start();
        assertRecovers(traffic);
    }

    @Test
    void sigstop_then_sigcont() throws Exception {
        redis.start();
        up();
        CacheTraffic traffic = traffic();
        redis.freeze();
        gateways.getFirst().await(State.DOWN);
        last(lasting("freeze", 3));
        redis.thaw();
        assertRecovers(traffic);
    }

    @Test
    void sigstop_during_a_large_write() throws Exception {
        redis.start();
        String text = "L".repeat(60_000);
        var large = new Quote(
                new Listing(CacheSamples.pair("LARGE"), text, text, "UTC", text),
                BigDecimal.ONE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                CacheSamples.NOON);
        try (var proxy = new TcpProxy(redis.port());
                var writer = new GatewayCache(
                        proxy.url(),
                        (query, call) -> query.subject().startsWith("LARGE")
                                ? Outcome.success(CacheSamples.answer(large))
                                : provider.fetch(query, call));
                var reader = new GatewayCache(redis.url(), provider)) {
            gateways.add(writer);
            writer.await(State.UP);
            CacheTraffic traffic = traffic();
            proxy.swallowAfter(100_000);
            long before = proxy.requestBytes();
            success(writer.ask("LARGE"));
            eventually("half of it is written", BACK_UP, () -> proxy.requestBytes() - before >= 100_000);
            redis.freeze();
            writer.await(State.DOWN);
            proxy.refuse(true);
            redis.thaw();
            reader.await(State.UP);
            assertThat(values("LARGE")).as("incomplete value").isEmpty();
            proxy.swallowAfter(Long.MAX_VALUE / 2);
            proxy.refuse(false);
            assertRecovers(traffic);
            eventually("written, whole", BACK_UP, () -> !values("LARGE").isEmpty());
            var read = success(reader.ask("LARGE"));
            assertThat(read.cache().tier()).isEqualTo(Tier.L2);
            assertThat(read.data()).isEqualTo(large);
        }
    }

    @Test
    void absent_at_start_and_available_later() throws Exception {
        gateway(redis.url()).await(State.DOWN);
        CacheTraffic traffic = traffic();
        last(A_WHILE);
        redis.start();
        assertRecovers(traffic);
    }

    @Test
    void a_read_only_replica() throws Exception {
        redis.start();
        try (RedisServer master = RedisServer.started();
                var elsewhere = new GatewayCache(master.url(), provider)) {
            up();
            CacheTraffic traffic = traffic();
            redis.send("REPLICAOF", "127.0.0.1", "" + master.port());
            gateways.getFirst().await(State.READ_ONLY);
            elsewhere.await(State.UP);
            assertReadsWhatIsWrittenBy(elsewhere);
            redis.send("REPLICAOF", "NO", "ONE");
            assertRecovers(traffic);
        }
    }

    private void assertReadsWhatIsWrittenBy(GatewayCache elsewhere) {
        success(elsewhere.ask("THERE"));
        eventually("written", BACK_UP, () -> !values("THERE").isEmpty());
        eventually("read, though nothing can be written", BACK_UP, () -> {
            gateways.getFirst().layer.purge(CacheSamples.BINANCE, CacheSamples.pair("NOTHING"));
            return success(gateways.getFirst().ask("THERE")).cache().tier() == Tier.L2;
        });
        assertThat(gateways.getFirst().state()).isEqualTo(State.READ_ONLY);
    }

    @Test
    void maxmemory_with_noeviction() throws Exception {
        redis.start();
        try (var elsewhere = new GatewayCache(redis.url(), provider)) {
            elsewhere.await(State.UP);
            success(elsewhere.ask("THERE"));
            eventually("written", BACK_UP, () -> !values("THERE").isEmpty());
            up();
            CacheTraffic traffic = traffic();
            redis.send("CONFIG", "SET", "maxmemory", "1");
            gateways.getFirst().await(State.READ_ONLY);
            assertThat(success(gateways.getFirst().ask("THERE")).cache().tier()).isEqualTo(Tier.L2);
            last(A_WHILE);
            assertThat(gateways.getFirst().state()).isEqualTo(State.READ_ONLY);
            redis.send("CONFIG", "SET", "maxmemory", "0");
            assertRecovers(traffic);
        }
    }

    @Test
    void a_wrong_password() throws Exception {
        redis.start();
        redis.send("CONFIG", "SET", "requirepass", "right");
        redis.password("right");
        GatewayCache gateway =
                gateway("redis://:wrong@127.0.0.1:" + redis.port()).await(State.REFUSED);
        CacheTraffic traffic = traffic();
        last(A_WHILE);
        assertThat(gateway.state()).isEqualTo(State.REFUSED);
        assertThat(gateway.count("redis_operations")).isZero();
        redis.send("CONFIG", "SET", "requirepass", "wrong");
        redis.password("wrong");
        assertRecovers(traffic);
    }

    @Test
    void a_password_rotated_while_running() throws Exception {
        redis.start();
        redis.send("ACL", "SETUSER", "gateway", "on", ">old", "~*", "&*", "+@all");
        GatewayCache gateway = up("redis://gateway:old@127.0.0.1:" + redis.port());
        CacheTraffic traffic = traffic();
        redis.send("ACL", "SETUSER", "gateway", "resetpass", ">new");
        last(A_WHILE);
        assertThat(gateway.state()).as("authenticated connections stay open").isEqualTo(State.UP);
        redis.send("CLIENT", "KILL", "USER", "gateway");
        gateway.await(State.REFUSED);
        redis.send("ACL", "SETUSER", "gateway", ">old");
        assertRecovers(traffic);
    }

    @Test
    void a_user_who_loses_write_permission() throws Exception {
        redis.start();
        redis.send("ACL", "SETUSER", "gateway", "on", ">old", "~*", "&*", "+@all");
        GatewayCache gateway = up("redis://gateway:old@127.0.0.1:" + redis.port());
        CacheTraffic traffic = traffic();
        redis.send("ACL", "SETUSER", "gateway", "-@write");
        gateway.await(State.READ_ONLY);
        redis.send("ACL", "SETUSER", "gateway", "+@all");
        assertRecovers(traffic);
    }

    @Test
    void loading_replies() throws Exception {
        redis.start("--enable-debug-command", "yes");
        redis.send("DEBUG", "POPULATE", "2000", "filler", "100");
        redis.send("CONFIG", "SET", "key-load-delay", "1000");
        redis.send("CONFIG", "SET", "loading-process-events-interval-bytes", "1024");
        GatewayCache gateway = up();
        CacheTraffic traffic = traffic();
        Thread reload = Thread.ofVirtual().start(() -> redis.send("DEBUG", "RELOAD"));
        gateway.await(State.DOWN);
        eventually("it is loading", BACK_UP, () -> redis.send("GET", "filler:1").startsWith("-LOADING"));
        reload.join();
        assertRecovers(traffic);
    }

    @Test
    void busy_replies() throws Exception {
        redis.start("--busy-reply-threshold", "50");
        GatewayCache gateway = up();
        CacheTraffic traffic = traffic();
        Thread script = Thread.ofVirtual().start(() -> redis.send("EVAL", "while true do end", "0"));
        gateway.await(State.DOWN);
        eventually("it is busy", BACK_UP, () -> redis.send("GET", "any").startsWith("-BUSY"));
        last(A_WHILE);
        redis.send("SCRIPT", "KILL");
        script.join();
        assertRecovers(traffic);
    }

    @Test
    void flapping_a_second_up_and_a_second_down() throws Exception {
        redis.start();
        up();
        up();
        CacheTraffic traffic = traffic();
        long end = System.nanoTime() + lasting("flap", 4).toNanos();
        while (System.nanoTime() - end < 0) {
            redis.kill();
            last(Duration.ofSeconds(1));
            redis.start();
            last(Duration.ofSeconds(1));
        }
        assertRecovers(traffic);
    }
}
