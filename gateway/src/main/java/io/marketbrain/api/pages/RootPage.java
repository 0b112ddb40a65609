package io.marketbrain.api.pages;

import io.marketbrain.api.endpoints.SystemEndpoints;
import io.marketbrain.api.endpoints.SystemView;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.api.request.Request;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.pipeline.ProviderCatalog;
import java.util.ArrayList;
import java.util.List;

/** The root path: the dashboard for browsers, JSON for other clients. Thread-safe. */
public final class RootPage {
    private final SystemView system;
    private final ProviderCatalog catalogue;
    private final Pages pages;
    private final PathPrefix prefix;
    private final FirstQuotes quotes;
    private final boolean dashboard;

    public RootPage(ApiServices services, SystemView system, Pages pages) {
        this.system = system;
        this.catalogue = services.catalogue();
        this.pages = pages;
        this.prefix = services.config().pathPrefix();
        this.quotes = new FirstQuotes(services);
        this.dashboard = services.config().dashboard();
    }

    public Response entry(Request request) {
        boolean page = dashboard && request.accepts("text/html");
        return (page ? pages.front(symbols -> quotes.json(symbols, request)) : json()).adding("Vary", "Accept");
    }

    private Response json() {
        return Response.json(JsonDocument.document(json -> json.put("name", "Market Intel Brain")
                        .put("version", system.version())
                        .put("mode", SystemEndpoints.MODE)
                        .put("docs", prefix.before("/docs"))
                        .put("health", prefix.before("/health"))
                        .put("data_endpoint", prefix.before("/api/v1/data/{provider}/{symbol}"))
                        .strings("features", features())))
                .with("Cache-Control", "no-cache");
    }

    /** The features that the current configuration enables. */
    private List<String> features() {
        List<ProviderInfo> providers = catalogue.providers();
        List<String> features = new ArrayList<>();
        for (Operation operation : Operation.requestable()) {
            if (providers.stream().anyMatch(provider -> provider.operations().contains(operation))) {
                features.add(words(operation));
                if (operation == Operation.QUOTE) {
                    features.add("batch quotes");
                }
            }
        }
        if (providers.stream().anyMatch(provider -> provider.mode() == Mode.LIVE)) {
            features.add("live providers");
        }
        if (providers.stream().anyMatch(provider -> provider.mode() == Mode.REPLAY)) {
            features.add("replayed recordings");
        }
        if (providers.stream().anyMatch(provider -> provider.mode() == Mode.MOCK)) {
            features.add("deterministic mock market");
        }
        var cache = system.cache();
        if (!cache.status().equals("off")) {
            features.add(cache.redisState().equals("off") ? "cache" : "shared cache");
        }
        if (system.budgeted()) {
            features.add("budgets");
        }
        if (system.tls().isPresent()) {
            features.add("TLS");
        }
        return features;
    }

    private static String words(Operation operation) {
        return switch (operation) {
            case QUOTE -> "quotes";
            case CANDLES -> "candles";
            case BOOK -> "order book";
            case TRADES -> "trades";
            case SERIES -> "series";
            case NEWS -> "news";
            case SYMBOLS -> "symbol lists";
        };
    }
}
