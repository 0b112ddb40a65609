package io.marketbrain.provider.drift;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.DriftReport;
import io.marketbrain.provider.descriptor.Lazy;
import io.marketbrain.security.KnownSecrets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares the responses of one live provider with the shapes of its recorded responses, and keeps those that the provider has
 * changed. An operation without shapes is not compared: its adapter says what a response lacks. Thread-safe.
 */
public final class DriftGuard {
    /** Compares nothing. */
    public static final DriftGuard NONE = new DriftGuard(Map::of, null, null, null);

    private final Supplier<Map<Operation, EndpointGuard>> endpoints;
    private final @Nullable Additions additions;
    private final @Nullable Quarantine quarantine;
    private final @Nullable LearntShapes learnt;

    private DriftGuard(
            Supplier<Map<Operation, EndpointGuard>> endpoints,
            @Nullable Additions additions,
            @Nullable Quarantine quarantine,
            @Nullable LearntShapes learnt) {
        this.endpoints = endpoints;
        this.additions = additions;
        this.quarantine = quarantine;
        this.learnt = learnt;
    }

    /** The guard of a built-in provider, which forgets at the end what live traffic has taught. */
    public static DriftGuard of(ProviderId provider, KnownSecrets secrets, NanoClock nanoClock) {
        return of(provider, secrets, nanoClock, LearntShapeStore.NONE, Set::of);
    }

    /**
     * The guard of a built-in provider; its shapes are read when the first response arrives.
     *
     * @param store keeps what live traffic teaches about responses without recorded shapes
     * @param current the names of the forms that such responses have; what the store has of others is forgotten
     */
    public static DriftGuard of(
            ProviderId provider,
            KnownSecrets secrets,
            NanoClock nanoClock,
            LearntShapeStore store,
            Supplier<Set<String>> current) {
        return of(
                provider,
                () -> ShapeReader.builtIn(provider.value()),
                secrets,
                nanoClock,
                new LearntShapes(store, current));
    }

    /** @param forms the forms of each operation's response, by the operation's name */
    static DriftGuard of(
            ProviderId provider, Supplier<Map<String, List<Shape>>> forms, KnownSecrets secrets, NanoClock nanoClock) {
        return of(provider, forms, secrets, nanoClock, new LearntShapes(LearntShapeStore.NONE, Set::of));
    }

    private static DriftGuard of(
            ProviderId provider,
            Supplier<Map<String, List<Shape>>> forms,
            KnownSecrets secrets,
            NanoClock nanoClock,
            LearntShapes learnt) {
        var additions = new Additions(provider);
        var quarantine = new Quarantine(provider, secrets, nanoClock);
        return new DriftGuard(
                new Lazy<>(() -> endpoints(provider, forms.get(), learnt, additions, quarantine)),
                additions,
                quarantine,
                learnt);
    }

    private static Map<Operation, EndpointGuard> endpoints(
            ProviderId provider,
            Map<String, List<Shape>> forms,
            LearntShapes learnt,
            Additions additions,
            Quarantine quarantine) {
        Map<Operation, EndpointGuard> endpoints = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            List<Shape> known = forms.getOrDefault(operation.wire(), List.of());
            endpoints.put(operation, new EndpointGuard(provider, operation, known, learnt, additions, quarantine));
        }
        return endpoints;
    }

    /** The check of a response to a query of this kind. */
    public DriftCheck check(Operation operation) {
        EndpointGuard endpoint = endpoints.get().get(operation);
        return endpoint == null ? DriftCheck.NONE : new DriftCheck(endpoint);
    }

    /** What has been found since the start. */
    public DriftReport report() {
        return additions == null || quarantine == null || learnt == null
                ? DriftReport.NONE
                : new DriftReport(quarantine.refused(), quarantine.payloads(), additions.found(), learnt.report());
    }
}
