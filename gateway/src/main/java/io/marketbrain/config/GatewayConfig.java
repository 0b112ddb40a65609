package io.marketbrain.config;

import io.marketbrain.api.ApiConfig;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.orchestration.OrchestrationConfig;
import io.marketbrain.pipeline.qos.QosConfig;
import io.marketbrain.pipeline.resilience.ResilienceConfig;
import io.marketbrain.provider.ProviderConfig;
import io.marketbrain.provider.RouteOrder;
import java.util.Map;

/** Every setting of the gateway. Immutable. */
public record GatewayConfig(
        ServerConfig server,
        ApiConfig api,
        QosConfig qos,
        OrchestrationConfig orchestration,
        RouteOrder routes,
        ResilienceConfig resilience,
        Map<ProviderId, ProviderConfig> providers) {
    public GatewayConfig {
        providers = Map.copyOf(providers);
    }

    public static GatewayConfig defaults() {
        return new GatewayConfig(
                ServerConfig.defaults(),
                ApiConfig.defaults(),
                QosConfig.defaults(),
                OrchestrationConfig.defaults(),
                RouteOrder.defaults(),
                ResilienceConfig.defaults(),
                Map.of());
    }

    /** The same settings with another server, such as one on a free port. */
    public GatewayConfig withServer(ServerConfig server) {
        return new GatewayConfig(server, api, qos, orchestration, routes, resilience, providers);
    }

    public ProviderConfig provider(ProviderId id) {
        return providers.getOrDefault(id, ProviderConfig.defaults());
    }
}
