package io.marketbrain.config;

import io.marketbrain.alerts.AlertsConfig;
import io.marketbrain.http.websocket.WebSocketConfig;
import io.marketbrain.pipeline.stream.relay.RelayConfig;
import io.marketbrain.provider.recording.RecordingConfig;
import io.marketbrain.provider.registry.SymbolListConfig;
import io.marketbrain.provider.transport.ProxyAddress;
import io.marketbrain.provider.transport.ProxyConfig;
import io.marketbrain.provider.transport.TransportConfig;
import io.marketbrain.stream.StreamConfig;
import java.util.List;

/** The settings of calls to providers (connections, lists of symbols, recordings) and of streams to clients. */
final class TransportSection {
    private final SettingsReader in;

    TransportSection(SettingsReader in) {
        this.in = in;
    }

    TransportConfig transport() {
        return in.section(
                TransportConfig.defaults(),
                d -> new TransportConfig(
                        in.duration(
                                TransportConfig.CONNECT_TIMEOUT,
                                d.connectTimeout(),
                                "How long connecting to a provider may take."),
                        in.arrayBytes(
                                TransportConfig.MAX_BODY,
                                d.maxBodyBytes(),
                                "The largest response accepted from a provider, both as sent and after decompression."),
                        in.integer(
                                TransportConfig.MAX_REDIRECTS,
                                d.maxRedirects(),
                                "How many redirects within a provider's host are followed; redirects to other hosts"
                                        + " never are."),
                        in.text("transport.user_agent", d.userAgent(), "The User-Agent header sent to providers."),
                        proxies(),
                        in.findPath(
                                "transport.ca_file",
                                "A PEM file with certificate authorities to trust for providers in addition to those"
                                        + " that Java trusts, such as the one of a company's proxy.")));
    }

    /** The settings of recording and replaying. */
    RecordingConfig recording() {
        return in.section(
                RecordingConfig.defaults(),
                d -> new RecordingConfig(
                        in.findPath(
                                "record.folder",
                                "The folder in which exchanges with live providers are recorded, without credentials;"
                                        + " not set: nothing is recorded."),
                        in.bytes(
                                RecordingConfig.MAX_BYTES,
                                d.maxBytes(),
                                "How much the recordings in the folder may take, earlier ones included; further"
                                        + " exchanges are dropped and counted."),
                        in.integer(
                                RecordingConfig.MAX_FILES,
                                d.maxFiles(),
                                "How many files the recordings may be; an exchange takes two."),
                        in.arrayBytes(
                                RecordingConfig.QUEUE_BYTES,
                                d.queueBytes(),
                                "How much may wait in memory to be written; further exchanges are dropped and counted."
                                        + " A smaller heap lowers it."),
                        in.findPath(
                                "replay.folder",
                                "The recording that providers with the mode replay answer from: a folder that was"
                                        + " given as RECORD_FOLDER, or a report of it."),
                        in.choice(
                                "replay.clock",
                                RecordingConfig.ReplayTime.class,
                                RecordingConfig.ReplayTime::wire,
                                d.clock(),
                                "When a replayed response counts as received: at the time of the recording (recorded)"
                                        + " or now (shifted). The times in the data stay as they are.")));
    }

    private ProxyConfig proxies() {
        return new ProxyConfig(
                in.secret(
                                "transport.http_proxy",
                                "HTTP_PROXY",
                                "The proxy for providers with http addresses: http://[user:password@]host:port. The"
                                        + " lower-case name http_proxy counts as well.")
                        .map(url -> ProxyAddress.parse("transport.http_proxy", url)),
                in.secret(
                                "transport.https_proxy",
                                "HTTPS_PROXY",
                                "The proxy for providers with https addresses, which tunnels them with CONNECT:"
                                        + " http://[user:password@]host:port. The lower-case name https_proxy counts as"
                                        + " well.")
                        .map(url -> ProxyAddress.parse("transport.https_proxy", url)),
                in.readNamed(
                        "transport.no_proxy",
                        "NO_PROXY",
                        SettingType.list(SettingType.text()),
                        List.of(),
                        "Hosts that are reached without a proxy: example.com also covers the hosts below it, * covers"
                                + " all; addresses of this machine never use one. The lower-case name no_proxy counts as"
                                + " well."));
    }

    SymbolListConfig symbols() {
        return in.section(
                SymbolListConfig.defaults(),
                d -> new SymbolListConfig(
                        in.duration(
                                SymbolListConfig.MAX_AGE,
                                d.maxAge(),
                                "How old a live provider's symbol list may be before it is fetched again."),
                        in.duration(
                                SymbolListConfig.RETRY_AFTER,
                                d.retryAfter(),
                                "How long to wait after a failed fetch of a symbol list before the next attempt."),
                        in.duration(
                                SymbolListConfig.MAX_WAIT,
                                d.longestWait(),
                                "How long a request waits for a symbol list that it needs."),
                        in.duration(
                                SymbolListConfig.FETCH_TIMEOUT,
                                d.fetchTimeout(),
                                "How long fetching a symbol list may take.")));
    }

    /** The settings of streams to clients. */
    StreamConfig streams() {
        return in.section(
                StreamConfig.defaults(),
                d -> new StreamConfig(
                        in.flag(
                                StreamConfig.ENABLED,
                                d.enabled(),
                                "Whether clients may listen to streams; without, their paths do not exist."),
                        in.integer(
                                StreamConfig.MAX_CLIENTS,
                                d.maxClients(),
                                "How many clients may listen to streams at once; further ones are rejected with HTTP"
                                        + " 503."),
                        in.integer(
                                StreamConfig.MAX_SUBSCRIPTIONS,
                                d.maxSubscriptions(),
                                "How many subscriptions (symbols times kinds) one client may have."),
                        in.bytes(
                                StreamConfig.MAX_WAITING,
                                d.maxWaiting(),
                                "How much may wait for a client that reads slowly; then it gets a gap and a snapshot,"
                                        + " and at the third time in a minute its stream ends."),
                        in.integer(
                                StreamConfig.REPLAY_EVENTS,
                                d.replayEvents(),
                                "How many trades, complete bars and gaps are kept for clients that reconnect."),
                        in.bytes(StreamConfig.REPLAY_BYTES, d.replayBytes(), "How much memory those events may use."),
                        in.duration(
                                StreamConfig.LINGER,
                                d.linger(),
                                "How long a subscription at a provider is kept after its last listener has left."),
                        in.duration(
                                StreamConfig.HEARTBEAT,
                                d.heartbeat(),
                                "After how much silence a listener gets a heartbeat."),
                        in.duration(
                                StreamConfig.SIMULATED_PERIOD,
                                d.simulatedPeriod(),
                                "How often streams of the simulated market have a new quote and order book.")));
    }

    /** The settings of alerts and of their webhooks. */
    AlertsConfig alerts() {
        return in.section(
                AlertsConfig.defaults(),
                d -> new AlertsConfig(
                        in.integer(AlertsConfig.MAX_ALERTS, d.maxAlerts(), "How many alerts the gateway keeps."),
                        in.integer(
                                AlertsConfig.LOG_ENTRIES,
                                d.logEntries(),
                                "How many firings and deliveries the log of alerts has."),
                        in.flag(
                                AlertsConfig.ALLOW_PRIVATE_TARGETS,
                                d.allowPrivateTargets(),
                                "Whether webhooks of alerts may be sent to loopback, private and other addresses that"
                                        + " are not public."),
                        in.duration(
                                AlertsConfig.WEBHOOK_TIMEOUT,
                                d.webhookTimeout(),
                                "How long one attempt to deliver a webhook may take."),
                        in.duration(
                                AlertsConfig.RETRY_FIRST,
                                d.retryFirst(),
                                "The pause after the first failed attempt; each further one is twice as long, up to 30"
                                        + " minutes."),
                        in.integer(AlertsConfig.MAX_ATTEMPTS, d.maxAttempts(), "How often a webhook is tried at most."),
                        in.duration(AlertsConfig.MAX_AGE, d.maxAge(), "How long after its firing a webhook is tried."),
                        in.secret(
                                "alerts.signing_key",
                                "ALERTS_SIGNING_KEY",
                                "The key that webhooks are signed with: X-Marketbrain-Signature has the HMAC-SHA-256"
                                        + " of the body.")));
    }

    /** The settings of feeds that several gateways share. */
    RelayConfig relay() {
        return in.section(
                RelayConfig.defaults(),
                d -> new RelayConfig(
                        in.flag(
                                RelayConfig.ON,
                                d.on(),
                                "Whether the gateways of one Redis share each provider's feed: one receives it, and"
                                        + " the others receive it from that one."),
                        in.duration(
                                RelayConfig.LEASE,
                                d.lease(),
                                "How long a gateway that no longer responds keeps a feed before another one takes"
                                        + " over."),
                        in.duration(
                                RelayConfig.OWN_FEED_WAIT,
                                d.ownFeedWait(),
                                "The longest random wait before a gateway opens its own feed because Redis has not"
                                        + " responded for the time of a lease."),
                        in.integer(
                                RelayConfig.EVENTS,
                                d.events(),
                                "How many events of a feed are kept in Redis, approximately; gateways that are further"
                                        + " behind announce a gap."),
                        in.bytes(
                                RelayConfig.WAITING,
                                d.waiting(),
                                "How much of a feed may wait to be sent to Redis; then it is dropped, and the other"
                                        + " gateways announce a gap."),
                        in.integer(
                                RelayConfig.CHANNELS,
                                d.channels(),
                                "How many subscriptions of a feed a gateway requests of the others; further ones it"
                                        + " opens itself.")));
    }

    /** The limits of WebSockets. */
    WebSocketConfig webSockets() {
        return in.section(
                WebSocketConfig.defaults(),
                d -> new WebSocketConfig(
                        in.arrayBytes(
                                WebSocketConfig.MAX_MESSAGE,
                                d.maxMessage(),
                                "The longest message accepted from a WebSocket client, in bytes."),
                        in.duration(
                                WebSocketConfig.PING,
                                d.ping(),
                                "After how much silence a WebSocket client gets a ping; after twice as long it is"
                                        + " disconnected."),
                        in.duration(
                                WebSocketConfig.CLOSE_TIMEOUT,
                                d.closeTimeout(),
                                "How long a WebSocket client may take to confirm that the connection ends.")));
    }
}
