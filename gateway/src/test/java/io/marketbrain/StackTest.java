package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The stacks in the documentation are those that run. */
class StackTest {
    private static final ProviderId BINANCE = new ProviderId("binance");

    @Test
    void the_printed_stacks_are_those_of_the_architecture_document() throws IOException {
        try (var gateway = new Gateway(onFreePort(GatewayConfig.defaults()))) {
            List<String> printed = gateway.printedStacks();
            List<String> documented = documented("<!-- printed stack -->");
            assertThat(printed)
                    .containsAll(documented)
                    .startsWith(documented.getFirst())
                    .endsWith(documented.getLast());
            assertThat(printed)
                    .hasSize(Descriptors.builtIn().size() + 4)
                    .filteredOn(line -> !line.startsWith("request: ") && !line.startsWith("stream: "))
                    .allMatch(line -> line.matches("(.+): normalisation → \\1 over mock market"));
        }
    }

    @Test
    void the_printed_stacks_of_a_live_provider_are_those_of_the_architecture_document() throws IOException {
        var live = new ProviderConfig(WantedMode.LIVE, Optional.empty(), Optional.empty(), Optional.empty());
        GatewayConfig config = onFreePort(GatewayConfig.defaults().withProviders(Map.of(BINANCE, live)));
        try (var gateway = new Gateway(config)) {
            assertThat(gateway.printedStacks())
                    .filteredOn(line -> line.startsWith("binance:") || line.startsWith("binance symbols:"))
                    .isEqualTo(documented("<!-- printed stack of a live provider -->"));
        }
    }

    private static GatewayConfig onFreePort(GatewayConfig config) {
        return config.withServer(new ServerConfig("127.0.0.1", 0));
    }

    private static List<String> documented(String comment) throws IOException {
        String page = Files.readString(Path.of("../ARCHITECTURE.md"));
        String marker = comment + "\n```\n";
        int start = page.indexOf(marker) + marker.length();
        return page.substring(start, page.indexOf("\n```", start)).lines().toList();
    }
}
