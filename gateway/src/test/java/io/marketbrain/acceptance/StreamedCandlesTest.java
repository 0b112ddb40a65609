package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.api.ContractClient;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.http.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole ranges of candles from the mock market, through the whole gateway. */
@Timeout(120)
class StreamedCandlesTest {
    private static final String MONTH =
            "/api/v1/candles/binance/BTCUSDT?interval=1m&from=2024-01-01&to=2024-02-01&format=csv";

    private final Gateway gateway = new Gateway(GatewayConfig.defaults().withServer(new ServerConfig("127.0.0.1", 0)));
    private final ContractClient client = new ContractClient(gateway.port());

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    private long figure(String layer, String name) {
        for (var report : client.get("/api/v1/layers").json().get("layers")) {
            if (report.get("name").asString().equals(layer)
                    && report.get("counters").has(name)) {
                return report.get("counters").get(name).asLong();
            }
        }
        throw new AssertionError("no " + name + " of " + layer);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            assertThat(i).isLessThan(400);
            Thread.sleep(50);
        }
    }

    @Test
    void a_month_of_minutes_is_complete_and_the_same_as_its_pages() {
        List<String> streamed = client.get(MONTH).text().lines().toList();
        assertThat(streamed).hasSize(1 + 44_640).doesNotHaveDuplicates();
        var paged = new ArrayList<String>();
        String target = MONTH + "&limit=5000";
        while (target != null) {
            var page = client.get(target);
            page.text().lines().skip(paged.isEmpty() ? 0 : 1).forEach(paged::add);
            String link = page.header("Link");
            target = link.isEmpty() ? null : link.substring(1, link.indexOf('>'));
        }
        assertThat(streamed).isEqualTo(paged);
    }

    @Test
    void a_stream_whose_client_does_not_read_does_not_block_other_clients() throws Exception {
        try (RawClient wire = new RawClient(gateway.port())) {
            wire.get("/api/v1/candles/binance/BTCUSDT?interval=1s&from=2024-01-01&to=2024-01-11&format=ndjson");
            until(() -> figure("server", "streams") == 1);
            assertThat(client.get("/api/v1/data/binance/BTCUSDT").status()).isEqualTo(200);
        }
        until(() -> figure("server", "streams") == 0);
        until(() -> figure("server", "streams_cut") == 1);
        assertThat(figure("server", "streams_failed")).isZero();
    }

    @Test
    void the_process_stops_within_its_grace_while_a_stream_is_not_read() throws Exception {
        try (RawClient wire = new RawClient(gateway.port())) {
            wire.get("/api/v1/candles/binance/BTCUSDT?interval=1s&from=2024-01-01&to=2024-01-11&format=ndjson");
            until(() -> figure("server", "streams") == 1);
            gateway.close();
        }
    }
}
