package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The lists of contracts of exchanges that have one for each kind of them, over a whole gateway. */
class ContractListsTest {
    private static final String GATE_SPOT = "/api/v4/spot/currency_pairs";
    private static final String GATE_SWAPS = "/api/v4/futures/usdt/contracts";
    private static final String GATE_INVERSE = "/api/v4/futures/btc/contracts";
    private static final String GATE_FUTURES = "/api/v4/delivery/usdt/contracts";

    @TempDir
    Path folder;

    private static PlaybackServer.Answer recorded(String provider, String name) {
        return PlaybackServer.json(Recording.of(provider, name).body());
    }

    private TestGateway gateway(String provider, PlaybackServer exchange) {
        return TestGateway.live(folder, provider, exchange);
    }

    private static PlaybackServer gate() {
        return PlaybackServer.start()
                .on(GATE_SPOT, recorded("gate", "v4_spot_currency_pairs--all-2026-06"))
                .on(GATE_SWAPS, recorded("gate", "v4_futures_usdt_contracts--docs"))
                .on(GATE_INVERSE, recorded("gate", "v4_futures_btc_contracts--docs"))
                .on(GATE_FUTURES, recorded("gate", "delivery--contracts"));
    }

    private static JsonNode search(TestGateway gateway, String query) {
        return gateway.get("/api/v1/symbols?online=true&limit=500&" + query).json();
    }

    private static List<String> instruments(JsonNode answer) {
        List<String> found = new ArrayList<>();
        answer.get("symbols")
                .forEach(symbol -> found.add(symbol.get("instrument").asString()));
        return found;
    }

    @ParameterizedTest(name = "{0} {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            gate   | /api/v4/futures/usdt/contracts         | v4_futures_usdt_contracts--docs               | swap   | BTC/USDT:USDT      | BTC_USDT.P      | 0.0001 | 0.1
            gate   | /api/v4/futures/btc/contracts          | v4_futures_btc_contracts--docs                | swap   | BTC/USD:BTC        | BTC_USD.P       | 1      | 0.1
            htx    | /linear-swap-api/v1/swap_contract_info | v1_swap_contract_info--linear-swap-api-2022-02 | swap  | FTM/USDT:USDT      | ftm-usdt.p      | 1.000000000000000000 | 0.000100000000000000
            htx    | /swap-api/v1/swap_contract_info        | v1_swap_contract_info--swap-api-2020-04       | swap   | ETH/USD:ETH        | eth-usd.p       | 10     | 0.01
            gate   | /api/v4/delivery/usdt/contracts        | delivery--contracts                           | future | BTC/USDT:USDT-260327 | BTC_USDT_20260327 | 0.0001 | 0.1
            htx    | /linear-swap-api/v1/swap_contract_info | v1_swap_contract_info--linear-futures         | future | BTC/USDT:USDT-260327 | btc-usdt-260327 | 0.001 | 0.1
            htx    | /api/v1/contract_contract_info         | v1_contract_contract_info--all-2021-07        | future | BTC/USD:BTC-210924 | btc210924       | 100.000000000000000000 | 0.010000000000000000
            bitget | /api/v2/mix/market/contracts           | v2_mix_market_contracts--usdc-docs            | swap   | BTC/USDC:USDC      | BTCPERP         | -      | 0.5
            bitget | /api/v2/mix/market/contracts           | v2_mix_market_contracts--coin-docs            | future | BTC/USD:BTC-260327 | BTCUSDH26       | -      | 0.5
            bybit  | /v5/market/instruments-info            | v5_market_instruments-info--linear-docs       | swap   | BTC/USDC:USDC      | BTCPERP         | -      | 0.50
            bybit  | /v5/market/instruments-info            | v5_market_instruments-info--linear-docs       | future | BTC/USDT:USDT-260102 | BTCUSDT-02JAN26 | -    | 0.50
            bitget | /api/v2/mix/market/contracts           | v2_mix_market_contracts--coin-docs            | swap   | BTC/USD:BTC        | BTCUSD          | -      | 0.5
            kucoin | /api/v1/contracts/active               | v1_contracts_active--docs                     | swap   | BTC/USDT:USDT      | XBTUSDTM        | 0.001  | 0.1
            deribit | /api/v2/public/get_instruments        | api_v2_public_get_instruments--success-2020-01 | swap | BTC/USD:BTC       | BTC-PERPETUAL   | 10.0   | 0.5
            mexc   | /api/v1/contract/detail                | contract--detail-docs                         | swap   | BTC/USD:BTC        | BTC_USD.P       | 100    | 0.5
            bybit  | /v5/market/instruments-info            | v5_market_instruments-info--inverse-docs      | future | ETH/USD:ETH-260327 | ETHUSDH26       | 1      | 0.50
            bybit  | /v5/market/instruments-info            | jk_GetLinearInverseSymbols--docs              | swap   | BTC/USDT:USDT      | BTCUSDT.P       | -      | 0.10
            okx    | /api/v5/public/instruments             | public_instruments--SWAP                      | swap   | BTC/USD:BTC        | BTC-USD-SWAP    | 100    | 0.1
            okx    | /api/v5/public/instruments             | public_instruments--FUTURES-docs              | future | BTC/USDT:USDT-260925 | BTC-USDT-260925 | 0.01 | 0.1
            """)
    void a_list_of_contracts_is_requested_and_names_what_they_settle_in(
            String provider,
            String path,
            String recording,
            String type,
            String instrument,
            String symbol,
            String size,
            String tick) {
        try (PlaybackServer exchange = PlaybackServer.start().on(path, recorded(provider, recording));
                var gateway = gateway(provider, exchange)) {
            JsonNode answer = search(gateway, "type=" + type + "&provider=" + provider);
            assertThat(instruments(answer)).as(answer.toString()).contains(instrument);
            for (JsonNode found : answer.get("symbols")) {
                if (found.get("instrument").asString().equals(instrument)) {
                    JsonNode at = found.at("/providers/0");
                    assertThat(at.get("symbol").asString()).isEqualTo(symbol);
                    assertThat(at.path("contract_size").asString("-")).isEqualTo(size);
                    assertThat(at.get("tick_size").asString()).isEqualTo(tick);
                    assertThat(found.get("settle").asString())
                            .isEqualTo(instrument.substring(instrument.indexOf(':') + 1)
                                    .split("-", -1)[0]);
                }
            }
        }
    }

    @Test
    void only_the_lists_of_the_type_are_requested_and_each_once() {
        try (PlaybackServer exchange = gate();
                var gateway = gateway("gate", exchange)) {
            JsonNode spot = search(gateway, "type=spot&provider=gate");
            assertThat(instruments(spot))
                    .hasSize(79)
                    .allSatisfy(one -> assertThat(one).doesNotContain(":"));
            assertThat(exchange.asked()).extracting(PlaybackServer.Asked::path).containsExactly(GATE_SPOT);

            JsonNode swaps = search(gateway, "type=swap&provider=gate");
            assertThat(instruments(swaps)).containsExactlyInAnyOrder("BTC/USDT:USDT", "BTC/USD:BTC", "SHIB/USDT:USDT");
            assertThat(exchange.asked())
                    .extracting(PlaybackServer.Asked::path)
                    .containsExactlyInAnyOrder(GATE_SPOT, GATE_SWAPS, GATE_INVERSE);

            JsonNode all = search(gateway, "type=crypto&provider=gate");
            assertThat(instruments(all)).hasSize(83).contains("BTC/USD:BTC", "BTC/USDT:USDT-260327");
            assertThat(exchange.asked()).hasSize(4);
            assertThat(all.get("lists"))
                    .hasSize(4)
                    .allSatisfy(
                            list -> assertThat(list.get("complete").asBoolean()).isTrue());
        }
    }

    @Test
    void a_list_that_cannot_be_had_is_named_beside_the_others() {
        try (PlaybackServer exchange = gate().on(GATE_INVERSE, PlaybackServer.status(503, "{}"));
                var gateway = gateway("gate", exchange)) {
            JsonNode swaps = search(gateway, "type=swap&provider=gate");
            assertThat(instruments(swaps)).contains("BTC/USDT:USDT");
            JsonNode had = swaps.at("/lists/0");
            assertThat(had.get("list").asString()).isEqualTo("swaps");
            assertThat(had.get("problem").isNull()).isTrue();
            JsonNode missing = swaps.at("/lists/1");
            assertThat(missing.get("list").asString()).isEqualTo("inverse_swaps");
            assertThat(missing.get("in_memory").asBoolean()).isFalse();
            assertThat(missing.get("complete").asBoolean()).isFalse();
            assertThat(missing.get("problem").asString()).contains("gate");
        }
    }

    @Test
    void a_delisted_stock_is_only_called_so_if_the_list_of_the_others_is_whole() {
        PlaybackServer.Answer delisted = recorded("polygon", "v3_reference_tickers--delisted-docs");
        PlaybackServer.Answer active = PlaybackServer.json("{\"status\":\"OK\",\"results\":[{\"ticker\":\"ATVI\"}]}");
        var failing = new AtomicBoolean(true);
        try (PlaybackServer provider = PlaybackServer.start().on("/v3/reference/tickers", (asked, line) -> {
                    boolean gone = asked.parameters().get("active").equals("false");
                    (gone ? delisted : failing.get() ? PlaybackServer.status(503, "{}") : active).send(asked, line);
                });
                var gateway = TestGateway.with(
                        folder,
                        "LIVE_PROVIDERS",
                        "polygon",
                        "POLYGON_API_KEY",
                        "planted",
                        "SYMBOLS_RETRY_AFTER",
                        "1s",
                        "POLYGON_BASE_URL",
                        "http://127.0.0.1:" + provider.port())) {
            String twitter = "provider=polygon&q=TWTR";
            assertThat(search(gateway, twitter).at("/symbols/0/providers/0").has("status"))
                    .isFalse();
            failing.set(false);
            JsonNode found = search(gateway, twitter);
            for (int i = 0; i < 100 && !found.at("/lists/0/complete").asBoolean(); i++) {
                pause();
                found = search(gateway, twitter);
            }
            assertThat(found.at("/symbols/0/providers/0/status").asString())
                    .as(found.toString())
                    .isEqualTo("delisted");
            assertThat(found.at("/symbols/0/providers/0/delisted_on").asString())
                    .isEqualTo("2022-10-28");
            assertThat(search(gateway, "provider=polygon&q=ATVI")
                            .at("/symbols/0/providers/0")
                            .has("status"))
                    .as("its symbol is in use")
                    .isFalse();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_spot_list_says_nothing_about_contracts() {
        try (PlaybackServer exchange = gate();
                var gateway = gateway("gate", exchange)) {
            search(gateway, "type=spot&provider=gate");
            JsonNode found =
                    gateway.get("/api/v1/symbols?provider=gate&q=BTC_USDT.P").json();
            assertThat(instruments(found)).as(found.toString()).contains("BTC/USDT:USDT");
        }
    }
}
