package io.marketbrain.api;

import io.marketbrain.alerts.AlertInputs;
import io.marketbrain.alerts.AlertService;
import io.marketbrain.alerts.AlertStore;
import io.marketbrain.alerts.AlertsConfig;
import io.marketbrain.alerts.WebhookResult;
import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.endpoints.CacheWarmer;
import io.marketbrain.api.endpoints.SystemView;
import io.marketbrain.api.mounting.ApiExtensions;
import io.marketbrain.api.request.ApiConfig;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.api.streams.EventJson;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.http.websocket.WebSocketConfig;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.model.ProviderMode;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.FoundSymbols;
import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.SymbolSearch;
import io.marketbrain.pipeline.stream.ChannelQuery;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.KnownSecrets;
import io.marketbrain.stream.StreamConfig;
import io.marketbrain.stream.StreamHub;
import io.marketbrain.telemetry.Metric;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** The API on a real socket over a data source chosen by the test, with one provider called {@code exchange}. */
public final class ApiFixture implements AutoCloseable {
    /** Answers every query with {@link ApiSamples}. */
    public static final MarketDataSource SAMPLES = (query, call) -> Outcome.success(ApiSamples.answer(query));

    final Api api;
    public final ContractClient client;
    private final Edge edge;

    private final StreamHub streams;
    private final AlertService alerts;
    private final AtomicLong calls = new AtomicLong();

    volatile boolean ready = true;
    volatile Optional<CacheWarmer> warming = Optional.empty();
    volatile MarketDataSource source;

    public ApiFixture(MarketDataSource source) {
        this.source = source;
        this.streams = new StreamHub(
                StreamConfig.defaults(),
                ApiFixture::subscribe,
                new EventJson(PathPrefix.NONE),
                System::nanoTime,
                InstantSource.fixed(ApiSamples.NOW),
                new Random(1));
        this.alerts = new AlertService(
                AlertsConfig.defaults(),
                AlertStore.none(),
                new NoStates(),
                (_, _) -> new WebhookResult.Refused("no webhooks in this test"),
                InstantSource.fixed(ApiSamples.NOW),
                System::nanoTime,
                new Random(1));
        this.api = new Api(
                ApiConfig.defaults(),
                (query, call) -> this.source.fetch(query, call),
                new OneProvider(),
                new Figures(),
                new AccessControl(
                        Optional.empty(), true, AccessConfig.defaults(), new KnownSecrets(List.of()), System::nanoTime),
                Optional.of(new LiveStreams(streams, Outcome::success, WebSocketConfig.defaults())),
                ApiExtensions.NONE.with(() -> alerts),
                InstantSource.fixed(ApiSamples.NOW),
                System::nanoTime,
                () -> new CallId("call-" + calls.incrementAndGet()));
        this.edge =
                new Edge(new ServerConfig("127.0.0.1", 0), api, System::nanoTime, InstantSource.fixed(ApiSamples.NOW));
        this.client = new ContractClient(edge.port());
    }

    /** Streams without providers and budgets whose state could change. */
    private final class NoStates implements AlertInputs {
        @Override
        public MarketEventSource.Subscription listen(Channel channel, EventSink sink) {
            return streams.listen(channel, sink);
        }

        @Override
        public String health(ProviderId provider) {
            return "ok";
        }

        @Override
        public Optional<BudgetReport> findBudget(String name) {
            return Optional.empty();
        }
    }

    /** One event of each kind. */
    private static MarketEventSource.Subscription subscribe(Channel channel, EventSink sink) {
        var answer = ApiSamples.answer(ChannelQuery.of(channel));
        sink.accept(new StreamEvent.Status(
                StreamEvent.FeedState.UP, Mode.LIVE, StreamEvent.FeedTransport.WEBSOCKET, null, ApiSamples.NOW));
        sink.accept(new StreamEvent.Snapshot(answer.data(), ApiSamples.NOW));
        sink.accept(new StreamEvent.Gap(ApiSamples.NOW, ApiSamples.NOW, "a test"));
        sink.accept(new StreamEvent.Failed(new Failure.Unreachable(channel.provider(), "a test")));
        return () -> {};
    }

    int port() {
        return edge.port();
    }

    @Override
    public void close() {
        alerts.close();
        streams.close();
        client.close();
        edge.close();
    }

    /** Knows {@code exchange}, and there BTC/USDT in four spellings, ETH/USDT, and that BTC is ambiguous. */
    private static final class OneProvider implements ProviderCatalog {
        private final ProviderInfo info = new ProviderInfo(
                ApiSamples.PROVIDER,
                "Exchange",
                "The Exchange",
                List.of(AssetType.CRYPTO),
                Mode.MOCK,
                "no credentials",
                List.of(Operation.QUOTE, Operation.CANDLES),
                List.of(Interval.M1, Interval.H1),
                List.of("mark_price"),
                List.of("mark_price"),
                List.of("BTCUSDT"),
                ProviderInfo.About.NONE);

        @Override
        public Outcome<Instrument> resolve(ProviderId provider, String symbol) {
            return switch (symbol) {
                case "BTCUSDT", "BTC/USDT", "BTC-USDT", "btcusdt" -> Outcome.success(Instrument.crypto("BTC", "USDT"));
                case "ETHUSDT" -> Outcome.success(Instrument.crypto("ETH", "USDT"));
                case "BTC" -> Outcome.failed(new Failure.AmbiguousInstrument(symbol, List.of("BTC/USDT", "BTC/USDC")));
                default -> Outcome.failed(new Failure.UnknownInstrument(provider, symbol));
            };
        }

        @Override
        public boolean isKnownPair(Instrument pair) {
            return true;
        }

        @Override
        public Outcome<FoundSymbols> search(SymbolSearch search) {
            var match = new FoundSymbols.Match(
                    Instrument.crypto("BTC", "USDT"),
                    "Bitcoin",
                    FoundSymbols.Source.BUILT_IN,
                    List.of(new FoundSymbols.AtProvider(info.id(), "BTCUSDT", info.mode())));
            return Outcome.success(new FoundSymbols(
                    List.of(match),
                    false,
                    List.of(new FoundSymbols.ProviderList(info.id(), null, false, 0, false, null)),
                    List.of()));
        }

        @Override
        public List<ProviderMode> modes() {
            return List.of(new ProviderMode(info.id(), info.mode(), info.reason()));
        }

        @Override
        public List<ProviderInfo> providers() {
            return List.of(info);
        }

        @Override
        public Outcome<ProviderInfo> provider(String id) {
            return id.equals(info.id().value())
                    ? Outcome.success(info)
                    : Outcome.failed(
                            new Failure.UnknownProvider(id, List.of(info.id().value())));
        }
    }

    private final class Figures implements SystemView {
        @Override
        public String version() {
            return "1.2.3";
        }

        @Override
        public Duration uptime() {
            return Duration.ofMillis(3_600_500);
        }

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public CacheFigures cache() {
            return new CacheFigures(
                    "degraded",
                    false,
                    new BigDecimal("0.85"),
                    150,
                    true,
                    "down",
                    3,
                    7,
                    java.util.Map.of("l1_hits", 12L));
        }

        @Override
        public LogFigures log() {
            return new LogFigures(true, 3L);
        }

        @Override
        public ResourceFigures resources() {
            return new ResourceFigures(1024L, 512, null, 0L, 5L);
        }

        @Override
        public List<Metric> metrics() {
            return List.of(Metric.gauge("marketbrain_test_gauge", "A figure.", 1.5));
        }

        @Override
        public List<LayerReport> layers() {
            return List.of(new LayerReport("request", "cache", "ok", 12, 3, Map.of("l1_hits", 9L)));
        }

        @Override
        public Optional<CacheWarmer> warming() {
            return warming;
        }
    }
}
