package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.config.GatewayConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every operation succeeds with the values that an OpenAPI viewer prefills. */
class PrefilledRequestTest {
    private final List<PrefilledRequest> requests = PrefilledRequest.all(new ContractDocument());

    @Test
    void every_operation_succeeds_with_prefilled_values() {
        try (var gateway = new Gateway(GatewayConfig.defaults().withServer(new ServerConfig("127.0.0.1", 0)));
                var client = new ContractClient(gateway.port())) {
            for (PrefilledRequest request : requests) {
                assertThat(request.send(client).status())
                        .as(request.method() + " " + request.target())
                        .isBetween(200, 299);
            }
        }
        assertThat(requests).hasSizeGreaterThan(20);
    }

    @Test
    void a_required_parameter_is_filled_in_with_its_example_and_an_optional_one_with_its_default() {
        assertThat(requests)
                .extracting(PrefilledRequest::target)
                .contains(
                        "/api/v1/quotes?symbols=binance%3ABTCUSDT,binance%3AETHUSDT&timeout=10",
                        "/api/v1/news/mock?limit=20&timeout=10&explain=false", "/health");
    }
}
