package io.marketbrain.facade;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.PlaybackServer.Answer;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.WebSocketAnswer;
import io.marketbrain.provider.feed.RecordedFrames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Binance, Kraken and Coinbase on a local socket: every response, and every message of a feed, is one that was recorded from them. A
 * gateway whose live providers they are serves recorded bytes.
 */
public final class RecordedUpstream implements AutoCloseable {
    private static final String NO_SUCH_SYMBOL = "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}";

    private final PlaybackServer server = PlaybackServer.start();

    public RecordedUpstream() {
        server.on("/api/v3/exchangeInfo", body("binance", "v3_exchangeInfo--all-2021-10~2"))
                .on(
                        "/api/v3/ticker/24hr",
                        of(
                                "symbol",
                                Map.of(
                                        "DOGEUSDT",
                                        body("binance", "v3_ticker_24hr--DOGEUSDT-"),
                                        "BTCUSDT",
                                        body("binance", "v3_ticker_price--BTCUSDT-"))))
                .on("/api/v3/depth", of("symbol", Map.of("BTCUSDT", body("binance", "v3_depth--BTCUSDT-live-2026-07"))))
                .on("/api/v3/trades", of("symbol", Map.of("BTCUSDT", body("binance", "v3_trades--BTCUSDT-1000"))))
                .on("/api/v3/klines", of("symbol", Map.of("ETHBTC", body("binance", "v3_klines--ETHBTC-1d-1000"))))
                .on("/stream", new WebSocketAnswer(RecordedUpstream::feed))
                .on("/v2", channels("kraken/live-btc-eth", "\"channel\":\"%s\"", Map.of("trade", "trade")))
                .on(
                        "/",
                        channels(
                                "coinbase/skl-btc",
                                "\"type\":\"%s\"",
                                Map.of(
                                        "ticker",
                                        "ticker",
                                        "matches",
                                        "last_match|match",
                                        "level2_batch",
                                        "snapshot|l2update")))
                .on("/0/public/AssetPairs", body("kraken", "AssetPairs--all-2017-10"))
                .on("/0/public/Ticker", body("kraken", "connect_0_public_Ticker--valid-single"))
                .on("/0/public/Depth", body("kraken", "Depth--BCHEUR-2019-05"))
                .on("/products", body("coinbase", "products--all-2022-01~2"))
                .on("/products/BTC-USDT/ticker", body("coinbase", "products_ticker--ccxt-BTCUSDT"))
                .on("/products/BTC-USDT/trades", body("coinbase", "products_trades--ccxt-BTCUSDT"))
                .on("/products/BTC-USD/book", body("coinbase", "products_book--BTC-USD-level2-live-2026-07"));
    }

    private static Answer body(String provider, String recording) {
        return PlaybackServer.json(Recording.of(provider, recording).body());
    }

    /** An answer for each value of a parameter. */
    private static Answer of(String parameter, Map<String, Answer> answers) {
        return (asked, line) -> answers.getOrDefault(
                        asked.parameters().getOrDefault(parameter, ""), PlaybackServer.status(400, NO_SUCH_SYMBOL))
                .send(asked, line);
    }

    /** What Binance sent about BTC and ETH, after the first subscription. */
    private static void feed(WebSocketAnswer.Peer peer) throws IOException {
        peer.receive();
        for (String message : RecordedFrames.of("binance/live-btc-eth")) {
            peer.send(message);
        }
        while (true) {
            peer.receive(); // until the gateway leaves
        }
    }

    /**
     * What was recorded of each channel, when it is subscribed to.
     *
     * @param form what the messages of a type contain
     * @param types the types of messages, by channel
     */
    private static WebSocketAnswer channels(String recording, String form, Map<String, String> types) {
        return new WebSocketAnswer(peer -> {
            while (true) { // until the gateway leaves
                String asked = peer.receive();
                for (var channel : types.entrySet()) {
                    if (asked.contains("subscribe") && asked.contains("\"" + channel.getKey() + "\"")) {
                        for (String message : RecordedFrames.of(recording)) {
                            if (Stream.of(channel.getValue().split("\\|"))
                                    .anyMatch(type -> message.contains(form.formatted(type))
                                            && !message.contains("\"method\""))) {
                                if (message.contains("\"type\":\"match\"")) {
                                    Thread.sleep(300); // so that somebody listens when it comes, to whom it is new
                                }
                                peer.send(message);
                            }
                        }
                    }
                }
            }
        });
    }

    /** A gateway with these providers. */
    public TestGateway gateway(Path folder, String... more) {
        String url = server.url().toString();
        List<String> settings = new ArrayList<>(List.of("LIVE_PROVIDERS", "binance,kraken,coinbase"));
        for (String provider : List.of("BINANCE", "KRAKEN", "COINBASE")) {
            settings.addAll(List.of(provider + "_BASE_URL", url));
        }
        settings.addAll(List.of(more));
        return TestGateway.with(folder, settings.toArray(String[]::new));
    }

    @Override
    public void close() {
        server.close();
    }
}
