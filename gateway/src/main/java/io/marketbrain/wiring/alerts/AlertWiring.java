package io.marketbrain.wiring.alerts;

import io.marketbrain.alerts.AlertAccess;
import io.marketbrain.alerts.AlertInputs;
import io.marketbrain.alerts.AlertJournal;
import io.marketbrain.alerts.AlertService;
import io.marketbrain.alerts.AlertStore;
import io.marketbrain.alerts.AlertsUnavailable;
import io.marketbrain.alerts.webhook.WebhookClient;
import io.marketbrain.api.endpoints.SystemView;
import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.files.FileKind;
import io.marketbrain.files.FileProblems;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import io.marketbrain.security.CustomCertificateAuthority;
import io.marketbrain.wiring.StreamWiring;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the alerts when they are first needed: at the start only if there are stored ones, otherwise at the first request.
 * Thread-safe.
 */
public final class AlertWiring implements AlertAccess, AutoCloseable {
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final GatewayConfig config;
    private final StreamWiring streams;
    private final SystemView status;
    private final FileProblems files;
    private final InstantSource clock;
    private final NanoClock nanoClock;
    private final Random random;
    private @Nullable AlertService service;
    private @Nullable BackgroundLoop starting;
    private boolean closed;

    public AlertWiring(
            GatewayConfig config,
            StreamWiring streams,
            SystemView status,
            FileProblems files,
            InstantSource clock,
            NanoClock nanoClock,
            Random random) {
        this.config = config;
        this.streams = streams;
        this.status = status;
        this.files = files;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.random = random;
    }

    /** Continues the stored alerts, if there are any; in the background, and again until it succeeds. */
    public synchronized void startIf(boolean serving) {
        if (serving && file().filter(FileKind::exists).isPresent()) {
            starting = new BackgroundLoop("alerts starting", BackgroundLoop.Kind.VIRTUAL, nanoClock, this::started)
                    .start();
        }
    }

    private Duration started() {
        try {
            service();
            return BackgroundLoop.END;
        } catch (AlertsUnavailable e) {
            return RETRY;
        }
    }

    private Optional<Path> file() {
        return config.state().map(folder -> folder.resolve("alerts"));
    }

    @Override
    public synchronized AlertService service() throws AlertsUnavailable {
        AlertService existing = service;
        if (existing != null) {
            return existing;
        }
        if (closed) {
            throw new AlertsUnavailable("the gateway is stopping", null);
        }
        AlertStore store = file().<AlertStore>map(file -> new AlertJournal(file, files, clock))
                .orElseGet(AlertStore::none);
        var made = new AlertService(config.alerts(), store, new Inputs(), sender(), clock, nanoClock, random);
        made.start();
        service = made;
        return made;
    }

    private WebhookClient sender() {
        return new WebhookClient(
                config.alerts(),
                config.transport().userAgent(),
                InetAddress::getAllByName,
                this::sockets,
                nanoClock,
                clock);
    }

    private SSLSocketFactory sockets() throws IOException {
        Optional<Path> authorities = config.transport().caFile();
        return authorities.isPresent()
                ? CustomCertificateAuthority.contextWithDefaults(authorities.get())
                        .getSocketFactory()
                : (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    /** What the alerts are evaluated on. */
    private final class Inputs implements AlertInputs {
        @Override
        public MarketEventSource.Subscription listen(Channel channel, EventSink sink) {
            return streams.live().hub().listen(channel, sink);
        }

        @Override
        public String health(ProviderId provider) {
            return status.provider(provider).health();
        }

        @Override
        public Optional<BudgetReport> findBudget(String name) {
            return status.budgets().stream()
                    .filter(budget -> budget.name().equals(name))
                    .findFirst();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        BackgroundLoop loop = starting;
        if (loop != null) {
            loop.stop();
        }
        AlertService existing = service;
        if (existing != null) {
            existing.close();
        }
    }
}
