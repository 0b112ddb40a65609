package io.marketbrain.facade.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MCP over HTTP on a complete gateway, in both protocols. */
class McpTest {
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"%s\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private static TestGateway gateway;
    private static McpClient client;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = TestGateway.with(folder, "MOCK_CLOCK", "2024-02-21T09:00:00Z");
        client = new McpClient(gateway.port());
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void discovery_names_the_versions_and_the_server() throws MalformedPayload {
        JsonValue result = client.stateless("server/discover", "").json().at("result");
        assertThat(result.at("supportedVersions").at(0).text()).isEqualTo("2026-07-28");
        assertThat(result.at("capabilities").at("tools").isObject()).isTrue();
        assertThat(result.at("_meta")
                        .at("io.modelcontextprotocol/serverInfo")
                        .at("name")
                        .text())
                .isEqualTo("market-intel-brain");
        assertThat(result.at("ttlMs").integer()).isPositive();
    }

    @Test
    void the_tools_are_few_and_cost_few_tokens() throws MalformedPayload {
        McpClient.Reply reply = client.stateless("tools/list", "");
        JsonValue result = reply.json().at("result");
        assertThat(result.at("tools").items()).hasSizeLessThanOrEqualTo(6);
        assertThat(result.at("cacheScope").text()).isEqualTo("public");
        for (JsonValue tool : result.at("tools").items()) {
            assertThat(tool.at("inputSchema").at("type").text()).isEqualTo("object");
            assertThat(tool.at("inputSchema").at("properties").find("max_tokens"))
                    .isPresent();
            assertThat(tool.at("annotations").at("readOnlyHint").bool()).isTrue();
        }
        assertThat(reply.text()).hasSizeLessThan(5000); // OfficialMcpClientsTest counts the tokens
    }

    @Test
    void an_older_client_shakes_hands_and_calls_without_a_session() throws MalformedPayload {
        JsonValue hello = client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
                        + "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"
                        + "\"clientInfo\":{\"name\":\"old\",\"version\":\"1\"}}}")
                .json();
        assertThat(hello.at("id").integer()).isEqualTo(1);
        assertThat(hello.at("result").at("protocolVersion").text()).isEqualTo("2025-06-18");
        assertThat(hello.at("result").at("serverInfo").at("name").text()).isEqualTo("market-intel-brain");
        assertThat(client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .status())
                .isEqualTo(202);
        String version = "MCP-Protocol-Version";
        assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}", version, "2025-11-25")
                        .text())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}");
        JsonValue list = client.post("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}", version, "2025-06-18")
                .json();
        assertThat(list.at("result").at("tools").items()).isNotEmpty();
        assertThat(list.at("result").findMember("resultType")).isEmpty();
        JsonValue called = client.post("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":"
                        + "{\"name\":\"quotes\",\"arguments\":{\"symbols\":[\"binance:BTCUSDT\"]}}}")
                .json();
        assertThat(called.at("result").at("content").at(0).at("text").text()).contains("binance:BTC/USDT,");
        assertThat(client.get().status()).isEqualTo(405);
    }

    @Test
    void a_version_that_is_unknown_is_answered_with_those_that_are_known() throws MalformedPayload {
        String params = META.formatted("2030-01-01");
        McpClient.Reply reply = client.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{" + params + "}}",
                "MCP-Protocol-Version",
                "2030-01-01",
                "Mcp-Method",
                "tools/list");
        assertThat(reply.status()).isEqualTo(400);
        JsonValue error = reply.json().at("error");
        assertThat(error.at("code").integer()).isEqualTo(-32022);
        assertThat(error.at("data").at("requested").text()).isEqualTo("2030-01-01");
        assertThat(error.at("data").at("supported").at(0).text()).isEqualTo("2026-07-28");
    }

    /** Bodies have ' for " and {meta} for what a request has to carry. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'jsonrpc':'2.0' | - | 400 | -32700",
                "[{'jsonrpc':'2.0','id':1,'method':'ping'}] | - | 400 | -32600",
                "{'jsonrpc':'1.0','id':1,'method':'ping'} | - | 400 | -32600",
                "{'jsonrpc':'2.0','id':1,'result':{}} | - | 400 | -32600",
                "{'jsonrpc':'2.0','id':null,'method':'ping'} | - | 400 | -32600",
                "{'jsonrpc':'2.0','id':1,'method':'resources/list'} | - | 200 | -32601",
                "{'jsonrpc':'2.0','id':1,'method':'ping'} | MCP-Protocol-Version=1999-01-01 | 400 | -32022",
                "{'jsonrpc':'2.0','id':1,'method':'server/discover'} | - | 400 | -32602",
                "{'jsonrpc':'2.0','id':1,'method':'tools/list','params':{}} | MCP-Protocol-Version=2026-07-28 | 400 | -32602",
                "{'jsonrpc':'2.0','id':1,'method':'tools/list','params':{{meta}}} | - | 400 | -32020",
                "{'jsonrpc':'2.0','id':1,'method':'tools/list','params':{{meta}}} | MCP-Protocol-Version=2025-11-25 | 400 | -32020",
                "{'jsonrpc':'2.0','id':1,'method':'tools/list','params':{{meta}}} | MCP-Protocol-Version=2026-07-28;Mcp-Method=tools/call | 400 | -32020",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{{meta},'name':'quotes'}} | MCP-Protocol-Version=2026-07-28;Mcp-Method=tools/call | 400 | -32020",
                "{'jsonrpc':'2.0','id':1,'method':'prompts/list','params':{{meta}}} | MCP-Protocol-Version=2026-07-28;Mcp-Method=prompts/list | 404 | -32601",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{{meta},'name':'buy'}} | MCP-Protocol-Version=2026-07-28;Mcp-Method=tools/call;Mcp-Name=buy | 200 | -32602",
            })
    void faults_have_the_codes_of_the_protocol(String body, String headers, int status, int code)
            throws MalformedPayload {
        String message = body.replace('\'', '"').replace("{meta}", META.formatted("2026-07-28"));
        String[] pairs = headers.equals("-") ? new String[0] : headers.split("[=;]", -1);
        McpClient.Reply reply = client.post(message, pairs);
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().at("error").at("code").integer()).isEqualTo(code);
    }

    @Test
    void a_header_may_be_encoded() {
        McpClient.Reply reply = client.stateless(
                "tools/call", "\"name\":\"status\",\"arguments\":{}", "Mcp-Name", "=?base64?c3RhdHVz?=");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "quotes | {'symbols':['binance:BTCUSDT','yahoo:AAPL','EUR/USD']}",
                "candles | {'symbol':'binance:BTCUSDT','interval':'1h','limit':500}",
                "candles | {'symbol':'yahoo:AAPL','from':'2023-01-01','to':'2024-01-01'}",
                "records | {'kind':'book','subject':'binance:BTCUSDT','limit':500}",
                "records | {'kind':'trades','subject':'binance:BTCUSDT','limit':500}",
                "records | {'kind':'series','subject':'fred:CPIAUCSL','limit':200}",
                "records | {'kind':'news','subject':'newsapi:bitcoin'}",
                "convert | {'amount':'100.50','from':'USD','to':'EUR'}",
                "search | {'text':'coin'}",
                "status | {}",
            })
    void answers_fit_and_say_where_they_come_from(String tool, String arguments) throws MalformedPayload {
        for (int most : new int[] {200, 1000}) {
            String text = client.call(
                    tool,
                    arguments
                            .replace('\'', '"')
                            .replaceFirst("}$", (arguments.equals("{}") ? "" : ",") + "\"max_tokens\":" + most + "}"));
            assertThat(TokenEstimate.of(text)).as(text).isLessThanOrEqualTo(most);
            assertThat(text).containsPattern("(?i)source|mock");
            assertThat(text).containsPattern("http://127\\.0\\.0\\.1:[0-9]+/api/v1/");
        }
    }

    @Test
    void the_address_leads_to_all_rows() throws Exception {
        String text = client.call(
                "candles", "{\"symbol\":\"binance:BTCUSDT\",\"interval\":\"1h\",\"limit\":300,\"max_tokens\":400}");
        assertThat(text).contains("300 candles from").containsPattern("The latest [0-9]+ of 300 rows");
        String address = text.substring(text.indexOf("Full CSV: ") + 10);
        String csv = new String(
                gateway.get(address.substring(address.indexOf("/api/"))).body(), StandardCharsets.UTF_8);
        assertThat(csv.lines().count()).isEqualTo(301);
        String last = csv.lines().reduce((_, later) -> later).orElseThrow();
        String shown = text.lines()
                .filter(line -> line.startsWith("2024-"))
                .reduce((_, later) -> later)
                .orElseThrow();
        assertThat(last.split(",", -1)[4]).isEqualTo(shown.split(",", -1)[4]);
    }

    @ParameterizedTest
    @CsvSource({"binance:BTCUSDT, 20", "hyperliquid:BTC, 10"})
    void the_address_of_trades_leads_to_as_many_as_are_shown(String subject, int trades) throws Exception {
        String text = client.call("records", "{\"kind\":\"trades\",\"subject\":\"" + subject + "\"}");
        String address = text.substring(text.indexOf("Full CSV: ") + 10);
        assertThat(address).contains("limit=" + trades);
        String csv = new String(
                gateway.get(address.substring(address.indexOf("/api/"))).body(), StandardCharsets.UTF_8);
        assertThat(csv.lines().count()).isEqualTo(trades + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "quotes | {'symbols':['binance:NOSUCHCOIN']} | call search",
                "quotes | {'symbols':['BTC']} | ask the user which is meant",
                "quotes | {} | it is required",
                "quotes | {'symbol':'binance:BTCUSDT'} | quotes takes symbols, at, max_tokens",
                "candles | {'symbol':'binance:BTCUSDT','interval':'7m'} | one of",
                "candles | {'symbol':'binance:BTCUSDT','from':'2099-01-01'} | not in the future",
                "quotes | {'symbols':['binance:BTCUSDT'],'max_tokens':10} | whole number from 200",
                "records | {'kind':'series','subject':'CPIAUCSL'} | provider:id",
                "records | {'kind':'news','subject':'bitcoin'} | provider:words, such as newsapi:bitcoin",
                "convert | {'from':'USD','to':'no code'} | the code of a currency",
                "search | {'text':'zzzzqqqq','type':'index'} | Next: ",
                "status | {'provider':'nosuch'} | call status",
            })
    void errors_tell_the_agent_what_to_do(String tool, String arguments, String words) throws MalformedPayload {
        assertThat(client.call(tool, arguments.replace('\'', '"'), true)).contains(words);
    }

    /** An agent pays for each word: what is allowed is said once. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "quotes | {'symbols':['BTC']} | BTC/USDT",
                "candles | {'symbol':'binance:BTCUSDT','from':'last week'} | RFC 3339",
                "quotes | {'symbols':['nobody:AAPL']} | nobody",
            })
    void errors_say_nothing_twice(String tool, String arguments, String words) throws MalformedPayload {
        String text = client.call(tool, arguments.replace('\'', '"'), true);
        assertThat(text.split(words, -1)).as(text).hasSizeLessThanOrEqualTo(words.equals("nobody") ? 3 : 2);
        assertThat(text).hasSizeLessThan(260);
    }

    @Test
    void a_search_that_no_list_confirms_says_so() throws MalformedPayload {
        assertThat(client.call("search", "{\"text\":\"apple\"}"))
                .contains("No list has 'apple': these are only symbols of that form")
                .contains("Shares are found by their tickers (AAPL), not by names");
        assertThat(client.call("search", "{\"text\":\"bitcoin\"}")).doesNotContain("No list");
    }

    @Test
    void a_call_that_costs_money_is_not_made_without_a_budget(@TempDir Path folder) throws MalformedPayload {
        String[] paid = {"BINANCE_MODE", "live", "BINANCE_BASE_URL", "http://127.0.0.1:1", "costs.binance", "0.01"};
        String question = "{\"symbols\":[\"binance:BTCUSDT\"]}";
        try (TestGateway other = TestGateway.with(folder, paid);
                var agent = new McpClient(other.port())) {
            assertThat(agent.call("quotes", question, true))
                    .contains("costs money, and no budget limits what is spent")
                    .contains("do not retry");
            assertThat(agent.call("status", "{}")).contains("no budgets");
        }
        String[] limited = java.util.Arrays.copyOf(paid, paid.length + 2);
        limited[paid.length] = "budgets.agents.limit";
        limited[paid.length + 1] = "5";
        try (TestGateway other = TestGateway.with(folder.resolve("limited"), limited);
                var agent = new McpClient(other.port())) {
            assertThat(agent.call("quotes", question, true)).doesNotContain("costs money");
            assertThat(agent.call("status", "{}")).contains("budget agents: 5 of 5 left");
        }
    }
}
