package io.marketbrain.api.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.endpoints.HealthPolicy.Health;
import io.marketbrain.api.endpoints.HealthPolicy.Status;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderMode;
import io.marketbrain.pipeline.ProviderReport;
import io.marketbrain.telemetry.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthPolicyTest {
    private static final ProviderMode BINANCE = provider("binance", Mode.LIVE);
    private static final ProviderMode KRAKEN = provider("kraken", Mode.LIVE);
    private static final ProviderMode MOCK = provider("mock", Mode.MOCK);

    private final TestSystem system = new TestSystem();

    @Test
    void mock_mode_without_redis_is_healthy() {
        assertThat(health(MOCK)).isEqualTo(new Health(Status.HEALTHY, List.of()));
    }

    @Test
    void responding_live_providers_are_healthy() {
        assertThat(health(BINANCE, KRAKEN, MOCK)).isEqualTo(new Health(Status.HEALTHY, List.of()));
    }

    @Test
    void a_configured_redis_that_is_down_is_degraded() {
        system.cacheStatus = "degraded";
        assertThat(health(MOCK))
                .isEqualTo(new Health(
                        Status.DEGRADED, List.of("redis is read only; the in-process cache is used until it is back")));
    }

    @Test
    void mock_data_for_a_live_provider_is_degraded() {
        system.standIns = List.of(BINANCE.id());
        assertThat(health(BINANCE, MOCK))
                .isEqualTo(new Health(Status.DEGRADED, List.of("mock data stands in for binance")));
    }

    @Test
    void one_of_two_live_providers_down_is_degraded() {
        system.reports.put(BINANCE.id(), report("down"));
        assertThat(health(BINANCE, KRAKEN, MOCK)).isEqualTo(new Health(Status.DEGRADED, List.of("binance is down")));
    }

    @Test
    void a_provider_out_of_quota_is_degraded_never_unhealthy() {
        system.reports.put(BINANCE.id(), report("out_of_quota"));
        assertThat(health(BINANCE, MOCK)).isEqualTo(new Health(Status.DEGRADED, List.of("binance is out of quota")));
    }

    @Test
    void every_live_provider_down_is_unhealthy() {
        system.reports.put(BINANCE.id(), report("down"));
        system.reports.put(KRAKEN.id(), report("down"));
        assertThat(health(BINANCE, KRAKEN, MOCK).status()).isEqualTo(Status.UNHEALTHY);
    }

    @Test
    void a_stopping_gateway_is_unhealthy() {
        system.ready = false;
        assertThat(health(MOCK)).isEqualTo(new Health(Status.UNHEALTHY, List.of("the gateway is stopping")));
    }

    @Test
    void a_new_certificate_that_cannot_be_used_is_degraded() {
        system.tlsProblem = "the key does not belong to it";
        assertThat(health(MOCK))
                .isEqualTo(new Health(
                        Status.DEGRADED,
                        List.of("the new TLS certificate cannot be used: the key does not belong to it")));
    }

    @Test
    void a_background_thread_that_keeps_failing_is_degraded() {
        system.failingLoops = List.of("http-watchdog");
        assertThat(health(MOCK))
                .isEqualTo(new Health(
                        Status.DEGRADED,
                        List.of("the background thread http-watchdog keeps failing; the log has the details")));
    }

    @Test
    void the_worst_component_decides_and_every_reason_is_listed() {
        system.cacheStatus = "degraded";
        system.reports.put(BINANCE.id(), report("down"));
        Health health = health(BINANCE, MOCK);
        assertThat(health.status()).isEqualTo(Status.UNHEALTHY);
        assertThat(health.reasons()).hasSize(2).last().isEqualTo("binance is down");
    }

    private Health health(ProviderMode... providers) {
        return HealthPolicy.ofGateway(system, HealthPolicy.ofProviders(system, List.of(providers)));
    }

    private static ProviderReport report(String health) {
        return new ProviderReport(health, List.of(), List.of());
    }

    private static ProviderMode provider(String id, Mode mode) {
        return new ProviderMode(new ProviderId(id), mode, "");
    }

    /** A system whose parts fail on demand. */
    private static final class TestSystem implements SystemView {
        private List<String> failingLoops = List.of();

        @Override
        public List<String> failingLoops() {
            return failingLoops;
        }

        private final Map<ProviderId, ProviderReport> reports = new HashMap<>();
        private boolean ready = true;
        private String cacheStatus = "healthy";
        private List<ProviderId> standIns = List.of();
        private String tlsProblem = "";

        @Override
        public String version() {
            return "1";
        }

        @Override
        public Duration uptime() {
            return Duration.ZERO;
        }

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public CacheFigures cache() {
            return new CacheFigures(cacheStatus, false, null, 0, false, "read_only", 0, 0, Map.of());
        }

        @Override
        public LogFigures log() {
            return new LogFigures(true, 0L);
        }

        @Override
        public ResourceFigures resources() {
            return new ResourceFigures(null, 0, null, null, null);
        }

        @Override
        public List<Metric> metrics() {
            return List.of();
        }

        @Override
        public Optional<TlsFigures> tls() {
            return tlsProblem.isEmpty() ? Optional.empty() : Optional.of(new TlsFigures(Instant.EPOCH, tlsProblem));
        }

        @Override
        public ProviderReport provider(ProviderId id) {
            return reports.getOrDefault(id, ProviderReport.UNLIMITED);
        }

        @Override
        public List<ProviderId> standIns() {
            return standIns;
        }

        @Override
        public Optional<CacheWarmer> warming() {
            return Optional.empty();
        }
    }
}
