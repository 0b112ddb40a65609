package io.marketbrain.api;

import java.util.List;

/** The root path: a page for browsers, JSON for programs. Thread-safe. */
final class FrontPage {
    private final SystemView system;
    private final Pages pages;

    FrontPage(SystemView system, Pages pages) {
        this.system = system;
        this.pages = pages;
    }

    Reply entry(Request request) {
        return (request.accepts("text/html") ? pages.front() : json()).adding("Vary", "Accept");
    }

    private Reply json() {
        return Reply.json(Json.document(json -> json.put("name", "Market Intel Brain")
                        .put("version", system.version())
                        .put("mode", SystemEndpoints.MODE)
                        .put("docs", "/docs")
                        .put("health", "/health")
                        .put("data_endpoint", "/api/v1/data/{provider}/{symbol}")
                        .strings("features", features())))
                .with("Cache-Control", "no-cache");
    }

    private static List<String> features() {
        return List.of("quotes", "batch quotes", "candles", "order book", "trades", "deterministic mock market");
    }
}
