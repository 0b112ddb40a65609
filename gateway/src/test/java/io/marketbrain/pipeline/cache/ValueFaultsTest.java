package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.price;
import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static io.marketbrain.pipeline.cache.GatewayCache.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.MarketData;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Corrupted keys in a real Redis: each is a hit or a miss, and is repaired by the next load. */
@Timeout(120)
class ValueFaultsTest extends FaultCase {
    private GatewayCache writer;
    private GatewayCache reader;
    private String key;

    @BeforeEach
    void write() {
        redis.start();
        writer = up();
        reader = up();
        success(writer.ask("BTC"));
        key = written();
    }

    private String written() {
        eventually("written", BACK_UP, () -> !values("BTC").isEmpty());
        return values("BTC").getFirst();
    }

    /** Checks that a reader misses and calls the provider, and that a third gateway then finds the value it wrote. */
    private void assertMissesAndMends() {
        assertThat(price(reader.ask("BTC"))).isEqualTo("2.00");
        GatewayCache third = up();
        eventually("repaired", BACK_UP, () -> {
            long size = number("STRLEN", key);
            long left = number("PTTL", key);
            return size > 64 && size < 10_000 && left > 0 && left <= 300_000;
        });
        var answer = success(third.ask("BTC"));
        assertThat(answer.cache().tier()).isEqualTo(Tier.L2);
        assertThat(provider.calls).hasValue(2);
        assertThat(gateways).allSatisfy(gateway -> assertThat(gateway.state()).isEqualTo(State.UP));
    }

    @Test
    void the_wrong_type_on_the_key() {
        redis.send("DEL", key);
        redis.send("LPUSH", key, "a list");
        assertMissesAndMends();
    }

    @Test
    void the_wrong_type_on_the_auxiliary_keys() {
        redis.send("DEL", key, key + ":lease", key + ":turn");
        redis.send("LPUSH", key + ":lease", "a list");
        redis.send("LPUSH", key + ":turn", "a list");
        redis.send("LPUSH", "mib:epoch:{binance:BTC/USDT}", "a list");
        assertMissesAndMends();
    }

    @Test
    void no_time_to_live() {
        redis.send("PERSIST", key);
        assertMissesAndMends();
    }

    @Test
    void a_longer_time_to_live_than_allowed() {
        redis.send("PEXPIRE", key, "400000000");
        assertMissesAndMends();
    }

    @Test
    void a_value_of_64_megabytes() {
        redis.send("SETRANGE", key, "67108863", "x");
        assertMissesAndMends();
    }

    @Test
    void a_value_copied_from_the_key_of_another_instrument_is_a_miss() {
        success(writer.ask("ETH"));
        eventually("written", BACK_UP, () -> !values("ETH").isEmpty());
        redis.send("COPY", values("ETH").getFirst(), key, "REPLACE");
        var answer = success(reader.ask("BTC"));
        assertThat(((MarketData.Quote) answer.data()).listing().instrument().base())
                .isEqualTo("BTC");
        assertThat(answer.cache().tier()).isEqualTo(Tier.ORIGIN);
        assertThat(reader.count("values_of_another_key")).isEqualTo(1);
    }

    @Test
    void bit_flips_and_truncation() {
        var random = new Random(7);
        int values = 200;
        for (int i = 0; i < values; i++) {
            success(writer.ask("K" + i));
        }
        eventually("all written", BACK_UP, () -> values("K*").size() == values);
        for (String name : values("K*")) {
            byte[] value = redis.send("GET", name).substring(1).getBytes(StandardCharsets.ISO_8859_1);
            if (random.nextInt(3) == 0) {
                value = Arrays.copyOf(value, random.nextInt(value.length));
            } else {
                value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
            }
            redis.send(bytes("SET"), bytes(name), value, bytes("PX"), bytes("200000"));
        }
        int before = provider.calls.get();
        for (int i = 0; i < values; i++) {
            assertThat(price(reader.ask("K" + i))).isIn("1.00", "2.00");
        }
        assertThat(provider.calls.get() - before).isGreaterThan(values / 2);
        assertThat(reader.state()).isEqualTo(State.UP);
    }

    private long number(String command, String about) {
        String reply = redis.send(command, about);
        return reply.startsWith(":") ? Long.parseLong(reply.substring(1)) : -1;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
