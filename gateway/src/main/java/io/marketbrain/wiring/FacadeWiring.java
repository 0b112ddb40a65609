package io.marketbrain.wiring;

import io.marketbrain.api.endpoints.SystemView;
import io.marketbrain.api.mounting.ApiExtensions;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.MountPoint;
import io.marketbrain.api.mounting.RouteGroup;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.facade.FacadeConfig;
import io.marketbrain.facade.FacadeName;
import io.marketbrain.facade.PriceSteps;
import io.marketbrain.facade.binance.BinanceFacade;
import io.marketbrain.facade.binance.DepthSessions;
import io.marketbrain.facade.coinbase.CoinbaseFacade;
import io.marketbrain.facade.coingecko.CoinGeckoFacade;
import io.marketbrain.facade.coingecko.CoinIds;
import io.marketbrain.facade.coingecko.CoinIds.Coin;
import io.marketbrain.facade.kraken.KrakenFacade;
import io.marketbrain.facade.mcp.McpContext;
import io.marketbrain.facade.mcp.McpEndpoint;
import io.marketbrain.facade.openbb.OpenBbDocuments;
import io.marketbrain.facade.openbb.OpenBbFacade;
import io.marketbrain.facade.portfolio.PortfolioFacade;
import io.marketbrain.facade.udf.UdfEndpoints;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.pipeline.qos.QosLayer;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.symbols.KnownCoins;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Assembles what is served beside our own API. Nothing of it is made before it is requested. */
public final class FacadeWiring {
    private static final ProviderId COINGECKO = new ProviderId("coingecko");

    private final GatewayConfig config;
    private final PriceSteps steps;
    private final DepthSessions depths = new DepthSessions();
    private final Ledger ledger;
    private final SystemView status;

    private FacadeWiring(GatewayConfig config, PriceSteps steps, Ledger ledger, SystemView status) {
        this.config = config;
        this.steps = steps;
        this.ledger = ledger;
        this.status = status;
    }

    public static ApiExtensions extensions(
            GatewayConfig config,
            ProviderWiring providers,
            QosLayer qos,
            Ledger ledger,
            SystemView status,
            NanoClock nanoClock) {
        var wiring = new FacadeWiring(config, providers::findSteps, ledger, status);
        var simulated = new SimulatedProviders(config, providers, qos, nanoClock);
        return new ApiExtensions(wiring.mounts(), Optional.of(simulated::at), Optional.empty());
    }

    private List<MountPoint> mounts() {
        List<MountPoint> mounts = new ArrayList<>();
        for (FacadeName name : FacadeName.values()) {
            FacadeConfig settings = config.facades().of(name);
            if (settings.enabled()) {
                mounts.add(new MountPoint(
                        name.prefix(),
                        settings.port(),
                        settings.host(),
                        name == FacadeName.MCP || name == FacadeName.OPENBB,
                        services -> made(name, settings, services)));
            }
        }
        if (config.facades().of(FacadeName.OPENBB).enabled()) {
            mounts.add(new MountPoint(
                    OpenBbDocuments.WIDGETS,
                    _ -> OpenBbDocuments.widgets(FacadeName.OPENBB.prefix(), FacadeName.UDF.prefix())));
            mounts.add(new MountPoint(OpenBbDocuments.APPS, _ -> OpenBbDocuments.apps()));
        }
        return mounts;
    }

    private RouteGroup made(FacadeName name, FacadeConfig settings, ApiServices services) {
        ProviderId provider = settings.provider().orElse(ProviderId.MOCK);
        return switch (name) {
            case BINANCE -> new BinanceFacade(provider, steps, depths, services);
            case KRAKEN -> new KrakenFacade(provider, steps, services);
            case COINBASE -> new CoinbaseFacade(provider, steps, services);
            case UDF -> new UdfEndpoints(services, name.prefix());
            case MCP -> new McpEndpoint(services, mcp(services));
            case PORTFOLIO -> new PortfolioFacade(services, name.prefix());
            case COINGECKO -> new CoinGeckoFacade(provider, coins(), services, name.prefix());
            case OPENBB -> new OpenBbFacade(services, name.prefix());
        };
    }

    /** The well-known coins of which the descriptor of CoinGecko has an id. */
    private static CoinIds coins() {
        SymbolRules symbols = Descriptors.builtIn().stream()
                .filter(provider -> provider.id().equals(COINGECKO))
                .findFirst()
                .orElseThrow()
                .descriptor()
                .get()
                .symbols();
        List<Coin> coins = new ArrayList<>();
        KnownCoins.names()
                .forEach((code, name) -> symbols.findId(code).ifPresent(id -> coins.add(new Coin(id, code, name))));
        return new CoinIds(coins);
    }

    private McpContext mcp(ApiServices services) {
        return new McpContext(
                status.version(),
                config.server().tls().isPresent() ? "https" : "http",
                new PaidProviderCalls(config, services.catalogue(), ledger),
                status::budgets);
    }
}
