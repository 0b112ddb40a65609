package io.marketbrain.facade.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A strict client of MCP: it checks of every response what the protocol requires. */
final class McpClient implements AutoCloseable {
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"test\",\"version\":\"1\"},"
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    McpClient(int port) {
        this.address = URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    record Reply(int status, String text, JsonValue json) {}

    /** A request of protocol 2026-07-28; {@code params} are further members. */
    Reply stateless(String method, String params, String... headers) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"" + method + "\",\"params\":{" + META
                + (params.isEmpty() ? "" : "," + params) + "}}";
        var all = new ArrayList<>(List.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method));
        all.addAll(List.of(headers));
        return post(body, all.toArray(String[]::new));
    }

    /** The text that a tool returns; it must not be an error. */
    String call(String tool, String arguments) throws MalformedPayload {
        return call(tool, arguments, false);
    }

    String call(String tool, String arguments, boolean error) throws MalformedPayload {
        Reply reply = stateless("tools/call", "\"name\":\"" + tool + "\",\"arguments\":" + arguments, "Mcp-Name", tool);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonValue result = reply.json().at("result");
        assertThat(result.at("resultType").text()).isEqualTo("complete");
        assertThat(result.at("isError").bool()).as(reply.text()).isEqualTo(error);
        JsonValue content = result.at("content").at(0);
        assertThat(content.at("type").text()).isEqualTo("text");
        return content.at("text").text();
    }

    Reply post(String body, String... headers) {
        var request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    Reply get() {
        return send(HttpRequest.newBuilder(address).GET().build());
    }

    private Reply send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.body().isEmpty()) {
                return new Reply(response.statusCode(), "", JsonValue.parse("null".getBytes(StandardCharsets.UTF_8)));
            }
            JsonValue json = JsonValue.parse(response.body().getBytes(StandardCharsets.UTF_8));
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(json.at("jsonrpc").text()).isEqualTo("2.0");
            assertThat(json.findMember("id")).isPresent();
            assertThat(json.findMember("result").isPresent())
                    .isNotEqualTo(json.findMember("error").isPresent());
            return new Reply(response.statusCode(), response.body(), json);
        } catch (IOException | MalformedPayload e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
