package io.marketbrain.provider.mock;

import io.marketbrain.mock.Asset;
import io.marketbrain.mock.Bar;
import io.marketbrain.mock.BidAsk;
import io.marketbrain.mock.GeneratedBook;
import io.marketbrain.mock.GeneratedBook.Rung;
import io.marketbrain.mock.MacroSeries;
import io.marketbrain.mock.NewsGenerator;
import io.marketbrain.mock.StepDecimals;
import io.marketbrain.mock.TradePrint;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds the mock market's JSON response bodies, in its own format. One instance writes one body. */
final class MockBody {
    private final StringBuilder json = new StringBuilder(256).append('{');

    /**
     * The name of a body's main field. A drifted body renames it, as a provider does that changes its format
     * unannounced.
     *
     * @param drifted whether this body is a drifted one
     */
    static String mainField(String name, boolean drifted) {
        return drifted ? name + "_v3" : name;
    }

    static MockBody quote(Asset asset, BidAsk quote, Bar day, boolean drifted) {
        StepDecimals price = new StepDecimals(asset.tick());
        StepDecimals size = new StepDecimals(asset.lot());
        return new MockBody()
                .put("time", quote.time())
                .put(mainField("last", drifted), price.text(quote.last()))
                .put("bid", price.text(quote.bid()))
                .put("bid_size", size.text(quote.bidSize()))
                .put("ask", price.text(quote.ask()))
                .put("ask_size", size.text(quote.askSize()))
                .put("open", price.text(day.open()))
                .put("high", price.text(day.high()))
                .put("low", price.text(day.low()))
                .put("volume", size.text(day.volume()));
    }

    static MockBody candles(Asset asset, List<Bar> bars, long now, boolean drifted) {
        StepDecimals price = new StepDecimals(asset.tick());
        StepDecimals size = new StepDecimals(asset.lot());
        MockBody body = new MockBody().put("time", now).array(mainField("candles", drifted));
        for (Bar bar : bars) {
            body.row()
                    .number(bar.start())
                    .item(price.text(bar.open()))
                    .item(price.text(bar.high()))
                    .item(price.text(bar.low()))
                    .item(price.text(bar.close()))
                    .item(size.text(bar.volume()))
                    .endRow();
        }
        return body.endArray();
    }

    static MockBody book(Asset asset, GeneratedBook ladder, boolean drifted) {
        return new MockBody()
                .put("time", ladder.time())
                .levels(mainField("bids", drifted), ladder.bids(), asset)
                .levels("asks", ladder.asks(), asset);
    }

    static MockBody trades(Asset asset, List<TradePrint> prints, boolean drifted) {
        StepDecimals price = new StepDecimals(asset.tick());
        StepDecimals size = new StepDecimals(asset.lot());
        MockBody body = new MockBody().array(mainField("trades", drifted));
        for (TradePrint print : prints) {
            body.row()
                    .item(Long.toString(print.id()))
                    .number(print.time())
                    .item(price.text(print.price()))
                    .item(size.text(print.size()))
                    .item(print.bought() ? "buy" : "sell")
                    .endRow();
        }
        return body.endArray();
    }

    static MockBody series(String id, String title, String unit, List<MacroSeries.Point> points, boolean drifted) {
        MockBody body = new MockBody()
                .put("id", id)
                .put("title", title)
                .put("unit", unit)
                .array(mainField("observations", drifted));
        for (MacroSeries.Point point : points) {
            body.row().number(point.time()).item(point.value()).endRow();
        }
        return body.endArray();
    }

    static MockBody news(List<NewsGenerator.Item> items, boolean drifted) {
        MockBody body = new MockBody().array(mainField("items", drifted));
        for (NewsGenerator.Item item : items) {
            body.row()
                    .item(item.id())
                    .number(item.time())
                    .item(item.title())
                    .item(item.summary())
                    .endRow();
        }
        return body.endArray();
    }

    static MockBody error(String message) {
        return new MockBody().put("error", message);
    }

    byte[] bytes() {
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private MockBody levels(String name, List<Rung> rungs, Asset asset) {
        StepDecimals price = new StepDecimals(asset.tick());
        StepDecimals size = new StepDecimals(asset.lot());
        array(name);
        for (Rung rung : rungs) {
            row().item(price.text(rung.price())).item(size.text(rung.size())).endRow();
        }
        return endArray();
    }

    private MockBody put(String name, String value) {
        return name(name).quoted(value);
    }

    private MockBody put(String name, long value) {
        name(name);
        json.append(value);
        return this;
    }

    private MockBody name(String name) {
        separate();
        quoted(name);
        json.append(':');
        return this;
    }

    private MockBody array(String name) {
        name(name);
        json.append('[');
        return this;
    }

    private MockBody row() {
        separate();
        json.append('[');
        return this;
    }

    private MockBody item(String text) {
        separate();
        return quoted(text);
    }

    private MockBody number(long value) {
        separate();
        json.append(value);
        return this;
    }

    private MockBody endRow() {
        return endArray();
    }

    private MockBody endArray() {
        json.append(']');
        return this;
    }

    private void separate() {
        char last = json.charAt(json.length() - 1);
        if (last != '{' && last != '[') {
            json.append(',');
        }
    }

    private MockBody quoted(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c >= ' ') {
                json.append(c);
            }
        }
        json.append('"');
        return this;
    }
}
