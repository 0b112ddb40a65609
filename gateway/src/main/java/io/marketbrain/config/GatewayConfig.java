package io.marketbrain.config;

import io.marketbrain.api.ApiConfig;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.cache.CacheConfig;
import io.marketbrain.pipeline.cache.WarmingConfig;
import io.marketbrain.pipeline.cache.redis.RedisConfig;
import io.marketbrain.pipeline.orchestration.OrchestrationConfig;
import io.marketbrain.pipeline.qos.QosConfig;
import io.marketbrain.pipeline.resilience.ResilienceConfig;
import io.marketbrain.provider.ProviderConfig;
import io.marketbrain.provider.RouteOrder;
import io.marketbrain.provider.SymbolListConfig;
import io.marketbrain.provider.TransportConfig;
import io.marketbrain.provider.mock.MockConfig;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.Secret;
import io.marketbrain.telemetry.log.LogConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every setting of the gateway. Immutable.
 *
 * @param state the folder for the little that outlives the process; empty keeps nothing
 */
public record GatewayConfig(
        ServerConfig server,
        ApiConfig api,
        QosConfig qos,
        CacheConfig cache,
        RedisConfig redis,
        WarmingConfig warming,
        OrchestrationConfig orchestration,
        RouteOrder routes,
        ResilienceConfig resilience,
        BudgetConfig budgets,
        AccessConfig access,
        Optional<Path> state,
        TransportConfig transport,
        SymbolListConfig symbols,
        Map<ProviderId, ProviderConfig> providers,
        MockConfig mock,
        LogConfig log) {
    public GatewayConfig {
        providers = Map.copyOf(providers);
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
                RouteOrder.defaults(),
                ResilienceConfig.defaults(),
                BudgetConfig.defaults(),
                AccessConfig.defaults(),
                Optional.empty(),
                TransportConfig.defaults(),
                SymbolListConfig.defaults(),
                Map.of(),
                MockConfig.defaults(),
                LogConfig.defaults());
    }

    /** The same settings with another server, such as one on a free port. */
    public GatewayConfig withServer(ServerConfig server) {
        return new GatewayConfig(
                server,
                api,
                qos,
                cache,
                redis,
                warming,
                orchestration,
                routes,
                resilience,
                budgets,
                access,
                state,
                transport,
                symbols,
                providers,
                mock,
                log);
    }

    /** The same settings with caches and queues no larger than a heap of so many bytes bears. */
    public GatewayConfig within(long heapBytes) {
        return new GatewayConfig(
                server.within(heapBytes),
                api,
                qos.within(heapBytes),
                cache.within(heapBytes),
                redis,
                warming,
                orchestration,
                routes,
                resilience,
                budgets,
                access,
                state,
                transport,
                symbols,
                providers,
                mock,
                log);
    }

    /** The same settings with what outlives the process in {@code folder}. */
    public GatewayConfig withState(Path folder) {
        return new GatewayConfig(
                server,
                api,
                qos,
                cache,
                redis,
                warming,
                orchestration,
                routes,
                resilience,
                budgets,
                access,
                Optional.of(folder),
                transport,
                symbols,
                providers,
                mock,
                log);
    }

    /** The same settings with other providers' settings. */
    public GatewayConfig withProviders(Map<ProviderId, ProviderConfig> settings) {
        return new GatewayConfig(
                server,
                api,
                qos,
                cache,
                redis,
                warming,
                orchestration,
                routes,
                resilience,
                budgets,
                access,
                state,
                transport,
                symbols,
                settings,
                mock,
                log);
    }

    /** The same settings with another mock market. */
    public GatewayConfig withMock(MockConfig mock) {
        return new GatewayConfig(
                server,
                api,
                qos,
                cache,
                redis,
                warming,
                orchestration,
                routes,
                resilience,
                budgets,
                access,
                state,
                transport,
                symbols,
                providers,
                mock,
                log);
    }

    /** The same settings with another Redis. */
    public GatewayConfig withRedis(RedisConfig redis) {
        return new GatewayConfig(
                server,
                api,
                qos,
                cache,
                redis,
                warming,
                orchestration,
                routes,
                resilience,
                budgets,
                access,
                state,
                transport,
                symbols,
                providers,
                mock,
                log);
    }

    /** The same settings with other budgets. */
    public GatewayConfig withBudgets(BudgetConfig budgets) {
        return new GatewayConfig(
                server,
                api,
                qos,
                cache,
                redis,
                warming,
                orchestration,
                routes,
                resilience,
                budgets,
                access,
                state,
                transport,
                symbols,
                providers,
                mock,
                log);
    }

    /** The same settings with another decision on who may come in. */
    public GatewayConfig withAccess(AccessConfig access) {
        return new GatewayConfig(
                server,
                api,
                qos,
                cache,
                redis,
                warming,
                orchestration,
                routes,
                resilience,
                budgets,
                access,
                state,
                transport,
                symbols,
                providers,
                mock,
                log);
    }

    public ProviderConfig provider(ProviderId id) {
        return providers.getOrDefault(id, ProviderConfig.defaults());
    }

    /** Every credential in these settings. */
    public List<Secret> secrets() {
        var ofProviders = providers.values().stream()
                .flatMap(provider -> Stream.concat(provider.key().stream(), provider.secret().stream()));
        var own = Stream.concat(redis.url().stream(), access.secrets().passphrase().stream());
        return Stream.concat(own, ofProviders).toList();
    }
}
