package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.api.ContractClient;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands in the API documentation do what it says. */
class ApiPageTest {
    @Test
    void every_command_succeeds() throws IOException {
        List<String> targets = Files.readAllLines(Path.of("..", "docs", "api.md")).stream()
                .filter(line -> line.startsWith("curl "))
                .map(line -> line.replace("'", "").replaceFirst("^curl localhost:8000", ""))
                .toList();
        assertThat(targets).hasSizeGreaterThanOrEqualTo(3).allMatch(target -> target.startsWith("/"));
        var config = GatewayConfig.defaults().withServer(new ServerConfig("127.0.0.1", 0));
        try (var gateway = new Gateway(config);
                var client = new ContractClient(gateway.port())) {
            for (String target : targets) {
                assertThat(client.get(target).status()).as(target).isEqualTo(200);
            }
        }
    }
}
