package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trades of a provider that returns fewer in one request than the API does by default. */
class LimitedTradesTest {
    private static final String PATH = "/v5/market/recent-trade";

    @TempDir
    Path folder;

    @Test
    void as_many_as_there_are_come_without_a_limit_and_more_are_refused() {
        String body = """
                {"retCode": 0, "retMsg": "OK", "result": {"category": "spot", "list": [
                  {"execId": "1", "symbol": "BTCUSDT", "price": "42000.5", "size": "0.25", "side": "Buy",
                   "time": "%d", "isBlockTrade": false}]}, "retExtInfo": {}, "time": 1704103200500}
                """.formatted(System.currentTimeMillis());
        try (var upstream = PlaybackServer.start().on(PATH, PlaybackServer.json(body));
                var gateway = TestGateway.live(folder, "bybit", upstream)) {
            ContractClient.Answer few = gateway.get("/api/v1/trades/bybit/BTCUSDT");
            assertThat(few.status()).as(few.text()).isEqualTo(200);
            assertThat(few.json().at("/data/trades/0/price").asString()).isEqualTo("42000.5");
            assertThat(upstream.asked(PATH))
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.parameters()).containsEntry("limit", "60"));
            ContractClient.Answer many = gateway.get("/api/v1/trades/bybit/BTCUSDT?limit=100");
            assertThat(many.status()).as(many.text()).isEqualTo(422);
            assertThat(upstream.asked(PATH)).hasSize(1);
        }
    }
}
