package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.ScriptedMarket.Print;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Sockets on both sides of the gateway are cut at random while several clients listen. The seed is printed if it fails; {@code
 * -Dcuts.seconds} and {@code -Dcuts.seed} change the length and the seed, as {@code bench/socket-cuts} does.
 */
@Timeout(1200)
class SocketCutsTest {
    private static final int SECONDS = Integer.getInteger("cuts.seconds", 60);
    private static final long SEED = Long.getLong("cuts.seed", System.nanoTime());
    private static final int SPEED = 12;
    private static final Duration AHEAD = Duration.ofMillis(2_600);
    private static final Duration SETTLING = Duration.ofSeconds(45);

    /** How often each client must have been cut and have resumed. */
    private static final int RESUMED = 3;

    private static final List<String> MEMBERS = List.of("open", "high", "low", "close", "volume", "quote_volume");

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    @Test
    void cut_sockets_lose_nothing_unannounced_and_complete_candles_stay_as_they_are() throws Exception {
        try (var binance = new ScriptedExchange(random.nextLong(), AHEAD.toMillis(), 1, 25, "BTCUSDT", "ETHUSDT");
                // Faster, so that minutes end often.
                var bitget =
                        new ScriptedExchange(random.nextLong(), -1000L * SPEED * (SECONDS + 60), SPEED, 25, "BTCUSDT");
                var gateway = TestGateway.with(
                        folder,
                        "BINANCE_MODE",
                        "live",
                        "BINANCE_BASE_URL",
                        binance.url(),
                        "BITGET_MODE",
                        "live",
                        "BITGET_BASE_URL",
                        bitget.url())) {
            List<CutListener> listeners = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                listeners.add(
                        i < 4
                                ? listener(gateway, i % 2 == 0, "binance:BTCUSDT,binance:ETHUSDT", "trade,candle:1s")
                                : listener(gateway, i % 2 == 0, "bitget:BTCUSDT", "trade,candle:1m"));
            }
            try {
                cut(listeners, binance, bitget);
                listeners.forEach(CutListener::stopCutting);
                settle(() -> binance.connected() && bitget.connected());
                Thread.sleep(1500);
                binance.stopTrading();
                bitget.stopTrading();
                settle(() -> listeners.stream().allMatch(listener -> isUpToDate(listener, binance, bitget)));
                binance.breakRequests(0);
                bitget.breakRequests(0);
                Thread.sleep(AHEAD);
                for (CutListener listener : listeners) {
                    assertThat(listener.findFailure()).as("seed " + SEED).isEmpty();
                    assertThat(listener.resumed()).as("seed " + SEED).isGreaterThanOrEqualTo(RESUMED);
                    listener.received().forEach((channel, events) -> check(channel, events, gateway, binance, bitget));
                }
                assertThat(binance.opened()).isGreaterThan(1);
            } finally {
                for (CutListener listener : listeners) {
                    listener.close();
                }
            }
        }
    }

    private CutListener listener(TestGateway gateway, boolean webSocket, String symbols, String kinds) {
        return new CutListener(gateway.port(), webSocket, symbols, kinds, random.nextLong());
    }

    private void cut(List<CutListener> listeners, ScriptedExchange... exchanges) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        long latest = end + SETTLING.toNanos();
        Thread.sleep(1500);
        while (System.nanoTime() < end
                || (System.nanoTime() < latest
                        && listeners.stream().anyMatch(listener -> listener.resumed() < RESUMED))) {
            ScriptedExchange exchange = exchanges[random.nextInt(exchanges.length)];
            exchange.breakRequests(random.nextInt(30));
            exchange.cut();
            Thread.sleep(random.nextInt(SECONDS > 60 ? 8000 : 3000));
        }
    }

    private static void settle(BooleanSupplier settled) throws InterruptedException {
        long end = System.nanoTime() + SETTLING.toNanos();
        while (!settled.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return; // the checks tell what is missing
            }
            Thread.sleep(100);
        }
    }

    private static ScriptedMarket market(String channel, ScriptedExchange binance, ScriptedExchange bitget) {
        return channel.startsWith("bitget")
                ? bitget.market("BTCUSDT")
                : binance.market(channel.contains("BTC") ? "BTCUSDT" : "ETHUSDT");
    }

    private static boolean isUpToDate(CutListener listener, ScriptedExchange binance, ScriptedExchange bitget) {
        Map<String, ReceivedEvents> received = listener.received();
        return received.size() >= 2
                && received.entrySet().stream().allMatch(entry -> {
                    Print last =
                            market(entry.getKey(), binance, bitget).latest(1).getFirst();
                    Instant time = Instant.ofEpochMilli(last.millis());
                    if (entry.getKey().endsWith("trade")) {
                        var trades = entry.getValue().trades();
                        return entry.getValue().announced(time)
                                || (!trades.isEmpty() && trades.lastKey() >= last.number());
                    }
                    var complete = entry.getValue().complete();
                    Duration open = entry.getKey().startsWith("bitget") ? Duration.ofMinutes(2) : Duration.ofSeconds(2);
                    return !complete.isEmpty() && complete.lastKey().isAfter(time.minus(open));
                });
    }

    private static void check(
            String channel,
            ReceivedEvents events,
            TestGateway gateway,
            ScriptedExchange binance,
            ScriptedExchange bitget) {
        String what = "seed " + SEED + ", " + channel;
        events.assertInOrder(what);
        if (channel.endsWith("trade")) {
            checkTrades(what, events, market(channel, binance, bitget));
        } else {
            Instant last = Instant.ofEpochMilli(
                    market(channel, binance, bitget).latest(1).getFirst().millis());
            checkCandles(what, events, new TreeMap<>(events.complete().headMap(last)), gateway);
        }
    }

    private static void checkTrades(String what, ReceivedEvents events, ScriptedMarket market) {
        NavigableMap<Long, JsonNode> trades = events.trades();
        assertThat(trades).as(what + ", last " + events.last()).hasSizeGreaterThan(50);
        List<String> missing = new ArrayList<>();
        for (Print print : market.after(trades.firstKey() - 1)) {
            JsonNode trade = trades.get(print.number());
            Instant time = Instant.ofEpochMilli(print.millis());
            if (trade == null) {
                if (!events.announced(time)) {
                    missing.add(print + " at " + time);
                }
            } else {
                assertThat(trade.get("price").asString())
                        .as(what)
                        .isEqualTo(print.price().toPlainString());
                assertThat(Instant.parse(trade.get("time").asString())).as(what).isEqualTo(time);
            }
        }
        assertThat(missing)
                .as(what + ": neither received nor announced " + events.gaps())
                .isEmpty();
    }

    /** Every candle from the first complete one on is complete or announced, and REST says the same about it. */
    private static void checkCandles(
            String what, ReceivedEvents events, NavigableMap<Instant, JsonNode> complete, TestGateway gateway) {
        assertThat(complete).as(what).isNotEmpty();
        boolean minutes = what.endsWith("1m");
        Duration interval = minutes ? Duration.ofMinutes(1) : Duration.ofSeconds(1);
        Instant end = complete.lastKey().plus(interval);
        String path = "/api/v1/candles/"
                + (minutes ? "bitget/BTCUSDT?interval=1m" : "binance/" + symbol(what) + "?interval=1s")
                + "&limit=1000&from=" + complete.firstKey() + "&to=" + end;
        TreeMap<Instant, JsonNode> later = new TreeMap<>();
        gateway.get(path, "Cache-Control", "no-cache")
                .json()
                .at("/data/candles")
                .forEach(candle ->
                        later.put(Instant.parse(candle.get("open_time").asString()), candle));
        List<String> wrong = new ArrayList<>();
        for (Instant at = complete.firstKey(); at.isBefore(end); at = at.plus(interval)) {
            JsonNode received = complete.get(at);
            if (received == null) {
                if (!events.announced(at)) {
                    wrong.add("no complete candle of " + at);
                }
            } else if (later.get(at) == null || !same(received, later.get(at))) {
                wrong.add(received + " is later " + later.get(at));
            }
        }
        assertThat(wrong).as(what + ", announced " + events.gaps()).isEmpty();
    }

    private static String symbol(String what) {
        return what.contains("BTC") ? "BTCUSDT" : "ETHUSDT";
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return MEMBERS.stream()
                .allMatch(member -> new BigDecimal(a.get(member).asString())
                                .compareTo(new BigDecimal(b.get(member).asString()))
                        == 0);
    }
}
