package io.marketbrain.cli.rows;

import io.marketbrain.api.rendering.QuoteCsv;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * How one kind of data is laid out in rows. Columns are named like the members of the API's JSON, but {@code currency} is the unit of the
 * prices ({@code GBp}), as in the API's CSV.
 *
 * @param columns the columns of CSV and NDJSON
 * @param shown those of them in a table
 * @param reader turns the {@code data} of a response into rows, in which an absent value is an empty text
 */
public record RowLayout(List<String> columns, List<String> shown, Reader reader) {
    public static final RowLayout QUOTE =
            of(QuoteCsv.COLUMNS, "instrument,price,currency,bid,ask,volume,as_of,source", Optional.empty());
    public static final RowLayout TRADES = of(
            "symbol,instrument,id,time,price,size,side,source,currency",
            "instrument,time,price,currency,size,side,source",
            Optional.of("trades"));
    public static final RowLayout SERIES = of(
            "id,time,value,ratio,unit,unit_multiplier,source",
            "id,time,value,ratio,unit,unit_multiplier,source",
            Optional.of("observations"));
    public static final RowLayout NEWS =
            of("id,published,title,summary,url,source", "published,title,url,source", Optional.of("items"));
    public static final RowLayout BOOK = new RowLayout(
            List.of("symbol", "instrument", "side", "level", "price", "size", "as_of", "source", "currency"),
            List.of("instrument", "side", "level", "price", "currency", "size", "source"),
            RowLayout::book);

    public static final RowLayout SYMBOLS = new RowLayout(
            List.of(
                    "instrument",
                    "symbol",
                    "asset_type",
                    "currency",
                    "mic",
                    "expiry",
                    "name",
                    "known_from",
                    "isin",
                    "status",
                    "delisted_on",
                    "providers"),
            List.of("instrument", "asset_type", "currency", "name", "known_from", "providers"),
            RowLayout::symbols);

    /** The members of columns whose names differ. */
    private static final Map<String, String> MEMBERS = Map.of("currency", "price_unit");

    public RowLayout {
        columns = List.copyOf(columns);
        shown = List.copyOf(shown);
    }

    /** A reader of the data of one response. */
    @FunctionalInterface
    public interface Reader {
        void read(JsonValue data, Consumer<List<String>> rows) throws MalformedPayload;
    }

    /** A layout whose rows are the items of a list, or the data itself; what an item lacks is taken from the data. */
    private static RowLayout of(String columns, String shown, Optional<String> list) {
        List<String> names = List.of(columns.split(","));
        return new RowLayout(names, List.of(shown.split(",")), (data, rows) -> {
            for (JsonValue item :
                    list.isEmpty() ? List.of(data) : data.at(list.get()).items()) {
                var row = new ArrayList<String>();
                for (String name : names) {
                    String member = MEMBERS.getOrDefault(name, name);
                    row.add(text(item.find(member).or(() -> data.find(member))));
                }
                rows.accept(row);
            }
        });
    }

    private static void symbols(JsonValue found, Consumer<List<String>> rows) throws MalformedPayload {
        for (JsonValue symbol : found.at("symbols").items()) {
            var row = new ArrayList<String>();
            for (String name : SYMBOLS.columns) {
                row.add(
                        switch (name) {
                            case "providers" -> providers(symbol);
                            case "isin", "status", "delisted_on" -> saidByProviders(symbol, name);
                            default -> text(symbol.find(name));
                        });
            }
            rows.accept(row);
        }
    }

    /** What the lists of the providers say of an instrument; if they differ, each value once, with spaces between. */
    private static String saidByProviders(JsonValue symbol, String member) throws MalformedPayload {
        var values = new LinkedHashSet<String>();
        for (JsonValue provider : symbol.at("providers").items()) {
            String value = text(provider.find(member));
            if (!value.isEmpty()) {
                values.add(value);
            }
        }
        return String.join(" ", values);
    }

    /** The providers that have an instrument, with its symbol there: {@code kraken:XBTUSD binance:BTCUSDT}. */
    public static String providers(JsonValue symbol) throws MalformedPayload {
        var all = new StringJoiner(" ");
        for (JsonValue provider : symbol.at("providers").items()) {
            all.add(provider.at("provider").text() + ":" + provider.at("symbol").text());
        }
        return all.toString();
    }

    private static void book(JsonValue data, Consumer<List<String>> rows) throws MalformedPayload {
        for (String side : List.of("bid", "ask")) {
            int level = 0;
            for (JsonValue pair : data.at(side + "s").items()) {
                level++;
                rows.accept(List.of(
                        text(data.find("symbol")),
                        text(data.find("instrument")),
                        side,
                        Integer.toString(level),
                        pair.at(0).text(),
                        pair.at(1).text(),
                        text(data.find("as_of")),
                        text(data.find("source")),
                        text(data.find("price_unit"))));
            }
        }
    }

    private static String text(Optional<JsonValue> value) throws MalformedPayload {
        return value.isPresent() ? value.get().text() : "";
    }
}
