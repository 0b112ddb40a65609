package io.marketbrain.wiring;

import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.ProviderClock;
import io.marketbrain.pipeline.quality.QualityLayer;
import io.marketbrain.pipeline.quality.RecentPrices;
import io.marketbrain.pipeline.quality.ReferencePrices;
import io.marketbrain.provider.ProviderErrors;
import io.marketbrain.provider.drift.DriftGuard;
import io.marketbrain.provider.registry.ModePolicy;
import io.marketbrain.security.KnownSecrets;
import io.marketbrain.telemetry.Metric;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The checks of the data of live and replayed providers: the drift guard and the quality checks of each. Prices of live
 * providers are compared with each other, and those of replayed ones.
 */
final class DataChecks {
    private final GatewayConfig config;
    private final ProviderStackReports reports;
    private final NanoClock nanoClock;
    private final KnownSecrets secrets;
    private final ReferencePrices live;
    private final ReferencePrices replayed;
    private final Map<ProviderId, QualityLayer> layers = new ConcurrentSkipListMap<>();

    /** @param reports where the drift guards report */
    DataChecks(GatewayConfig config, ProviderStackReports reports, NanoClock nanoClock) {
        this.config = config;
        this.reports = reports;
        this.nanoClock = nanoClock;
        this.secrets = new KnownSecrets(config.secrets());
        this.live = references(config, Mode.LIVE);
        this.replayed = references(config, Mode.REPLAY);
    }

    /** Without a second provider nothing is compared, and no price needs to be remembered. */
    private static ReferencePrices references(GatewayConfig config, Mode mode) {
        long providers = config.descriptors().stream()
                .filter(entry ->
                        ModePolicy.decide(entry, config.provider(entry.id())).mode() == mode)
                .count();
        return providers > 1 ? new RecentPrices() : ReferencePrices.NONE;
    }

    DriftGuard driftGuard(ProviderId id) {
        var guard = DriftGuard.of(id, secrets, nanoClock);
        reports.add(id, guard);
        return guard;
    }

    /** Adds to failures what the provider says. */
    ProviderErrors errors(ProviderId id) {
        return new ProviderErrors(id, secrets, nanoClock);
    }

    QualityLayer quality(ProviderId id, Mode mode, ProviderClock clock) {
        var layer = new QualityLayer(id, config.quality(), mode == Mode.LIVE ? live : replayed, clock);
        layers.put(id, layer);
        return layer;
    }

    /** Forgets the checks of a provider that is replaced or gone. */
    void forget(ProviderId id) {
        layers.remove(id);
    }

    /** What the quality checks have found. */
    Metric metric() {
        return QualityMetrics.of(List.copyOf(layers.values()));
    }
}
