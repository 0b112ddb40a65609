package io.marketbrain.api.endpoints;

import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Derives the gateway's health from its components. Mock mode and a gateway without Redis are healthy, because they are
 * configured that way. Degraded means that something configured does not work and a fallback is in use. Unhealthy means
 * that requests cannot be served. Pure.
 */
final class HealthPolicy {
    private HealthPolicy() {}

    /** The levels of health, from best to worst. */
    enum Status {
        HEALTHY,
        DEGRADED,
        UNHEALTHY;

        String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * The health of the gateway or of one of its components.
     *
     * @param reasons why the status is not {@code HEALTHY}, one sentence each; empty if it is
     */
    record Health(Status status, List<String> reasons) {
        Health {
            reasons = List.copyOf(reasons);
        }
    }

    /** The gateway as a whole: as unhealthy as its worst component. */
    static Health ofGateway(SystemView system, Health providers) {
        var reasons = new ArrayList<String>();
        Status worst = providers.status();
        if (!system.ready()) {
            worst = Status.UNHEALTHY;
            reasons.add("the gateway is stopping");
        }
        if (system.cache().status().equals("degraded")) {
            worst = max(worst, Status.DEGRADED);
            reasons.add("redis is " + system.cache().redisState().replace('_', ' ')
                    + "; the in-process cache is used until it is back");
        }
        Optional<String> certificate = system.tls().flatMap(tls -> Optional.ofNullable(tls.problem()));
        if (certificate.isPresent()) {
            worst = max(worst, Status.DEGRADED);
            reasons.add("the new TLS certificate cannot be used: " + certificate.get());
        }
        for (String loop : system.failingLoops()) {
            worst = max(worst, Status.DEGRADED);
            reasons.add("the background thread " + loop + " keeps failing; the log has the details");
        }
        reasons.addAll(providers.reasons());
        return new Health(worst, reasons);
    }

    /**
     * The providers: unhealthy where every live one is down, degraded where one is limited or replaced by mock data.
     */
    static Health ofProviders(SystemView system, List<ProviderMode> providers) {
        var reasons = new ArrayList<String>();
        List<ProviderId> standIns = system.standIns();
        int live = 0;
        int down = 0;
        for (ProviderMode provider : providers) {
            if (provider.mode() != Mode.LIVE) {
                continue;
            }
            live++;
            String health = system.provider(provider.id()).health();
            if (health.equals("down")) {
                down++;
            }
            if (!health.equals("ok")) {
                reasons.add(provider.id() + " is " + health.replace('_', ' '));
            }
            if (standIns.contains(provider.id())) {
                reasons.add("mock data stands in for " + provider.id());
            }
        }
        Status status = reasons.isEmpty() ? Status.HEALTHY : down == live ? Status.UNHEALTHY : Status.DEGRADED;
        return new Health(status, reasons);
    }

    private static Status max(Status one, Status other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
