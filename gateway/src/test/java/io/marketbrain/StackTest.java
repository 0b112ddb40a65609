package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stacks in the documentation are those that run. */
class StackTest {

    @Test
    void the_printed_stacks_are_those_of_the_architecture_document() throws IOException {
        try (var gateway = new Gateway(onFreePort(GatewayConfig.defaults()))) {
            assertThat(gateway.printedStacks()).isEqualTo(documented());
        }
    }

    private static GatewayConfig onFreePort(GatewayConfig config) {
        return config.withServer(new ServerConfig("127.0.0.1", 0));
    }

    private static List<String> documented() throws IOException {
        String page = Files.readString(Path.of("../ARCHITECTURE.md"));
        String marker = "<!-- printed stack -->\n```\n";
        int start = page.indexOf(marker) + marker.length();
        return page.substring(start, page.indexOf("\n```", start)).lines().toList();
    }
}
