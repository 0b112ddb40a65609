package io.marketbrain.facade.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.AskedFile;
import io.marketbrain.facade.AskedProxy;
import io.marketbrain.facade.NpmPackages;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.provider.PlaybackServer.Asked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official TypeScript clients of MCP: 2.x for protocol 2026-07-28 over HTTP and stdio, 2.x and 1.x for the handshake before. The tokens that they
 * get are counted with the vocabulary o200k; the table in docs/mcp.md is the file that this test writes.
 */
@Timeout(300)
class OfficialMcpClientsTest {
    private static final Path TABLE = Path.of("target", "mcp-tokens.md");

    private static JsonValue seen;
    private static List<String> asked;
    private static List<String> said;

    @BeforeAll
    static void run(@TempDir Path folder) throws MalformedPayload, IOException {
        NpmPackages npm = NpmPackages.install(
                "@modelcontextprotocol/client@2.4.0", "@modelcontextprotocol/sdk@1.32.2", "gpt-tokenizer@4.0.0");
        try (TestGateway gateway = TestGateway.with(folder, "MOCK_CLOCK", "2024-02-21T09:00:00Z");
                var proxy = new AskedProxy(gateway.port())) {
            String output = npm.node(
                    "mcp-clients.mjs",
                    proxy.address() + "/mcp",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    System.getProperty("java.class.path"),
                    folder.resolve("stdio").toString());
            String json = output.lines().reduce((_, last) -> last).orElseThrow();
            seen = JsonValue.parse(json.getBytes(StandardCharsets.UTF_8));
            asked = proxy.asked(OfficialMcpClientsTest::line);
            said = Files.readAllLines(folder.resolve("stdio.asked")).stream()
                    .map(OfficialMcpClientsTest::said)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /** Method, path, the headers of the protocol, and the method in the message. */
    private static String line(Asked request) {
        var line = new StringBuilder(request.method() + " " + request.path());
        for (String name : List.of("mcp-protocol-version", "mcp-method", "mcp-name")) {
            Optional.ofNullable(request.headers().get(name))
                    .ifPresent(
                            value -> line.append(' ').append(name).append('=').append(value));
        }
        if (!request.body().isEmpty()) {
            try {
                line.append(' ')
                        .append(JsonValue.parse(request.body().getBytes(StandardCharsets.UTF_8))
                                .at("method")
                                .text());
            } catch (MalformedPayload e) {
                throw new AssertionError(request.body(), e);
            }
        }
        return line.toString();
    }

    @Test
    void clients_ask_for_what_they_were_seen_to_ask() throws IOException {
        AskedFile.check("mcp", asked);
        AskedFile.check("mcp-stdio", said);
    }

    /** The method of a message on standard input, and the versions, tool and arguments that it names. */
    private static String said(String message) {
        try {
            JsonValue json = JsonValue.parse(message.getBytes(StandardCharsets.UTF_8));
            var line = new StringBuilder(json.at("method").text());
            Optional<JsonValue> parameters = json.find("params");
            if (parameters.isPresent()) {
                Optional<JsonValue> meta = parameters.get().find("_meta");
                if (meta.isPresent()) {
                    line.append(" _meta=")
                            .append(String.join(",", meta.get().members().keySet()));
                }
                for (String name : List.of("protocolVersion", "name")) {
                    Optional<JsonValue> value = parameters.get().find(name);
                    if (value.isPresent()) {
                        line.append(' ')
                                .append(name)
                                .append('=')
                                .append(value.get().text());
                    }
                }
            }
            return line.toString();
        } catch (MalformedPayload e) {
            throw new AssertionError(message, e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stateless, 2026-07-28",
        "auto, 2026-07-28",
        "handshake, 2025-11-25",
        "sdk1, 2025-11-25",
        "stdio, 2026-07-28",
        "stdioSdk1, ''"
    })
    void every_client_lists_and_calls_tools(String client, String version) throws MalformedPayload {
        JsonValue of = seen.at(client);
        assertThat(of.at("server").text()).isEqualTo("market-intel-brain");
        assertThat(of.at("version").text()).isEqualTo(version);
        assertThat(of.at("tools").items()).hasSize(6);
        assertThat(of.at("isError").bool()).isFalse();
        assertThat(of.at("text").text()).contains("binance:BTC/USDT,").contains("Full CSV: http://127.0.0.1:");
        assertThat(of.at("wrong").at("isError").bool()).isTrue();
        assertThat(of.at("wrong").at("text").text()).contains("call search");
    }

    @Test
    void the_list_of_tools_is_below_2000_tokens_and_no_answer_is_above_its_limit()
            throws MalformedPayload, IOException {
        JsonValue tokens = seen.at("tokens");
        assertThat(tokens.at("list").integer()).isLessThan(2000);
        var table = new StringBuilder("| question | limit | tokens |\n|---|---|---|\n| `tools/list` | 2000 | ")
                .append(tokens.at("list").integer())
                .append(" |\n");
        for (JsonValue answer : tokens.at("answers").items()) {
            assertThat(answer.at("isError").bool())
                    .as(answer.at("question").text())
                    .isFalse();
            assertThat(answer.at("tokens").integer())
                    .as(answer.at("question").text())
                    .isLessThanOrEqualTo(answer.at("most").integer());
            table.append("| `")
                    .append(answer.at("question").text())
                    .append("` | ")
                    .append(answer.at("most").integer())
                    .append(" | ")
                    .append(answer.at("tokens").integer())
                    .append(" |\n");
        }
        assertThat(tokens.at("answers").items()).hasSize(10);
        Files.createDirectories(TABLE.getParent());
        Files.writeString(TABLE, table);
    }
}
