package io.marketbrain.config;

import io.marketbrain.alerts.AlertsConfig;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.api.request.ApiConfig;
import io.marketbrain.config.descriptors.DescriptorUpdates;
import io.marketbrain.facade.FacadesConfig;
import io.marketbrain.http.websocket.WebSocketConfig;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.cache.WarmingConfig;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.orchestration.OrchestrationConfig;
import io.marketbrain.pipeline.qos.QosConfig;
import io.marketbrain.pipeline.quality.QualityConfig;
import io.marketbrain.pipeline.resilience.ResilienceConfig;
import io.marketbrain.pipeline.shadow.ShadowConfig;
import io.marketbrain.pipeline.stream.relay.RelayConfig;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.mock.MockConfig;
import io.marketbrain.provider.recording.RecordingConfig;
import io.marketbrain.provider.registry.RouteOrder;
import io.marketbrain.provider.registry.SymbolListConfig;
import io.marketbrain.provider.transport.ProxyAddress;
import io.marketbrain.provider.transport.TransportConfig;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.Secret;
import io.marketbrain.store.redis.RedisConfig;
import io.marketbrain.stream.StreamConfig;
import io.marketbrain.telemetry.log.LogConfig;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every setting of the gateway. Immutable.
 *
 * @param descriptors every provider, those that the user has added last
 * @param updates how the descriptors that the user has added are read again while the gateway runs
 * @param state the folder for state that survives a restart; empty if nothing is stored
 */
@RecordBuilder
public record GatewayConfig(
        ServerConfig server,
        ApiConfig api,
        QosConfig qos,
        CacheConfig cache,
        RedisConfig redis,
        WarmingConfig warming,
        OrchestrationConfig orchestration,
        ShadowConfig shadow,
        RouteOrder routes,
        ResilienceConfig resilience,
        QualityConfig quality,
        BudgetConfig budgets,
        AccessConfig access,
        Optional<Path> state,
        TransportConfig transport,
        SymbolListConfig symbols,
        RecordingConfig recording,
        StreamConfig streams,
        RelayConfig relay,
        AlertsConfig alerts,
        WebSocketConfig webSockets,
        FacadesConfig facades,
        Map<ProviderId, ProviderConfig> providers,
        List<IndexedDescriptor> descriptors,
        DescriptorUpdates updates,
        MockConfig mock,
        LogConfig log)
        implements GatewayConfigBuilder.With {
    public GatewayConfig {
        providers = Map.copyOf(providers);
        descriptors = List.copyOf(descriptors);
    }

    public static GatewayConfig defaults() {
        return new GatewayConfig(
                ServerConfig.defaults(),
                ApiConfig.defaults(),
                QosConfig.defaults(),
                CacheConfig.defaults(),
                RedisConfig.defaults(),
                WarmingConfig.defaults(),
                OrchestrationConfig.defaults(),
                ShadowConfig.defaults(),
                RouteOrder.defaults(),
                ResilienceConfig.defaults(),
                QualityConfig.defaults(),
                BudgetConfig.defaults(),
                AccessConfig.defaults(),
                Optional.empty(),
                TransportConfig.defaults(),
                SymbolListConfig.defaults(),
                RecordingConfig.defaults(),
                StreamConfig.defaults(),
                RelayConfig.defaults(),
                AlertsConfig.defaults(),
                WebSocketConfig.defaults(),
                FacadesConfig.defaults(),
                Map.of(),
                Descriptors.builtIn(),
                DescriptorUpdates.NONE,
                MockConfig.defaults(),
                LogConfig.defaults());
    }

    /** The same settings with caches and queues no larger than a heap of so many bytes allows. */
    public GatewayConfig within(long heapBytes) {
        return with().server(server.within(heapBytes))
                .qos(qos.within(heapBytes))
                .cache(cache.within(heapBytes))
                .recording(recording.within(heapBytes))
                .build();
    }

    /** The same settings with {@code folder} as the state folder. */
    public GatewayConfig withState(Path folder) {
        return withState(Optional.of(folder));
    }

    public ProviderConfig provider(ProviderId id) {
        return providers.getOrDefault(id, ProviderConfig.defaults());
    }

    /** Every credential in these settings, and every part of a provider's address that may be one. */
    public List<Secret> secrets() {
        var ofProviders = providers.values().stream()
                .flatMap(provider -> Stream.of(
                                provider.key().stream(),
                                provider.secret().stream(),
                                provider.baseUrl().stream().flatMap(this::keysIn),
                                provider.feedUrl().stream().flatMap(this::keysIn))
                        .flatMap(each -> each));
        var own = Stream.of(redis.url(), access.secrets().passphrase(), alerts.signingKey())
                .flatMap(Optional::stream);
        var ofProxies = Stream.of(
                        transport.proxies().http(), transport.proxies().https())
                .flatMap(proxy -> proxy.flatMap(ProxyAddress::login).stream());
        return Stream.of(own, ofProxies, ofProviders).flatMap(each -> each).toList();
    }

    private Stream<Secret> keysIn(URI address) {
        return Arrays.stream(String.valueOf(address.getRawPath()).split("/", -1))
                .filter(ValueMasking::mayBeKey)
                // Every response names the provider, and none is to be masked for that.
                .filter(part ->
                        descriptors.stream().noneMatch(one -> one.id().value().equalsIgnoreCase(part)))
                .flatMap(part -> Secret.of(part).stream());
    }
}
