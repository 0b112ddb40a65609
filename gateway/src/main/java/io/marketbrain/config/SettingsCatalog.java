package io.marketbrain.config;

import io.marketbrain.api.ServerConfig;
import io.marketbrain.api.request.ApiConfig;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.config.descriptors.DescriptorUpdates;
import io.marketbrain.http.HttpLimits;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.BackgroundLimits;
import io.marketbrain.pipeline.orchestration.OrchestrationConfig;
import io.marketbrain.pipeline.qos.QosConfig;
import io.marketbrain.pipeline.shadow.ShadowConfig;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.security.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All settings: each line declares one with its key, default, range and description, and reads it into
 * its record. A setting is added by a line here and a component of its record.
 */
final class SettingsCatalog {
    /** The providers with a WebSocket feed, whose address can be set. */
    static final Set<String> FEEDS = Set.of(
            "binance",
            "binancefutures",
            "bitfinex",
            "bitget",
            "bitstamp",
            "bybit",
            "coinbase",
            "cryptocom",
            "deribit",
            "gate",
            "gemini",
            "htx",
            "hyperliquid",
            "kraken",
            "kucoin",
            "mexc",
            "okx");

    private final SettingsReader in;

    private SettingsCatalog(SettingsReader in) {
        this.in = in;
    }

    static GatewayConfig read(SettingsReader in, List<IndexedDescriptor> descriptors) {
        var sections = new SettingsCatalog(in);
        var config = new GatewayConfig(
                sections.server(),
                sections.api(),
                sections.qos(),
                new CacheSections(in).cache(),
                new CacheSections(in).redis(),
                new CacheSections(in).warming(),
                sections.orchestration(),
                sections.shadow(),
                new RoutesSection(in).read(descriptors),
                new ResilienceSection(in).read(),
                new QualitySection(in).read(descriptors),
                new BudgetSection(in).read(descriptors),
                new AccessSection(in).access(),
                Optional.of(in.path(
                        "state.folder",
                        Path.of("state"),
                        "The folder for state that survives a restart: API keys, encrypted secrets, budgets,"
                                + " delays that providers requested (Retry-After). A relative path starts at the"
                                + " folder of the brain command.")),
                new TransportSection(in).transport(),
                new TransportSection(in).symbols(),
                new TransportSection(in).recording(),
                new TransportSection(in).streams(),
                new TransportSection(in).relay(),
                new TransportSection(in).alerts(),
                new TransportSection(in).webSockets(),
                new RoutesSection(in).facades(descriptors),
                sections.providers(descriptors),
                descriptors,
                DescriptorUpdates.NONE,
                new MockSection(in).read(),
                new LogSection(in).read());
        new RoutesSection(in).checkHosts(config.facades(), config.access().hosts());
        return config;
    }

    static Path providersFolder(SettingsReader in) {
        return in.path(
                "providers.folder",
                Path.of("providers"),
                "The folder with descriptors of providers of your own, <id>.json each; a folder that exists at the"
                        + " start is watched. A relative path starts at the folder of the brain command.");
    }

    private ServerConfig server() {
        return in.section(
                ServerConfig.defaults(),
                d -> new ServerConfig(
                        in.text("server.host", d.host(), "The address to listen on."),
                        in.integer(ServerConfig.PORT, d.port(), "The port to listen on; 0 picks a free one."),
                        limits(),
                        new TlsSection(in).read()));
    }

    private HttpLimits limits() {
        return in.section(
                HttpLimits.defaults(),
                d -> new HttpLimits(
                        in.integer(
                                HttpLimits.MAX_REQUESTS,
                                d.maxRequests(),
                                "How many requests may be in progress at once, including those that wait; further ones"
                                        + " are rejected with HTTP 503."),
                        in.integer(
                                HttpLimits.MAX_CONNECTIONS,
                                d.maxConnections(),
                                "How many clients may be connected at once; a new one replaces the connection that has"
                                        + " been idle longest."),
                        in.integer(
                                HttpLimits.MAX_STREAMS,
                                d.maxStreams(),
                                "How many streamed responses are sent at once; further ones are rejected with HTTP"
                                        + " 503."),
                        in.arrayBytes(HttpLimits.MAX_TARGET, d.maxTarget(), "The longest request line."),
                        in.arrayBytes(
                                HttpLimits.MAX_HEAD, d.maxHead(), "The largest request line and headers together."),
                        in.integer(HttpLimits.MAX_HEADERS, d.maxHeaders(), "How many headers a request may have."),
                        in.arrayBytes(HttpLimits.MAX_BODY, d.maxBody(), "The largest request body."),
                        in.bytes(
                                HttpLimits.MAX_BUFFERED,
                                d.maxHeld(),
                                "How much memory may hold request bodies that are arriving and responses that slow"
                                        + " clients have not read yet, all clients together."),
                        in.duration(
                                HttpLimits.KEEP_ALIVE,
                                d.keepAlive(),
                                "How long an idle connection stays open, before its first request and between"
                                        + " requests."),
                        in.duration(
                                HttpLimits.HEAD_TIMEOUT,
                                d.headTimeout(),
                                "How long the request line and headers may take to arrive."),
                        in.duration(
                                HttpLimits.BODY_TIMEOUT,
                                d.bodyTimeout(),
                                "How long a request body may take to arrive."),
                        in.duration(
                                HttpLimits.WRITE_TIMEOUT,
                                d.writeTimeout(),
                                "How long a client may take to read each 64 KiB of a response."),
                        in.duration(
                                HttpLimits.LINGER,
                                d.linger(),
                                "How long the connection of a rejected client stays open so that the client can read"
                                        + " the reason."),
                        in.duration(
                                HttpLimits.STOP_GRACE,
                                d.stopGrace(),
                                "How long requests in progress may continue after the gateway receives a signal to"
                                        + " stop.")));
    }

    private ApiConfig api() {
        return in.section(
                ApiConfig.defaults(),
                d -> new ApiConfig(
                        in.duration(
                                ApiConfig.TIMEOUT,
                                d.timeout(),
                                "How long a request may take when the caller does not specify a timeout."),
                        in.integer(ApiConfig.MAX_BATCH, d.maxBatch(), "How many quotes one request may contain."),
                        in.integer(ApiConfig.MAX_CANDLES, d.maxCandles(), "How many candles one response may contain."),
                        in.integer(
                                ApiConfig.MAX_STREAMED_CANDLES,
                                d.maxStreamedCandles(),
                                "The largest range of candles that is streamed as CSV or NDJSON, in candles."),
                        in.arrayBytes(
                                ApiConfig.GZIP_FROM,
                                d.gzipFrom(),
                                "The size from which responses are compressed for clients that accept gzip."),
                        in.find(
                                        "api.path_prefix",
                                        SettingsReader.environmentName("api.path_prefix"),
                                        SettingType.text()
                                                .only(
                                                        "a path such as /brain, without a slash at its end",
                                                        PathPrefix::isValid),
                                        "The path below which a reverse proxy publishes the gateway; links in"
                                                + " responses begin with it, and requests are served with or without it.")
                                .map(PathPrefix::new)
                                .orElse(d.pathPrefix()),
                        in.flag(
                                "dashboard.enabled",
                                d.dashboard(),
                                "Whether browsers get the dashboard at the root path; other clients get JSON there in"
                                        + " any case.")));
    }

    private QosConfig qos() {
        return in.section(
                QosConfig.defaults(),
                d -> new QosConfig(
                        in.integer(QosConfig.PERMITS, d.permits(), "How many requests are processed at once."),
                        in.integer(
                                BackgroundLimits.PERCENT,
                                d.lowPercent(),
                                "The share of the permits that background work may hold, in percent; at least one"
                                        + " permit."),
                        in.integer(
                                QosConfig.CALLER_PERCENT,
                                d.callerPercent(),
                                "The share of the permits that one caller with an API key may hold, in percent."),
                        in.integer(QosConfig.QUEUE, d.queue(), "How many interactive requests may wait for a permit."),
                        in.integer(
                                QosConfig.BACKGROUND_QUEUE,
                                d.lowQueue(),
                                "How many background requests may wait for a permit."),
                        in.duration(
                                QosConfig.QUEUE_TIMEOUT,
                                d.queueTimeout(),
                                "How long an interactive request waits for a permit before it is rejected."),
                        in.duration(
                                QosConfig.NEWEST_FIRST_AFTER,
                                d.newestFirstAfter(),
                                "How long the oldest request must have waited before the newest requests are served"
                                        + " first."),
                        in.duration(
                                BackgroundLimits.MAX_WAIT,
                                d.lowStarvation(),
                                "How long background work may get no permit before one background request is served"
                                        + " ahead of interactive ones.")));
    }

    private OrchestrationConfig orchestration() {
        return in.section(
                OrchestrationConfig.defaults(),
                d -> new OrchestrationConfig(
                        in.duration(
                                OrchestrationConfig.CREDENTIALS_RECHECK,
                                d.credentialsRecheck(),
                                "How long to wait before credentials that a provider rejected are tried again."),
                        in.find(
                                "orchestration.hedge_after",
                                "ORCHESTRATION_HEDGE_AFTER",
                                SettingType.duration(OrchestrationConfig.HEDGE_AFTER),
                                "How long to wait for the first provider, where any provider will do, before a second"
                                        + " one is asked as well; not set: never. Both calls may cost money."),
                        in.integer(
                                OrchestrationConfig.HEDGE_PERCENT,
                                d.hedgePercent(),
                                "How many requests in a hundred may be sent to a second provider in this way.")));
    }

    private ShadowConfig shadow() {
        return in.section(
                ShadowConfig.defaults(),
                d -> new ShadowConfig(
                        in.decimal(
                                ShadowConfig.PERCENT,
                                d.percent(),
                                "How many live quotes in a hundred a second live provider is asked for in the"
                                        + " background, to compare them; 0: none. These calls may cost money."),
                        in.duration(
                                ShadowConfig.TIMEOUT,
                                d.timeout(),
                                "How long the second provider may take for a quote."),
                        in.integer(
                                ShadowConfig.AT_ONCE,
                                d.atOnce(),
                                "How many quotes a second provider may be asked for at once; further ones are not"
                                        + " compared.")));
    }

    private Map<ProviderId, ProviderConfig> providers(List<IndexedDescriptor> descriptors) {
        var _ = providersFolder(in);
        SettingType<ProviderId> id = RoutesSection.providerIn(descriptors, in.leftOut());
        List<ProviderId> live = in.list(
                "live_providers",
                id,
                List.of(),
                "The providers to use live although no API key is configured. By default, without API keys, nothing"
                        + " leaves this machine.");
        SettingType<WantedMode> modes = SettingType.choice(WantedMode.class, WantedMode::wire);
        var providers = new LinkedHashMap<ProviderId, ProviderConfig>();
        for (IndexedDescriptor descriptor : descriptors) {
            providers.put(descriptor.id(), provider(descriptor, modes, live.contains(descriptor.id())));
        }
        return providers;
    }

    private ProviderConfig provider(IndexedDescriptor descriptor, SettingType<WantedMode> modes, boolean live) {
        String key = "providers." + descriptor.id() + ".";
        String environment = descriptor.id().value().toUpperCase(Locale.ROOT).replace('-', '_') + "_";
        String name = descriptor.name();
        WantedMode mode = in.readNamed(
                key + "mode",
                environment + "MODE",
                modes,
                WantedMode.AUTO,
                "Whether " + name
                        + " serves real data (live), is replaced by the mock market (mock) or by a recording (replay,"
                        + " see replay.folder); auto means live "
                        + (descriptor.keySetting().isPresent()
                                ? "when credentials are configured, with mock data while the provider rejects them."
                                : "when in LIVE_PROVIDERS."));
        Optional<Secret> apiKey = descriptor
                .keySetting()
                .flatMap(setting -> in.secret(key + "api_key", setting, "The API key for " + name + "."));
        Optional<Secret> apiSecret = descriptor
                .secretSetting()
                .flatMap(setting -> in.secret(key + "api_secret", setting, "The API secret for " + name + "."));
        if (mode == WantedMode.REPLAY && in.isUnset("replay.folder")) {
            in.problem(key + "mode", "is 'replay', but replay.folder (REPLAY_FOLDER) is not set");
        }
        return new ProviderConfig(
                live && mode == WantedMode.AUTO ? WantedMode.LIVE : mode,
                apiKey,
                apiSecret,
                in.webAddress(
                        key + "base_url",
                        environment + "BASE_URL",
                        "The address of " + name + " to use instead of " + descriptor.baseUrl()
                                + ", such as a proxy, a test network or a test server."),
                FEEDS.contains(descriptor.id().value())
                        ? in.find(
                                key + "feed_url",
                                environment + "FEED_URL",
                                SettingType.feedAddress(),
                                "The address of the WebSocket feed of " + name
                                        + " to use instead of the documented one. Without it, the feed is expected on"
                                        + " the host of "
                                        + environment + "BASE_URL, if that is set.")
                        : Optional.empty(),
                in.readNamed(
                        key + "rates",
                        environment + "RATES",
                        SettingType.list(SettingType.rate()),
                        List.of(),
                        "The rate limits of your plan at " + name
                                + ", such as 55/1m,5000/1d, instead of all those of the free"
                                + " plan, or of what is documented for everybody. Each counts calls or weight as the"
                                + " usual one of the same period does, or else weight."));
    }
}
