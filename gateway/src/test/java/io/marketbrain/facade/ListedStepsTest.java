package io.marketbrain.facade;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of prices and sizes, and trades by number, of live providers: from what they sent. */
class ListedStepsTest {
    private static RecordedUpstream upstream;
    private static TestGateway gateway;
    private static FacadeClient compat;

    @BeforeAll
    static void start(@TempDir Path folder) {
        upstream = new RecordedUpstream();
        gateway = upstream.gateway(folder);
        compat = new FacadeClient(gateway.port(), "/compat");
    }

    @AfterAll
    static void stop() {
        compat.close();
        gateway.close();
        upstream.close();
    }

    private static JsonValue named(JsonValue list, String member, String name) throws MalformedPayload {
        for (JsonValue item : list.items()) {
            if (item.at(member).text().equals(name)) {
                return item;
            }
        }
        throw new AssertionError("no " + name);
    }

    @Test
    void binances_filters_are_those_of_its_list() throws MalformedPayload {
        JsonValue filters = named(compat.json("/binance/api/v3/exchangeInfo").at("symbols"), "symbol", "ETHBTC")
                .at("filters");
        assertThat(named(filters, "filterType", "PRICE_FILTER").at("tickSize").text())
                .isEqualTo("0.00000100");
        assertThat(named(filters, "filterType", "LOT_SIZE").at("stepSize").text())
                .isEqualTo("0.00100000");
    }

    @Test
    void krakens_decimals_are_those_of_its_list() throws MalformedPayload {
        compat.json("/kraken/0/public/AssetPairs"); // as clients do first, which brings the list
        JsonValue pair = compat.json("/kraken/0/public/AssetPairs?pair=DASHEUR")
                .at("result")
                .at("DASHEUR");
        assertThat(pair.at("pair_decimals").integer()).isEqualTo(3);
        assertThat(pair.at("lot_decimals").integer()).isEqualTo(8);
        assertThat(pair.at("tick_size").text()).isEqualTo("0.001");
    }

    @Test
    void coinbases_increments_are_those_of_its_list() throws MalformedPayload {
        JsonValue product = named(compat.json("/coinbase/products"), "id", "DNT-USDC");
        assertThat(product.at("quote_increment").text()).isEqualTo("0.000001");
        assertThat(product.at("base_increment").text()).isEqualTo("1");
    }

    @Test
    void trades_are_found_by_number_where_the_latest_reach_it() throws MalformedPayload {
        JsonValue trades = compat.json("/binance/api/v3/aggTrades?symbol=BTCUSDT&fromId=445572812&limit=2");
        assertThat(trades.at(0).at("a").integer()).isEqualTo(445572812L);
        assertThat(trades.items()).hasSize(2);
        HttpResponse<String> both =
                compat.get("/binance/api/v3/aggTrades?symbol=BTCUSDT&fromId=445572812&startTime=1603949112567");
        assertThat(both.statusCode()).isEqualTo(400);
        assertThat(both.body()).contains("-1128");
    }
}
