package io.marketbrain.wiring;

import io.marketbrain.config.GatewayConfig;
import io.marketbrain.files.FileProblems;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderClock;
import io.marketbrain.pipeline.quality.QualityLayer;
import io.marketbrain.pipeline.quality.RecentPrices;
import io.marketbrain.pipeline.quality.ReferencePrices;
import io.marketbrain.provider.ProviderErrors;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.drift.DriftGuard;
import io.marketbrain.provider.drift.LearntShapeStore;
import io.marketbrain.provider.registry.ModePolicy;
import io.marketbrain.security.KnownSecrets;
import io.marketbrain.telemetry.Metric;
import io.marketbrain.wiring.metrics.QualityMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * The checks of the data of live and replayed providers: the drift guard and the quality checks of each. Prices of live
 * providers are compared with each other, and those of replayed ones.
 */
final class DataChecks {
    private final GatewayConfig config;
    private final ProviderStackReports reports;
    private final NanoClock nanoClock;
    private final KnownSecrets secrets;
    private final FileProblems files;
    private final InstantSource clock;
    private final ReferencePrices live;
    private final ReferencePrices replayed;
    private final Map<ProviderId, QualityLayer> layers = new ConcurrentSkipListMap<>();

    /**
     * @param reports where the drift guards report
     * @param files whose problems with the files of the drift guards are reported
     */
    DataChecks(
            GatewayConfig config,
            ProviderStackReports reports,
            FileProblems files,
            InstantSource clock,
            NanoClock nanoClock) {
        this.files = files;
        this.clock = clock;
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
        return providers > 1 ? new RecentPrices() : ReferencePrices.none();
    }

    /** The guard of a provider; what a live one teaches is kept in the state folder. */
    DriftGuard driftGuard(ProviderModule module, Mode mode) {
        ProviderId id = module.id();
        var store = mode == Mode.LIVE ? LearntShapeFile.in(config.state(), id, files, clock) : LearntShapeStore.NONE;
        var guard = DriftGuard.of(id, secrets, nanoClock, store, module::responseForms);
        reports.add(id, guard);
        return guard;
    }

    /** Adds to failures what the provider says. */
    ProviderErrors errors(ProviderId id) {
        return new ProviderErrors(id, secrets, nanoClock);
    }

    QualityLayer quality(Descriptor descriptor, Mode mode, ProviderClock clock) {
        ProviderId id = descriptor.id();
        var layer = new QualityLayer(
                id,
                config.quality(),
                mode == Mode.LIVE ? live : replayed,
                clock,
                descriptor.terms(Operation.QUOTE).published());
        layers.put(id, layer);
        return layer;
    }

    /**
     * The checks of a provider's responses each by itself: nothing is remembered and nothing is compared with other responses, so the
     * same response has the same findings whatever was asked before.
     */
    Layer quality(Descriptor descriptor) {
        return new EachAlone(() -> new QualityLayer(
                descriptor.id(),
                config.quality(),
                ReferencePrices.none(),
                new ProviderClock(),
                descriptor.terms(Operation.QUOTE).published()));
    }

    private record EachAlone(Supplier<QualityLayer> checks) implements Layer {
        @Override
        public String name() {
            return "quality";
        }

        @Override
        public MarketDataSource around(MarketDataSource next) {
            return (query, call) -> checks.get().around(next).fetch(query, call);
        }
    }

    /** The checks of a provider; empty if its data is not checked. */
    Optional<QualityLayer> findQuality(ProviderId id) {
        return Optional.ofNullable(layers.get(id));
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
