package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractDocument;
import io.marketbrain.facade.NpmPackages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The streams as the clients that most programs in Node use for them: {@code eventsource} and {@code ws} of npm. */
@Timeout(300)
class NodeStreamClientsTest {
    private static JsonNode result;

    @BeforeAll
    static void listen(@TempDir Path folder) {
        NpmPackages npm = NpmPackages.install("ws@8.23.0", "eventsource@5.1.5");
        try (var gateway = TestGateway.with(folder)) {
            result = ContractDocument.JSON.readTree(npm.node("stream-clients.mjs", Integer.toString(gateway.port())));
        }
    }

    private static List<String> names(JsonNode seen) {
        List<String> names = new ArrayList<>();
        seen.forEach(event -> names.add(event.get("name").asString()));
        return names;
    }

    private static void assertNumbered(JsonNode seen, int from) {
        for (int i = from; i < seen.size(); i++) {
            assertThat(seen.get(i).get("seq").asInt()).isEqualTo(i - from + 1);
        }
    }

    @Test
    void event_source_gets_a_snapshot_and_every_change_with_an_id() {
        List<String> names = names(result.get("first"));
        assertThat(names.subList(0, 2)).containsExactlyInAnyOrder("status", "snapshot");
        assertThat(names).endsWith("trade", "trade", "trade");
        assertNumbered(result.get("first"), 0);
        assertThat(result.get("first").get(0).get("id").asString()).matches("[0-9a-f]+\\.\\d+");
    }

    @Test
    void event_source_resumes_without_a_snapshot() {
        assertThat(names(result.get("again"))).contains("trade").doesNotContain("snapshot", "resync", "gap");
        assertNumbered(result.get("again"), 0);
    }

    @Test
    void ws_subscribes_gets_pongs_and_closes_in_order() {
        JsonNode socket = result.get("socket");
        assertThat(names(socket.get("seen"))).startsWith("ack").contains("snapshot", "trade");
        assertNumbered(socket.get("seen"), 1);
        assertThat(socket.get("pongs").asInt()).isEqualTo(1);
        assertThat(socket.get("code").asInt()).isEqualTo(4001);
    }
}
