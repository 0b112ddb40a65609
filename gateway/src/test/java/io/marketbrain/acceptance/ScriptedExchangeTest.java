package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractDocument;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The exchange that other tests compare the gateway with. */
@Timeout(60)
class ScriptedExchangeTest {
    /** Its feed sends the bar of the second in which a client subscribes, which may be the first: requests must have it, too. */
    @Test
    void requests_have_the_bar_in_which_trading_began() throws Exception {
        try (var exchange = new ScriptedExchange(1, 0, 1, 25, "BTCUSDT");
                var client = HttpClient.newHttpClient()) {
            long second = Math.floorDiv(exchange.market("BTCUSDT").began(), 1000L) * 1000;
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(exchange.url() + "/api/v3/klines?symbol=BTCUSDT&interval=1s&limit=1000&startTime="
                                    + second))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(ContractDocument.JSON
                            .readTree(response.body())
                            .get(0)
                            .get(0)
                            .asLong())
                    .isEqualTo(second);
        }
    }
}
