package io.marketbrain.config;

import io.marketbrain.api.ApiConfig;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.api.http.HttpLimits;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.orchestration.OrchestrationConfig;
import io.marketbrain.pipeline.qos.QosConfig;
import io.marketbrain.provider.Descriptor;
import io.marketbrain.provider.ProviderConfig;
import io.marketbrain.provider.ProviderConfig.WantedMode;
import io.marketbrain.security.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The catalogue of settings: each line declares one, with its key, fallback, range and description, and reads it into
 * its record. A setting is added by a line here and a component of its record.
 */
final class Sections {
    private final SettingsReader in;

    private Sections(SettingsReader in) {
        this.in = in;
    }

    static GatewayConfig read(SettingsReader in, List<Descriptor> descriptors) {
        var sections = new Sections(in);
        return new GatewayConfig(
                sections.server(),
                sections.api(),
                sections.qos(),
                new CacheSections(in).cache(),
                new CacheSections(in).redis(),
                new CacheSections(in).warming(),
                sections.orchestration(),
                new RoutesSection(in).read(descriptors),
                new ResilienceSection(in).read(),
                new BudgetSection(in).read(descriptors),
                new AccessSection(in).access(),
                Optional.of(in.path(
                        "state.folder",
                        Path.of("state"),
                        "The folder for the little that outlives the process: keys, secrets, budgets, waits that"
                                + " providers asked for; a relative path begins beside the brain command.")),
                new TransportSection(in).transport(),
                new TransportSection(in).symbols(),
                sections.providers(descriptors),
                new MockSection(in).read(),
                new LogSection(in).read());
    }

    private ServerConfig server() {
        return in.section(
                ServerConfig.defaults(),
                d -> new ServerConfig(
                        in.text("server.host", d.host(), "The address to listen on."),
                        in.integer("server.port", d.port(), 0, 65_535, "The port to listen on; 0 picks a free one."),
                        limits(),
                        new TlsSection(in).read()));
    }

    private HttpLimits limits() {
        Duration second = Duration.ofSeconds(1);
        Duration minute = Duration.ofMinutes(1);
        Duration minutes = Duration.ofMinutes(5);
        return in.section(
                HttpLimits.defaults(),
                d -> new HttpLimits(
                        in.integer(
                                "server.max_requests",
                                d.maxRequests(),
                                1,
                                10_000,
                                "How many requests are answered at a time, waiting ones included; more are refused at once."),
                        in.integer(
                                "server.max_connections",
                                d.maxConnections(),
                                1,
                                20_000,
                                "How many clients may be connected; one more takes the place of the longest idle one."),
                        (int) in.bytes("server.max_target", d.maxTarget(), 256, 65_536, "The longest request line."),
                        (int) in.bytes(
                                "server.max_head",
                                d.maxHead(),
                                1024,
                                262_144,
                                "The longest request line and headers together."),
                        in.integer(
                                "server.max_headers", d.maxHeaders(), 8, 500, "How many headers a request may have."),
                        (int) in.bytes("server.max_body", d.maxBody(), 0, 16 << 20, "The longest request body."),
                        in.bytes(
                                "server.max_held",
                                d.maxHeld(),
                                1L << 20,
                                1L << 30,
                                "How much is held in memory for slow senders and slow readers together."),
                        in.duration(
                                "server.keep_alive",
                                d.keepAlive(),
                                second,
                                minutes,
                                "How long a connection may rest before and between requests."),
                        in.duration(
                                "server.head_timeout",
                                d.headTimeout(),
                                second,
                                minute,
                                "How long request line and headers may take to arrive."),
                        in.duration(
                                "server.body_timeout",
                                d.bodyTimeout(),
                                second,
                                minutes,
                                "How long a request body may take to arrive."),
                        in.duration(
                                "server.write_timeout",
                                d.writeTimeout(),
                                second,
                                minutes,
                                "How long a client may take to read each 64 KiB of an answer."),
                        in.duration(
                                "server.linger",
                                d.linger(),
                                Duration.ZERO,
                                Duration.ofSeconds(10),
                                "How long a refused client is listened to so that it can read why."),
                        in.duration(
                                "server.stop_grace",
                                d.stopGrace(),
                                Duration.ZERO,
                                minute,
                                "How long requests in flight may go on once the gateway stops.")));
    }

    private ApiConfig api() {
        return in.section(
                ApiConfig.defaults(),
                d -> new ApiConfig(
                        in.duration(
                                "api.timeout",
                                d.timeout(),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(60),
                                "How long an answer may take when the caller does not say."),
                        in.integer("api.max_batch", d.maxBatch(), 1, 1000, "How many quotes one request may ask for."),
                        in.integer(
                                "api.max_candles",
                                d.maxCandles(),
                                1,
                                100_000,
                                "How many candles one answer has at the most."),
                        (int) in.bytes(
                                "api.gzip_from",
                                d.gzipFrom(),
                                0,
                                Integer.MAX_VALUE,
                                "The length from which an answer is compressed for callers that accept it.")));
    }

    private QosConfig qos() {
        return in.section(
                QosConfig.defaults(),
                d -> new QosConfig(
                        in.integer(
                                "qos.permits", d.permits(), 1, 100_000, "How many requests are worked on at a time."),
                        in.integer(
                                "qos.low_percent",
                                d.lowPercent(),
                                1,
                                100,
                                "The share of the permits that background work may hold, in percent; at least one permit."),
                        in.integer(
                                "qos.caller_percent",
                                d.callerPercent(),
                                1,
                                100,
                                "The share of the permits that one caller with a key may hold, in percent."),
                        in.integer("qos.queue", d.queue(), 0, 100_000, "How many requests of people may wait."),
                        in.integer("qos.low_queue", d.lowQueue(), 0, 100_000, "How many background requests may wait."),
                        in.duration(
                                "qos.patience",
                                d.queueTimeout(),
                                Duration.ZERO,
                                Duration.ofMinutes(1),
                                "How long a request waits for a permit before it is turned away."),
                        in.duration(
                                "qos.newest_first_after",
                                d.newestFirstAfter(),
                                Duration.ZERO,
                                Duration.ofMinutes(1),
                                "How long the oldest request waits before the newest are served first."),
                        in.duration(
                                "qos.low_starvation",
                                d.lowStarvation(),
                                Duration.ofMillis(1),
                                Duration.ofHours(1),
                                "After how long without any background work one background request goes before people.")));
    }

    private OrchestrationConfig orchestration() {
        return in.section(
                OrchestrationConfig.defaults(),
                d -> new OrchestrationConfig(
                        in.duration(
                                "orchestration.credentials_recheck",
                                d.credentialsRecheck(),
                                Duration.ofMillis(1),
                                Duration.ofDays(1),
                                "How long credentials that a provider rejected are left alone before they are tried"
                                        + " again."),
                        in.find(
                                "orchestration.hedge_after",
                                "ORCHESTRATION_HEDGE_AFTER",
                                Kind.duration(Duration.ofMillis(1), Duration.ofMinutes(1)),
                                "How long a provider may take, where any will do, before a second one is asked beside"
                                        + " it; not set: never. Both may cost."),
                        in.integer(
                                "orchestration.hedge_percent",
                                d.hedgePercent(),
                                1,
                                100,
                                "How many questions of a hundred may be asked of a second provider for that reason.")));
    }

    private Map<ProviderId, ProviderConfig> providers(List<Descriptor> descriptors) {
        Kind<ProviderId> id = RoutesSection.providerIn(descriptors);
        List<ProviderId> live = in.list(
                "live_providers",
                id,
                List.of(),
                "The providers to ask for real data although no key is configured. Without this, and without keys,"
                        + " nothing leaves the machine.");
        var providers = new LinkedHashMap<ProviderId, ProviderConfig>();
        for (Descriptor descriptor : descriptors) {
            providers.put(descriptor.id(), provider(descriptor, live.contains(descriptor.id())));
        }
        return providers;
    }

    private ProviderConfig provider(Descriptor descriptor, boolean live) {
        String key = "providers." + descriptor.id() + ".";
        String environment = descriptor.id().value().toUpperCase(Locale.ROOT).replace('-', '_') + "_";
        String name = descriptor.name();
        WantedMode mode = in.readNamed(
                key + "mode",
                environment + "MODE",
                mode(),
                WantedMode.AUTO,
                "Whether " + name + " is asked for real data (live), or the mock market answers in its place (mock);"
                        + " auto is live "
                        + (descriptor.keySetting().isPresent() ? "with credentials only." : "when in LIVE_PROVIDERS."));
        Optional<Secret> apiKey = descriptor
                .keySetting()
                .flatMap(setting -> in.secret(key + "api_key", setting, "The API key for " + name + "."));
        Optional<Secret> apiSecret = descriptor
                .secretSetting()
                .flatMap(setting -> in.secret(key + "api_secret", setting, "The API secret for " + name + "."));
        return new ProviderConfig(
                live && mode == WantedMode.AUTO ? WantedMode.LIVE : mode,
                apiKey,
                apiSecret,
                in.webAddress(
                        key + "base_url",
                        environment + "BASE_URL",
                        "Where to reach " + name + " instead of " + descriptor.baseUrl()
                                + ": a proxy, a test network, a test server."));
    }

    private static Kind<WantedMode> mode() {
        Kind<WantedMode> modes = Kind.choice(WantedMode.class, WantedMode::wire);
        return Kind.of(
                modes.allowed(),
                text -> {
                    if (text.equalsIgnoreCase("replay")) {
                        throw new Kind.Invalid("replay is not available yet");
                    }
                    return modes.parse().apply(text);
                },
                modes.show());
    }
}
