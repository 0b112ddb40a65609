package io.marketbrain.wiring;

import io.marketbrain.api.BindFailure;
import io.marketbrain.api.access.AccessControl;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.facade.FacadeName;
import io.marketbrain.facade.openbb.OpenBbDocuments;
import io.marketbrain.files.FileProblems;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.ScriptRunner;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.pipeline.budget.BudgetStore;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.BindPolicy;
import io.marketbrain.security.KeyRing;
import io.marketbrain.security.KnownSecrets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Decides whom the gateway serves where it listens, and what its callers may spend. */
public final class AccessWiring {
    private AccessWiring() {}

    /**
     * The access control of a gateway.
     *
     * @param serving whether the gateway has a server
     * @throws BindFailure if it must not listen where it is configured to
     */
    public static AccessControl admitting(
            Optional<KeyRing> keys, GatewayConfig config, boolean serving, NanoClock nanoClock) {
        String host = config.server().host();
        boolean anyKeys = keys.map(ring -> !ring.all().isEmpty()).orElse(false);
        boolean secret = config.server().tls().isPresent() || config.access().plainHttp();
        BindPolicy.findRefusal(host, anyKeys, secret).filter(_ -> serving).ifPresent(refusal -> {
            throw new BindFailure(refusal);
        });
        return new AccessControl(
                keys,
                !serving || BindPolicy.isLoopback(host),
                access(config),
                new KnownSecrets(config.secrets()),
                nanoClock);
    }

    /** The budgets, those of API keys included. */
    public static Ledger ledger(
            GatewayConfig config,
            Optional<KeyRing> keys,
            Optional<ScriptRunner> scripts,
            Random random,
            FileProblems files,
            InstantSource clock) {
        Function<String, Optional<BudgetPolicy>> ofKey =
                name -> keys.flatMap(ring -> ring.findBudget(name)).map(budget -> BudgetPolicy.ofKey(name, budget));
        return new Ledger(config.budgets(), ofKey, BudgetStore.of(scripts, config.state(), random, files), clock);
    }

    /** The settings of access control, with the host names of façades; with OpenBB's, its pages may read what they show. */
    private static AccessConfig access(GatewayConfig config) {
        AccessConfig access = config.access();
        List<String> hosts = new ArrayList<>(access.hosts());
        hosts.addAll(config.facades().hosts());
        List<String> origins = new ArrayList<>(access.origins());
        if (config.facades().of(FacadeName.OPENBB).enabled()) {
            origins.addAll(OpenBbDocuments.ORIGINS);
        }
        return new AccessConfig(access.plainHttp(), hosts, origins, access.requestsPerMinute(), access.secrets());
    }
}
