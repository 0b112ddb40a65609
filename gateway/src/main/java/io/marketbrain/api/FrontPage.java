package io.marketbrain.api;

import java.util.List;

/** The root path: JSON for programs. */
final class FrontPage {
    private final SystemView system;

    FrontPage(SystemView system) {
        this.system = system;
    }

    Reply page(Request request) {
        return Reply.json(Json.document(json -> json.put("name", "Market Intel Brain")
                        .put("version", system.version())
                        .put("mode", SystemEndpoints.MODE)
                        .put("docs", "/docs")
                        .put("health", "/health")
                        .put("data_endpoint", "/api/v1/data/{provider}/{symbol}")
                        .strings("features", features())))
                .with("Cache-Control", "no-cache")
                .adding("Vary", "Accept");
    }

    private static List<String> features() {
        return List.of("quotes", "batch quotes", "candles", "order book", "trades", "deterministic mock market");
    }
}
