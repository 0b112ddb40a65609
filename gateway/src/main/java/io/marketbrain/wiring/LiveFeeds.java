package io.marketbrain.wiring;

import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.stream.MarketEventSource;
import io.marketbrain.pipeline.stream.ProviderTimeRequests;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedContext;
import io.marketbrain.provider.feed.FeedLocation;
import io.marketbrain.provider.feed.ProviderFeed;
import io.marketbrain.provider.registry.ProviderRegistry;
import io.marketbrain.provider.transport.HttpConnections;
import io.marketbrain.telemetry.Metric;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** The feeds of the providers that are live, each made when something of it is first listened to. Thread-safe. */
public final class LiveFeeds implements StreamWiring.Feeds, AutoCloseable {
    /** How long a request for a first state, or for what was missed, may take. */
    private static final Duration REQUEST = Duration.ofSeconds(10);

    private final GatewayConfig config;
    private final ProviderRegistry registry;
    private final ProviderWiring providers;
    private final MarketDataSource uncached;
    private final HttpConnections connections;
    private final InstantSource clock;
    private final NanoClock nanoClock;
    private final Random random;
    private final TaskRunner requests;
    private final FeedRelays relays;
    private final ProviderTimeRequests times;
    private final Map<ProviderId, List<ProviderFeed>> feeds = new HashMap<>();

    /** @param uncached the request stack behind the cache, because a first state must be newer than the feed */
    public LiveFeeds(
            GatewayConfig config,
            ProviderRegistry registry,
            ProviderWiring providers,
            MarketDataSource uncached,
            HttpConnections connections,
            InstantSource clock,
            NanoClock nanoClock,
            Random random) {
        this.config = config;
        this.registry = registry;
        this.providers = providers;
        this.uncached = uncached;
        this.connections = connections;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.random = random;
        this.requests = new TaskRunner("feed-request", nanoClock);
        this.relays = new FeedRelays(config, clock, nanoClock, random);
        this.times = new ProviderTimeRequests((provider, query) -> request(provider, query, _ -> {}), nanoClock);
    }

    @Override
    public Optional<MarketEventSource> find(Channel channel) {
        List<ProviderFeed> feeds = feeds(channel.provider());
        for (int address = 0; address < feeds.size(); address++) {
            ProviderFeed feed = feeds.get(address);
            if (feed.carries(channel)) {
                return Optional.of(screened(relays.shared(channel.provider(), "feed" + address, feed, feed::carries)));
            }
        }
        return Optional.empty();
    }

    /** A source whose values pass the quality checks, also those that another gateway received. */
    @Override
    public MarketEventSource screened(MarketEventSource source) {
        return new ScreenedFeed(source, providers::findQuality, times::ask);
    }

    @Override
    public MarketEventSource polled(ProviderId provider, MarketEventSource polling) {
        return relays.shared(
                provider, "poll", polling, _ -> registry.modeOf(provider).equals(Mode.LIVE.wire()));
    }

    @Override
    public List<LayerReport> reports() {
        return relays.reports();
    }

    @Override
    public List<Metric> metrics() {
        return relays.metrics();
    }

    /** The feeds of a provider, one for each of its addresses. */
    private synchronized List<ProviderFeed> feeds(ProviderId provider) {
        return feeds.computeIfAbsent(
                provider,
                _ -> registry.modeOf(provider).equals(Mode.LIVE.wire())
                        ? registry.findDescriptor(provider)
                                .map(descriptor -> BuiltInFeeds.all(provider).stream()
                                        .map(adapter -> opened(provider, descriptor, adapter))
                                        .toList())
                                .orElse(List.of())
                        : List.of());
    }

    private ProviderFeed opened(ProviderId provider, Descriptor descriptor, FeedAdapter adapter) {
        var context = new FeedContext(
                provider,
                Mode.LIVE,
                adapter,
                connections.feedDialer(nanoClock),
                (query, whenDone) -> request(provider, query, whenDone),
                request -> providers.live().requestAddress(provider, request, call(provider)),
                clock,
                nanoClock,
                random);
        return new ProviderFeed(
                context, location(provider, adapter), channel -> descriptor.listing(channel.instrument()));
    }

    private FeedLocation location(ProviderId provider, FeedAdapter adapter) {
        ProviderConfig own = config.provider(provider);
        return new FeedLocation(adapter.terms().base(), own.baseUrl(), own.feedUrl());
    }

    private Call call(ProviderId provider) {
        return new Call(
                new CallId("feed-" + provider),
                Caller.GATEWAY,
                Priority.HIGH,
                Deadline.in(REQUEST, nanoClock),
                Call.MockChoice.DECLINED);
    }

    private void request(ProviderId provider, MarketQuery query, Consumer<Outcome<QueryResult>> whenDone) {
        Call call = call(provider);
        requests.start(() -> {
            Outcome<QueryResult> outcome = uncached.fetch(query, call);
            boolean live = outcome instanceof Outcome.Success<QueryResult>(QueryResult result)
                    && result.provenance().mode() == Mode.LIVE;
            whenDone.accept(
                    live || outcome instanceof Outcome.Failed
                            ? outcome
                            : Outcome.failed(new Failure.Unreachable(provider, "only mock data was returned")));
            return live;
        });
    }

    @Override
    public synchronized void close() {
        relays.close();
        feeds.values().forEach(addresses -> addresses.forEach(ProviderFeed::close));
    }
}
