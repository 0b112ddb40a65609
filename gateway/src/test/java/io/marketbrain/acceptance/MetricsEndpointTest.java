package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.api.ContractClient;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The complete metrics output of the gateway is valid for Prometheus. */
class MetricsEndpointTest {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABELS =
            "\\{" + NAME + "=\"([^\"\\\\\n]|\\\\[\\\\n\"])*\"(," + NAME + "=\"([^\"\\\\\n]|\\\\[\\\\n\"])*\")*}";
    private static final String NUMBER = "(-?[0-9.]+(E-?[0-9]+)?|NaN|[+-]Inf)";

    @Test
    void every_metric_is_published_once_and_every_line_is_well_formed() {
        var config = GatewayConfig.defaults().withServer(new ServerConfig("127.0.0.1", 0));
        try (var gateway = new Gateway(config);
                var client = new ContractClient(gateway.port())) {
            client.get("/api/v1/data/binance/BTCUSDT");
            client.get("/api/v1/data/binance/BTCUSDT");
            List<String> names = new ArrayList<>();
            Set<String> samples = new HashSet<>();
            client.get("/metrics").text().lines().forEach(line -> {
                if (line.startsWith("# TYPE ")) {
                    assertThat(line).matches("# TYPE " + NAME + " (counter|gauge|histogram)");
                    names.add(line.substring("# TYPE ".length(), line.lastIndexOf(' ')));
                } else if (!line.startsWith("# HELP ")) {
                    assertThat(line).matches(NAME + "(" + LABELS + ")? " + NUMBER);
                    assertThat(samples.add(line.substring(0, line.lastIndexOf(' '))))
                            .as(line)
                            .isTrue();
                }
            });
            assertThat(names).doesNotHaveDuplicates().contains("marketbrain_cache_hit_ratio");
            assertThat(samples)
                    .contains("marketbrain_cache_l1_hits_total")
                    .anyMatch(sample -> sample.startsWith("marketbrain_layer_figure{layer=\"qos\""))
                    .noneMatch(sample -> sample.startsWith("marketbrain_layer_figure{layer=\"cache\""));
        }
    }
}
