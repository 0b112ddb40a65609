package io.marketbrain.facade.openbb;

import io.marketbrain.api.mounting.RouteGroup;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.routing.Router;
import java.util.List;

/** One of the documents that OpenBB Workspace reads from the root of a backend. Immutable. */
public final class OpenBbDocuments implements RouteGroup {
    public static final String WIDGETS = "/widgets.json";
    public static final String APPS = "/apps.json";

    /** The pages that read them: Workspace, and its add-in for Excel. */
    public static final List<String> ORIGINS = List.of("https://pro.openbb.co", "https://excel.openbb.co");

    private static final String NAME = "Market Intel Brain";
    private static final String CATEGORY = "Market data";
    private static final List<String[]> QUOTES = List.of(
            new String[] {"symbol", "Symbol", "text"},
            new String[] {"price", "Price", "number"},
            new String[] {"currency", "Currency", "text"},
            new String[] {"bid", "Bid", "number"},
            new String[] {"ask", "Ask", "number"},
            new String[] {"as_of", "As of", "text"},
            new String[] {"source", "Source", "text"},
            new String[] {"freshness", "Freshness", "text"},
            new String[] {"error", "Error", "text"});

    private static final List<String[]> CANDLES = List.of(
            new String[] {"date", "Date", "text"},
            new String[] {"open", "Open", "number"},
            new String[] {"high", "High", "number"},
            new String[] {"low", "Low", "number"},
            new String[] {"close", "Close", "number"},
            new String[] {"volume", "Volume", "number"},
            new String[] {"source", "Source", "text"},
            new String[] {"freshness", "Freshness", "text"});

    private final Router router;

    private OpenBbDocuments(String path, byte[] document) {
        this.router = new Router(path);
        router.get("/", _ -> Response.json(document).with("Cache-Control", "no-cache"));
    }

    /**
     * The widgets: a table of quotes, a table of candles, and a chart over the data feed.
     *
     * @param rows the path with the rows, such as {@code /openbb}
     * @param feed the path of the data feed for charts, such as {@code /udf}
     */
    public static OpenBbDocuments widgets(String rows, String feed) {
        return new OpenBbDocuments(WIDGETS, JsonDocument.object(json -> {
            json.child("quotes", widget -> {
                describe(widget, "Quotes", "Latest prices with source and freshness", "table", rows + "/quotes");
                widget.objects(
                        "params",
                        List.of("symbols"),
                        (item, name) -> item.put("paramName", name)
                                .put("label", "Symbols")
                                .put("type", "text")
                                .put("value", "binance:BTC/USDT,binance:ETH/USDT")
                                .put("description", "provider:symbol, separated by commas"));
                table(widget, QUOTES);
            });
            json.child("candles", widget -> {
                describe(widget, "Candles", "Prices of the past", "table", rows + "/candles");
                widget.objects(
                        "params",
                        List.of(
                                new String[] {"symbol", "Symbol", "binance:BTC/USDT"},
                                new String[] {"interval", "Interval", "1d"},
                                new String[] {"limit", "Rows", "100"}),
                        (item, one) -> item.put("paramName", one[0])
                                .put("label", one[1])
                                .put("type", "text")
                                .put("value", one[2]));
                table(widget, CANDLES);
            });
            json.child("chart", widget -> {
                describe(widget, "Chart", "A TradingView chart", "advanced_charting", feed);
                widget.child(
                        "data",
                        data -> data.put("defaultSymbol", "binance:BTC/USDT").put("updateFrequency", 60_000L));
            });
        }));
    }

    private static void describe(JsonDocument widget, String name, String text, String type, String endpoint) {
        widget.put("name", name)
                .put("description", text)
                .put("category", CATEGORY)
                .put("type", type)
                .put("endpoint", endpoint)
                .child("gridData", grid -> grid.put("w", 20L).put("h", 12L));
    }

    private static void table(JsonDocument widget, List<String[]> columns) {
        widget.child(
                "data",
                data -> data.child(
                        "table",
                        table -> table.put("showAll", true)
                                .objects(
                                        "columnsDefs",
                                        columns,
                                        (item, one) -> item.put("field", one[0])
                                                .put("headerName", one[1])
                                                .put("cellDataType", one[2]))));
    }

    /** The one app, with all widgets. */
    public static OpenBbDocuments apps() {
        return new OpenBbDocuments(
                APPS,
                JsonDocument.array(
                        List.of(NAME),
                        (json, name) -> json.put("name", name)
                                .put("description", "Prices from many providers, labelled where they are mock or stale")
                                .put("img", "")
                                .put("img_dark", "")
                                .put("img_light", "")
                                .put("allowCustomization", true)
                                .child(
                                        "tabs",
                                        tabs -> tabs.child(
                                                "prices",
                                                tab -> tab.put("id", "prices")
                                                        .put("name", "Prices")
                                                        .objects(
                                                                "layout",
                                                                List.of("quotes", "candles", "chart"),
                                                                OpenBbDocuments::place)))
                                .objects("groups", List.<String>of(), (_, _) -> {})));
    }

    private static void place(JsonDocument json, String widget) {
        json.put("i", widget)
                .put("x", widget.equals("candles") ? 20L : 0L)
                .put("y", widget.equals("chart") ? 12L : 0L)
                .put("w", widget.equals("chart") ? 40L : 20L)
                .put("h", 12L);
    }

    @Override
    public Router router() {
        return router;
    }
}
