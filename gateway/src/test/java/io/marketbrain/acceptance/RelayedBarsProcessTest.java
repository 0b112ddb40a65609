package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.ScriptedMarket.Bar;
import io.marketbrain.model.Interval;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Bars in two gateways that share the feeds of an exchange with bars and of one without, before and after one of them is killed. */
@Timeout(180)
class RelayedBarsProcessTest {
    private static final int SPEED = 30;

    @TempDir
    Path folder;

    /** The listeners of a gateway. */
    private record Listeners(CutListener binance, CutListener bitget) {
        static Listeners to(int port) {
            return new Listeners(
                    listener(port, "binance:BTCUSDT", "candle:1s"), listener(port, "bitget:BTCUSDT", "candle:1m"));
        }

        private static CutListener listener(int port, String symbol, String kind) {
            var listener = new CutListener(port, false, symbol, kind, 1);
            listener.stopCutting();
            return listener;
        }

        ReceivedEvents ofBinance() {
            return received(binance);
        }

        ReceivedEvents ofBitget() {
            return received(bitget);
        }

        private static ReceivedEvents received(CutListener listener) {
            return listener.received().values().stream().findFirst().orElseGet(ReceivedEvents::new);
        }

        /** Waits for more complete bars of both, which come soon after their end. */
        void awaitBars(int more) throws InterruptedException {
            int seconds = ofBinance().complete().size() + 2 * more;
            int minutes = ofBitget().complete().size() + more;
            long end = System.nanoTime() + Duration.ofSeconds(25).toNanos();
            while (ofBinance().complete().size() < seconds
                    || ofBitget().complete().size() < minutes) {
                assertThat(System.nanoTime())
                        .as("more bars than " + ofBinance().complete().keySet() + " and "
                                + ofBitget().complete().keySet())
                        .isLessThan(end);
                Thread.sleep(50);
            }
        }

        void close() throws Exception {
            binance.close();
            bitget.close();
        }
    }

    @Test
    void complete_bars_that_are_relayed_are_those_of_the_exchange_also_after_the_holder_is_killed() throws Exception {
        try (var redis = RedisServer.started();
                var binance = new ScriptedExchange(1, 0, 1, 25, "BTCUSDT");
                var bitget = new ScriptedExchange(2, -10_000_000, SPEED, 25, "BTCUSDT")) {
            Map<String, String> settings = Map.of(
                    "BINANCE_MODE",
                    "live",
                    "BINANCE_BASE_URL",
                    binance.url(),
                    "BITGET_MODE",
                    "live",
                    "BITGET_BASE_URL",
                    bitget.url(),
                    "REDIS_URL",
                    redis.url());
            try (var holder = GatewayProcess.start(folder, settings);
                    var gateway = TestGateway.with(
                            folder,
                            settings.entrySet().stream()
                                    .flatMap(setting -> Stream.of(setting.getKey(), setting.getValue()))
                                    .toArray(String[]::new))) {
                Listeners ofHolder = Listeners.to(holder.port());
                ofHolder.awaitBars(1);
                Listeners others = Listeners.to(gateway.port());
                others.awaitBars(1);
                assertThat(gateway.counter("stream", "relay", "follower"))
                        .as("relayed feeds")
                        .isEqualTo(2);
                ofHolder.close();
                holder.close();
                others.awaitBars(3);
                others.close();
                assertThat(binance.opened()).isEqualTo(2);
                for (Listeners one : List.of(ofHolder, others)) {
                    check("binance", one.ofBinance(), binance, Interval.S1);
                    check("bitget", one.ofBitget(), bitget, Interval.M1);
                }
            }
        }
    }

    /** Every bar from the first complete one to the last is complete, as the exchange has it. */
    private static void check(String what, ReceivedEvents events, ScriptedExchange exchange, Interval interval) {
        events.assertInOrder(what);
        NavigableMap<Instant, JsonNode> complete = events.complete();
        var expected = new TreeMap<Instant, String>();
        var received = new TreeMap<Instant, String>();
        complete.forEach((open, bar) -> received.put(open, values(bar)));
        for (Instant open = complete.firstKey(); !open.isAfter(complete.lastKey()); open = interval.next(open)) {
            Bar bar = exchange.market("BTCUSDT")
                    .bar(open.toEpochMilli(), interval.length().toMillis(), Long.MAX_VALUE);
            expected.put(
                    open,
                    values(bar.open())
                            + values(bar.high())
                            + values(bar.low())
                            + values(bar.close())
                            + values(bar.volume()));
        }
        assertThat(received).as(what + ", gaps " + events.gaps()).isEqualTo(expected);
        assertThat(events.gaps()).as(what).isEmpty();
    }

    private static String values(JsonNode bar) {
        var text = new StringBuilder();
        for (String member : List.of("open", "high", "low", "close", "volume")) {
            text.append(values(new BigDecimal(bar.get(member).asString())));
        }
        return text.toString();
    }

    private static String values(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString() + " ";
    }
}
