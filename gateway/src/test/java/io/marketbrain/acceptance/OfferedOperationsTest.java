package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What each provider says it offers is answered for each of its examples, by requests that give nothing else. */
class OfferedOperationsTest {
    private static TestGateway gateway;
    private static List<JsonNode> providers;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = TestGateway.with(folder);
        providers = new ArrayList<>();
        for (JsonNode listed : gateway.get("/api/v1/providers").json().get("providers")) {
            providers.add(gateway.get("/api/v1/providers/" + listed.get("id").stringValue())
                    .json()
                    .get("provider"));
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void every_operation_is_answered() {
        assertThat(providers).hasSizeGreaterThan(40);
        List<String> refused = new ArrayList<>();
        for (JsonNode provider : providers) {
            for (JsonNode operation : provider.get("capabilities")) {
                for (JsonNode example : provider.get("examples")) {
                    target(provider, operation.stringValue(), encoded(example)).ifPresent(target -> {
                        ContractClient.Answer answer = gateway.get(target);
                        if (answer.status() != 200) {
                            refused.add(target + ": " + answer.json().get("detail"));
                        }
                    });
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void every_provider_with_trades_has_a_stream_of_them() throws Exception {
        for (JsonNode provider : providers) {
            if (!texts(provider.get("capabilities")).contains("trades")) {
                continue;
            }
            String symbol = provider.get("id").stringValue() + ":"
                    + encoded(provider.get("examples").get(0));
            try (var stream = new SseClient(gateway.port(), "/api/v1/stream?kinds=trade&symbols=" + symbol)) {
                assertThat(stream.status()).as(symbol).isEqualTo(200);
            }
        }
    }

    private static Optional<String> target(JsonNode provider, String operation, String example) {
        String id = provider.get("id").stringValue();
        return switch (operation) {
            case "quote" -> Optional.of("/api/v1/data/" + id + "/" + example);
            case "candles" ->
                Optional.of("/api/v1/candles/" + id + "/" + example + "?interval="
                        + provider.get("intervals").get(0).stringValue());
            case "book", "trades" -> Optional.of("/api/v1/" + operation + "/" + id + "/" + example);
            case "news" -> Optional.of("/api/v1/news/" + id + "?q=" + example);
            case "series" ->
                provider.get("series_kinds").isEmpty()
                        ? Optional.of("/api/v1/series/" + id + "/" + example)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.stringValue()));
        return texts;
    }

    private static String encoded(JsonNode example) {
        return URLEncoder.encode(example.stringValue(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
