package io.marketbrain.api;

import io.marketbrain.alerts.AlertAccess;
import io.marketbrain.api.alerts.AlertEndpoints;
import io.marketbrain.api.candles.CandleBatchEndpoint;
import io.marketbrain.api.candles.CandleEndpoint;
import io.marketbrain.api.conversion.ConvertEndpoint;
import io.marketbrain.api.endpoints.BatchEndpoint;
import io.marketbrain.api.endpoints.DataEndpoints;
import io.marketbrain.api.endpoints.LimitEndpoints;
import io.marketbrain.api.endpoints.MetricsEndpoints;
import io.marketbrain.api.endpoints.ProviderEndpoints;
import io.marketbrain.api.endpoints.PurgeEndpoint;
import io.marketbrain.api.endpoints.SymbolEndpoint;
import io.marketbrain.api.endpoints.SystemEndpoints;
import io.marketbrain.api.endpoints.SystemView;
import io.marketbrain.api.endpoints.WarmEndpoint;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.pages.Pages;
import io.marketbrain.api.pages.ProblemPages;
import io.marketbrain.api.pages.RootPage;
import io.marketbrain.api.request.ApiConfig;
import io.marketbrain.api.routing.RouteMeter;
import io.marketbrain.api.routing.Router;
import io.marketbrain.api.streams.StreamEndpoint;
import io.marketbrain.api.streams.WebSocketEndpoint;
import java.util.List;
import java.util.function.Supplier;

/** The paths of our own API. */
final class ApiRoutes {
    /** Server-sent events. */
    static final String STREAM = "/api/v1/stream";

    private ApiRoutes() {}

    /** The paths with market data, which need nothing but a source of it. */
    static void addData(Router router, ApiServices services) {
        ApiConfig config = services.config();
        var resolver = services.resolver();
        var executor = services.executor();
        var clock = services.clock();
        var data = new DataEndpoints(resolver, executor, clock);
        var candles = new CandleEndpoint(resolver, executor, clock, config.maxCandles(), config.maxStreamedCandles());
        var batch = batch(services);
        router.get("/api/v1/data/{provider}/{symbol}", data::quote);
        router.get("/api/v1/quotes", batch::quotes);
        router.get("/api/v1/candles/{provider}/{symbol}", candles::candles);
        router.get(
                "/api/v1/candles",
                new CandleBatchEndpoint(batch, executor, clock, config.maxBatch(), config.maxCandles())::candles);
        router.get("/api/v1/book/{provider}/{symbol}", data::book);
        router.get("/api/v1/trades/{provider}/{symbol}", data::trades);
        router.get("/api/v1/series/{provider}/{id}", data::series);
        router.get("/api/v1/news/{provider}", data::news);
        router.get("/api/v1/convert", new ConvertEndpoint(resolver, executor, clock)::convert);
        router.get("/api/v1/symbols", new SymbolEndpoint(resolver, services.catalogue())::symbols);
    }

    /** The paths of streams, if there are any. */
    static void addStreams(Router router, ApiServices services) {
        services.streams().ifPresent(live -> {
            router.get(STREAM, new StreamEndpoint(live, services.resolver(), services.access())::stream);
            router.get(
                    "/ws",
                    new WebSocketEndpoint(
                            live,
                            services.resolver(),
                            services.access(),
                            services.config().pathPrefix())::open);
        });
    }

    private static BatchEndpoint batch(ApiServices services) {
        ApiConfig config = services.config();
        return new BatchEndpoint(services.resolver(), services.executor(), config.maxBatch(), config.pathPrefix());
    }

    /** The paths of alerts, which are evaluated on streams. */
    static void addAlerts(Router router, ApiServices services, AlertAccess kept) {
        services.streams().ifPresent(live -> {
            var alerts = new AlertEndpoints(
                    kept, services.resolver(), live.channels(), services.catalogue(), services.access());
            router.get("/api/v1/alerts", alerts::list);
            router.post("/api/v1/alerts", alerts::create);
            router.get("/api/v1/alerts/log", alerts::log);
            router.get("/api/v1/alerts/stream", alerts::stream);
            router.get("/api/v1/alerts/{id}", alerts::get);
            router.patch("/api/v1/alerts/{id}", alerts::change);
            router.delete("/api/v1/alerts/{id}", alerts::remove);
        });
    }

    /** The paths about the gateway itself, its pages and its streams. */
    static void addSystem(
            Router router, ApiServices services, SystemView system, Pages pages, Supplier<List<RouteMeter>> meters) {
        ApiConfig config = services.config();
        var access = services.access();
        var catalogue = services.catalogue();
        var clock = services.clock();
        var health = new SystemEndpoints(system, catalogue, access, clock);
        var providers = new ProviderEndpoints(catalogue, system, clock);
        var metrics = new MetricsEndpoints(system, access.rejections(), meters, clock);
        router.get("/", new RootPage(services, system, pages)::entry);
        router.get("/api/v1/providers", providers::all);
        router.get("/api/v1/providers/{id}", providers::one);
        router.get("/health", health::health);
        router.get("/health/live", health::live);
        router.get("/health/ready", health::ready);
        router.get("/api/v1/status", health::status);
        var limits = new LimitEndpoints(system, access);
        router.get("/api/v1/budget", limits::budget);
        router.get("/api/v1/layers", limits::layers);
        router.get("/api/v1/metrics", metrics::json);
        router.get("/metrics", metrics::prometheus);
        router.post(
                "/api/v1/background/warm-cache",
                new WarmEndpoint(services.resolver(), services.executor(), system, config.maxBatch(), clock)::warm);
        router.delete("/api/v1/cache/{provider}/{symbol}", new PurgeEndpoint(services.resolver(), system)::purge);
        addStreams(router, services);
        router.get("/openapi.json", pages::openApi);
        router.get("/docs", pages::swagger);
        router.get("/redoc", pages::redoc);
        router.get("/favicon.ico", pages::icon);
        router.get("/assets/{file}", pages::asset);
        if (config.dashboard()) {
            router.get("/dashboard/{file}", pages::dashboardFile);
        }
        router.get("/problems", ProblemPages::list);
        router.get("/problems/{code}", ProblemPages::page);
    }
}
