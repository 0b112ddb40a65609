package io.marketbrain.wiring;

import io.marketbrain.api.mounting.ApiExtensions;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.MountPoint;
import io.marketbrain.api.mounting.RouteGroup;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.facade.FacadeConfig;
import io.marketbrain.facade.FacadeName;
import io.marketbrain.facade.PriceSteps;
import io.marketbrain.facade.binance.BinanceFacade;
import io.marketbrain.facade.kraken.KrakenFacade;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.qos.QosLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Assembles what is served beside our own API. Nothing of it is made before it is requested. */
public final class FacadeWiring {
    private FacadeWiring() {}

    public static ApiExtensions extensions(
            GatewayConfig config, ProviderWiring providers, QosLayer qos, NanoClock nanoClock) {
        PriceSteps steps = providers::findSteps;
        List<MountPoint> mounts = new ArrayList<>();
        for (FacadeName name : FacadeName.values()) {
            FacadeConfig settings = config.facades().of(name);
            if (settings.enabled()) {
                mounts.add(new MountPoint(
                        name.prefix(), settings.port(), services -> made(name, settings, steps, services)));
            }
        }
        var simulated = new SimulatedProviders(config, providers.mockMarket(), qos, nanoClock);
        return new ApiExtensions(mounts, Optional.of(simulated::at));
    }

    private static RouteGroup made(FacadeName name, FacadeConfig settings, PriceSteps steps, ApiServices services) {
        ProviderId provider = settings.provider().orElse(ProviderId.MOCK);
        return switch (name) {
            case BINANCE -> new BinanceFacade(provider, steps, services);
            case KRAKEN -> new KrakenFacade(provider, steps, services);
        };
    }
}
