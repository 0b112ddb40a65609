package io.marketbrain.wiring;

import io.marketbrain.api.streams.EventJson;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.http.websocket.WebSocketConfig;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.stream.CandleLayer;
import io.marketbrain.pipeline.stream.ChannelFinder;
import io.marketbrain.pipeline.stream.ChannelQuery;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import io.marketbrain.pipeline.stream.PollingSource;
import io.marketbrain.provider.registry.ProviderRegistry;
import io.marketbrain.stream.StreamHub;
import io.marketbrain.telemetry.Metric;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Assembles the streams: the hub, and behind it, for each channel, the provider's feed, the simulated market, or polling. Costs
 * nothing while nobody listens.
 */
public final class StreamWiring implements MarketEventSource, ChannelFinder, AutoCloseable {
    /** Feeds of providers; empty for a channel that no feed carries. */
    @FunctionalInterface
    public interface Feeds {
        Optional<MarketEventSource> find(Channel channel);

        /** A source made of theirs, such as bars of trades, with the same checks. */
        default MarketEventSource screened(MarketEventSource source) {
            return source;
        }

        /** The polling of a provider, shared with other gateways where there are such. */
        default MarketEventSource polled(ProviderId provider, MarketEventSource polling) {
            return polling;
        }

        /** What is shared with other gateways; empty if nothing can be. */
        default List<LayerReport> reports() {
            return List.of();
        }

        /** The same as metrics. */
        default List<Metric> metrics() {
            return List.of();
        }
    }

    private final ProviderRegistry registry;
    private final Feeds feeds;
    private final MarketEventSource simulated;
    private final MarketEventSource polled;
    private final CandleLayer candles;
    private final StreamHub hub;
    private final WebSocketConfig webSockets;

    /**
     * @param requests the request stack, which polls pass
     * @param uncached the part of it behind the cache, for the simulated market
     */
    public StreamWiring(
            GatewayConfig config,
            ProviderRegistry registry,
            MarketDataSource requests,
            MarketDataSource uncached,
            Feeds feeds,
            NanoClock nanoClock,
            InstantSource clock,
            Random random) {
        this.registry = registry;
        this.webSockets = config.webSockets();
        this.feeds = feeds;
        this.simulated = new PollingSource(
                uncached, StreamPeriods.simulated(config.streams().simulatedPeriod(), clock), nanoClock, clock);
        this.polled = new PollingSource(
                requests,
                StreamPeriods.polled(query -> ttl(config, query), registry::findDescriptor),
                nanoClock,
                clock);
        this.candles = new CandleLayer(requests, channel -> feeds.find(channel).isPresent(), nanoClock, clock);
        this.hub = new StreamHub(
                config.streams(), this, new EventJson(config.api().pathPrefix()), nanoClock, clock, random);
    }

    /** How long the data of a query is fresh in the cache, at least. */
    private Duration ttl(GatewayConfig config, MarketQuery query) {
        var ttls = config.cache().ttls();
        Optional<Duration> override = ttls.findOverride(query.provider(), query.operation());
        if (override.isPresent()) {
            return override.get();
        }
        Duration ofKind = ttls.kinds().of(query.operation(), config.cache().l1Ttl());
        Duration least = registry.minTtl(query.provider(), query.operation());
        return least.compareTo(ofKind) > 0 ? least : ofKind;
    }

    /** What the API needs. */
    public LiveStreams live() {
        return new LiveStreams(hub, this, webSockets);
    }

    @Override
    public Outcome<Channel> find(Channel wanted) {
        return route(wanted).map(route -> new Channel(route.provider(), wanted.instrument(), wanted.kind()));
    }

    private Outcome<Route> route(Channel channel) {
        return registry.routes(ChannelQuery.of(channel)).map(List::getFirst);
    }

    @Override
    public Subscription subscribe(Channel channel, EventSink sink) {
        boolean mock = route(channel) instanceof Outcome.Success<Route>(Route route) && route.mode() == Mode.MOCK;
        MarketEventSource source =
                mock ? simulated : feed(channel).orElseGet(() -> feeds.polled(channel.provider(), polled));
        return source.subscribe(channel, sink);
    }

    /** The feed of a channel, with the bars that it has or those that its trades make; empty if it carries neither. */
    private Optional<MarketEventSource> feed(Channel channel) {
        Optional<MarketEventSource> own = feeds.find(channel);
        if (!(channel.kind() instanceof StreamKind.Bars)) {
            return own;
        }
        if (own.isPresent()) {
            return own.map(candles::around);
        }
        return feeds.find(new Channel(channel.provider(), channel.instrument(), new StreamKind.Trades()))
                .map(candles::around)
                .map(feeds::screened);
    }

    /** The sources behind the hub, a line each, as they are printed in ARCHITECTURE.md. */
    public List<String> printed() {
        return List.of("stream: sharing → " + simulated, "stream: sharing → " + polled);
    }

    /** The hub and the candles as layers. */
    List<LayerReport> reports() {
        var candleReport = new LayerReport("stream", candles.name(), candles.state(), 0, 0, candles.counters());
        return Stream.concat(Stream.of(sharing(), candleReport), feeds.reports().stream())
                .toList();
    }

    /** The metrics of what is shared with other gateways. */
    List<Metric> metrics() {
        return feeds.metrics();
    }

    private LayerReport sharing() {
        Map<String, Long> counters = hub.counters();
        boolean full = counters.getOrDefault("clients", 0L) >= hub.config().maxClients();
        return new LayerReport(
                "stream",
                "sharing",
                full ? "full" : "ok",
                counters.getOrDefault("delivered", 0L),
                counters.getOrDefault("closed_slow", 0L),
                counters);
    }

    @Override
    public void close() {
        hub.close();
    }
}
