package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.config.ConfigInputs;
import io.marketbrain.config.ConfigLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.facade.FacadeName;
import io.marketbrain.facade.FacadeSocketClient;
import io.marketbrain.http.RawClient;
import io.marketbrain.http.WebSocketClient;
import io.marketbrain.provider.descriptor.Descriptors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the APIs of other programs are served: below a path, at a port or a host name of their own, or nowhere. */
@Timeout(60)
class FacadePlacesTest {
    /** A path of each API that answers with 200, below its prefix. */
    private static final Map<FacadeName, String> PATHS = Map.of(
            FacadeName.BINANCE, "/api/v3/ping",
            FacadeName.KRAKEN, "/0/public/Time",
            FacadeName.COINBASE, "/time",
            FacadeName.UDF, "/time",
            FacadeName.PORTFOLIO, "/latest/mock/AAPL",
            FacadeName.COINGECKO, "/api/v3/ping",
            FacadeName.OPENBB, "/quotes?symbols=mock:AAPL");

    private static String[] settings(String end, String value) {
        List<String> settings = new ArrayList<>();
        for (FacadeName name : FacadeName.values()) {
            settings.addAll(List.of(name.key() + end, value));
        }
        return settings.toArray(String[]::new);
    }

    /** A path of an API at the root of its port or host; of OpenBB what Workspace reads, which leads to the others. */
    private static String atRoot(FacadeName name) {
        return name == FacadeName.OPENBB ? "/widgets.json" : PATHS.getOrDefault(name, "/");
    }

    /** Whether our own paths stand beside it. */
    private static boolean isBesideOurs(FacadeName name) {
        return name == FacadeName.MCP || name == FacadeName.OPENBB;
    }

    private static int status(FacadeClient client, FacadeName name, String path) {
        return name == FacadeName.MCP
                ? client.send("POST", path).statusCode()
                : client.get(path).statusCode();
    }

    @Test
    void each_can_be_switched_on_and_off(@TempDir Path folder) {
        try (TestGateway on = TestGateway.with(folder.resolve("on"), settings(".enabled", "true"));
                TestGateway off = TestGateway.with(folder.resolve("off"), settings(".enabled", "false"));
                var served = new FacadeClient(on.port(), "");
                var refused = new FacadeClient(off.port(), "")) {
            for (FacadeName name : FacadeName.values()) {
                String path = name.prefix() + PATHS.getOrDefault(name, "");
                assertThat(status(served, name, path))
                        .as(name.key())
                        .isEqualTo(name == FacadeName.MCP ? 415 : 200); // no message
                assertThat(status(refused, name, path)).as(name.key()).isEqualTo(404);
                assertThat(status(refused, name, "/at/2024-02-21" + path))
                        .as(name.key())
                        .isEqualTo(404);
            }
            assertThat(refused.get("/widgets.json").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void each_stands_at_the_root_of_a_port_of_its_own(@TempDir Path folder) {
        List<String> settings = new ArrayList<>(List.of(settings(".port", "0")));
        settings.addAll(List.of("facades.openbb.enabled", "true"));
        try (TestGateway gateway = TestGateway.with(folder, settings.toArray(String[]::new))) {
            for (FacadeName name : FacadeName.values()) {
                int port = gateway.facadePort(name);
                try (var client = new FacadeClient(port, "")) {
                    assertThat(status(client, name, atRoot(name)))
                            .as(name.key())
                            .isEqualTo(name == FacadeName.MCP ? 415 : 200);
                    assertThat(client.get("/api/v1/status").statusCode() == 200)
                            .as("our own API at the port of " + name.key())
                            .isEqualTo(isBesideOurs(name));
                }
            }
            try (var kraken = new FacadeSocketClient(gateway.facadePort(FacadeName.KRAKEN), "/v2");
                    var binance = new FacadeSocketClient(
                            gateway.facadePort(FacadeName.BINANCE), "/at/2024-02-21/ws/btcusdt@bookTicker");
                    var coinbase = new FacadeSocketClient(gateway.facadePort(FacadeName.COINBASE), "/")) {
                assertThat(kraken.next()).startsWith("{\"channel\":\"status\"");
                assertThat(binance.next()).contains("\"s\":\"BTCUSDT\"");
                assertThat(coinbase.say(
                                        "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"ticker\"]}")
                                .next())
                        .startsWith("{\"type\":\"subscriptions\"");
            }
        }
    }

    /** The addresses that an agent is told lead to all rows, also where it came by another port and asked about another time. */
    @Test
    void addresses_of_full_tables_are_served_where_the_agent_asks(@TempDir Path folder) {
        try (TestGateway gateway = TestGateway.with(folder, "facades.mcp.port", "0");
                var agent = new FacadeClient(gateway.facadePort(FacadeName.MCP), "")) {
            for (String call : List.of(
                    "candles|{\"symbol\":\"binance:BTCUSDT\",\"interval\":\"1h\",\"limit\":30}",
                    "quotes|{\"symbols\":[\"binance:BTCUSDT\",\"yahoo:AAPL\"]}",
                    "records|{\"kind\":\"series\",\"subject\":\"fred:CPIAUCSL\",\"from\":\"2020-01-01\"}")) {
                String[] parts = call.split("\\|", -1);
                for (String time : List.of("", "/at/2024-02-21T09:00:00Z")) {
                    String text = agent.post(
                                    time + "/",
                                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                                            + parts[0] + "\",\"arguments\":" + parts[1] + "}}")
                            .body();
                    String address = text.replaceFirst(".*(http://127[^\"\\\\ ]+).*", "$1");
                    String target = address.substring(address.indexOf('/', "http://".length()));
                    assertThat(target).as(text).startsWith(time + "/api/v1/");
                    assertThat(agent.get(target).statusCode()).as(address).isEqualTo(200);
                    assertThat(agent.get(target).headers().firstValue("X-Simulated-Time"))
                            .isEqualTo(time.isEmpty() ? Optional.empty() : Optional.of("2024-02-21T09:00:00Z"));
                }
            }
        }
    }

    private static RawClient.Answer get(TestGateway gateway, String host, String path) throws IOException {
        try (var client = new RawClient(gateway.port())) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .answer();
        }
    }

    @Test
    void each_stands_at_the_root_of_a_host_name_of_its_own(@TempDir Path folder) throws IOException {
        List<String> settings = new ArrayList<>(List.of("facades.openbb.enabled", "true"));
        for (FacadeName name : FacadeName.values()) {
            settings.addAll(List.of(name.key() + ".host", name.name() + ".Localhost"));
        }
        try (TestGateway gateway = TestGateway.with(folder, settings.toArray(String[]::new))) {
            for (FacadeName name : PATHS.keySet()) {
                String host = name.name().toLowerCase(Locale.ROOT) + ".localhost:8000";
                assertThat(get(gateway, host, atRoot(name)).status()).as(host).isEqualTo(200);
                assertThat(get(gateway, host, "/api/v1/status").status() == 200)
                        .as("our own API at " + host)
                        .isEqualTo(isBesideOurs(name));
            }
            assertThat(get(gateway, "binance.localhost", "/at/2024-02-21T09:00:00Z/api/v3/time")
                            .body())
                    .isEqualTo("{\"serverTime\":1708506000000}");
            assertThat(get(gateway, "mcp.localhost", "/at/2024-02-21T09:00:00Z").status())
                    .as("the root at a time, without a slash")
                    .isEqualTo(405);
            assertThat(get(gateway, "localhost", "/compat/binance/api/v3/ping").status())
                    .as("below its path as well")
                    .isEqualTo(200);
            assertThat(get(gateway, "localhost", "/api/v3/ping").status()).isEqualTo(404);
            assertThat(get(gateway, "other.localhost", "/compat/binance/api/v3/ping")
                            .status())
                    .as("an unknown host name")
                    .isEqualTo(421);
            try (var coinbase = WebSocketClient.open(gateway.port(), "coinbase.localhost", "/")) {
                coinbase.text("{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"ticker\"]}");
                assertThat(coinbase.next().text()).startsWith("{\"type\":\"subscriptions\"");
            }
        }
    }

    @Test
    void a_host_name_is_that_of_one_api_and_not_that_of_our_own(@TempDir Path folder) {
        assertThat(refusal(folder, Map.of("facades.binance.host", "LocalHost")))
                .contains("facades.binance.host")
                .contains("other than localhost, 127.0.0.1, [::1]");
        assertThat(refusal(folder, Map.of("facades.binance.host", "x.localhost:80")))
                .contains("without a port");
        assertThat(refusal(folder, Map.of("facades.binance.host", "x.localhost", "facades.kraken.host", "X.localhost")))
                .contains("must be different host names");
        assertThat(refusal(folder, Map.of("facades.binance.host", "gateway.lan", "access.hosts", "a.lan,Gateway.lan")))
                .contains("facades.binance.host is also in access.hosts");
    }

    private static String refusal(Path folder, Map<String, String> flags) {
        var inputs = new ConfigInputs(new HashMap<>(flags), Map.of(), Map.of(), folder, folder, Optional.empty());
        return ConfigLoader.load(inputs, Descriptors.builtIn()) instanceof ConfigResult.Refused refused
                ? refused.toString()
                : "accepted";
    }
}
