package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.KeyRing;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The security requirements in the OpenAPI document match a gateway that other machines can reach. */
class OpenApiSecurityTest {
    private final ContractDocument contract = new ContractDocument();
    private final List<PrefilledRequest> requests = PrefilledRequest.all(contract);

    @TempDir
    Path state;

    private String key(String name, boolean admin) {
        return new KeyRing(state.resolve("keys")).create(name, admin, Instant.EPOCH, new SecureRandom());
    }

    /** The requirements of an operation: its own, else those of the whole document. */
    private JsonNode security(PrefilledRequest request) {
        JsonNode own = request.description().path("security");
        return own.isMissingNode() ? contract.document().get("security") : own;
    }

    private boolean needsAdmin(PrefilledRequest request) {
        return security(request).toString().contains("\"admin\"");
    }

    @Test
    void a_key_and_its_scope_are_required_exactly_where_described() {
        String reader = key("reader", false);
        String admin = key("admin", true);
        var config = GatewayConfig.defaults()
                .withServer(new ServerConfig("0.0.0.0", 0))
                .withState(state)
                .withAccess(new AccessConfig(true));
        try (var gateway = new Gateway(config);
                var client = new ContractClient(gateway.port())) {
            for (PrefilledRequest request : requests) {
                String about = request.method() + " " + request.target();
                boolean open = security(request).isEmpty();
                assertThat(request.send(client).status() == 401)
                        .as(about + " without a key is rejected")
                        .isEqualTo(!open);
                assertThat(request.send(client, "X-API-Key", reader).status() == 403)
                        .as(about + " with a reader's key is rejected")
                        .isEqualTo(needsAdmin(request));
                assertThat(request.send(client, "Authorization", "Bearer " + admin)
                                .status())
                        .as(about + " with an admin's key")
                        .isBetween(200, 299);
            }
        }
        assertThat(requests)
                .anyMatch(this::needsAdmin)
                .anyMatch(request -> security(request).isEmpty());
    }

    @Test
    void both_ways_to_send_a_key_are_described_and_none_is_needed_on_loopback() {
        JsonNode schemes = contract.document().at("/components/securitySchemes");
        assertThat(schemes.propertyNames()).containsExactlyInAnyOrder("api_key", "bearer");
        assertThat(schemes.at("/api_key/in").asString()).isEqualTo("header");
        assertThat(schemes.at("/api_key/name").asString()).isEqualTo("X-API-Key");
        assertThat(schemes.at("/bearer/type").asString()).isEqualTo("http");
        assertThat(schemes.at("/bearer/scheme").asString()).isEqualTo("bearer");
        for (PrefilledRequest request : requests) {
            JsonNode security = security(request);
            if (!security.isEmpty()) {
                assertThat(security).as(request.target()).hasSize(3);
                assertThat(security.get(0).isEmpty()).as(request.target()).isTrue();
                assertThat(security.get(1).has("api_key")).as(request.target()).isTrue();
                assertThat(security.get(2).has("bearer")).as(request.target()).isTrue();
            }
        }
    }
}
