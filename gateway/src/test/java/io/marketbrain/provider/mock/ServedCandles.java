package io.marketbrain.provider.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway with the mock market of seed 42, and its candles as served over HTTP. */
final class ServedCandles implements AutoCloseable {
    private static final int PAGE = 5000;

    /** One row of the CSV that the API serves. */
    record Row(
            Instant openTime, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, BigDecimal volume) {}

    private final Gateway gateway;
    private final HttpClient client = HttpClient.newHttpClient();

    ServedCandles(Instant now) {
        this(at(now));
    }

    ServedCandles(MockConfig mock) {
        gateway = new Gateway(GatewayConfig.defaults()
                .withServer(new ServerConfig("127.0.0.1", 0))
                .withMock(mock));
    }

    /** Seed 42 with a fixed clock. */
    static MockConfig at(Instant now) {
        return new MockConfig(42, Optional.of(now), false, FaultInjection.NONE, MockConfig.MAX_MARKETS, Map.of());
    }

    HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + gateway.port() + pathAndQuery);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Every candle that opens in {@code [from, to)}, page by page. */
    List<Row> candles(String provider, String symbol, String interval, Instant from, Instant to)
            throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        Instant start = from;
        while (start.isBefore(to)) {
            List<Row> page = page(provider, symbol, interval, start, to);
            rows.addAll(page);
            if (page.size() < PAGE) {
                return rows;
            }
            start = page.getLast().openTime().plusMillis(1);
        }
        return rows;
    }

    private List<Row> page(String provider, String symbol, String interval, Instant from, Instant to)
            throws IOException, InterruptedException {
        var response = get("/api/v1/candles/" + provider + "/" + symbol + "?format=csv&interval=" + interval + "&from="
                + from + "&to=" + to + "&limit=" + PAGE);
        assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
        List<Row> rows = new ArrayList<>();
        response.body().lines().skip(1).forEach(line -> {
            String[] cells = line.split(",", -1);
            assertThat(cells[9]).isEqualTo("mock");
            rows.add(new Row(
                    Instant.parse(cells[0]),
                    new BigDecimal(cells[1]),
                    new BigDecimal(cells[2]),
                    new BigDecimal(cells[3]),
                    new BigDecimal(cells[4]),
                    new BigDecimal(cells[5])));
        });
        return rows;
    }

    @Override
    public void close() {
        gateway.close();
    }
}
