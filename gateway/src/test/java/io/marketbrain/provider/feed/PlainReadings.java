package io.marketbrain.provider.feed;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.provider.feed.PlainFeed.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The forms that messages of feeds have, each read in the plainest way. Paths are names of members and numbers of items with dots
 * between them.
 */
final class PlainReadings {
    private PlainReadings() {}

    /** Reads only messages with this text at a path. */
    static Reading when(String path, String text, Reading then) {
        return (json, plain) -> {
            Optional<JsonValue> found = find(json, path);
            if (found.isPresent() && text.equals(found.get().text())) {
                then.read(json, plain);
            }
        };
    }

    static Reading both(Reading first, Reading second) {
        return (json, plain) -> {
            first.read(json, plain);
            second.read(json, plain);
        };
    }

    /** A trade. */
    static Reading trade(String id) {
        return (json, plain) -> plain.trade(at(json, id).text());
    }

    /** Trades, oldest first; none if nothing is at the path. */
    static Reading trades(String path, String id) {
        return (json, plain) -> plain.trades(items(json, path), id);
    }

    /** Trades, newest first. */
    static Reading newestFirst(String path, String id) {
        return (json, plain) -> plain.trades(items(json, path).reversed(), id);
    }

    /** Rows that begin with price and size, which change a book. */
    static Reading levels(String bids, String asks) {
        return (json, plain) -> {
            plain.rows(at(json, bids), at(json, asks));
            plain.book();
        };
    }

    /** A whole book of such rows. */
    static Reading whole(String bids, String asks) {
        return wholly(levels(bids, asks));
    }

    /** Rows with members for price and size. */
    static Reading levels(String bids, String asks, String price, String size) {
        return (json, plain) -> {
            plain.rows(true, at(json, bids), price, size);
            plain.rows(false, at(json, asks), price, size);
            plain.book();
        };
    }

    /** Rows of a side, a price and a size; bids are {@code buy}. */
    static Reading sides(String path) {
        return (json, plain) -> {
            for (JsonValue row : items(json, path)) {
                plain.set(
                        "buy".equals(row.at(0).text()),
                        row.at(1).text(),
                        row.at(2).text());
            }
            plain.book();
        };
    }

    /** The book begins anew with the message. */
    static Reading wholly(Reading levels) {
        return (json, plain) -> {
            plain.start();
            levels.read(json, plain);
        };
    }

    /** Snapshots and changes of books, of OKX and Bitget. */
    static Reading snapshotOrUpdate() {
        Reading levels = levels("data.0.bids", "data.0.asks");
        return when(
                "arg.channel",
                "books",
                both(when("action", "snapshot", wholly(levels)), when("action", "update", levels)));
    }

    static Reading bitfinexBook(String symbol) {
        return (json, plain) -> {
            if (json.isObject()) {
                when(
                                "channel",
                                "book",
                                when(
                                        "symbol",
                                        symbol,
                                        (named, to) ->
                                                to.name(named.at("chanId").text())))
                        .read(json, plain);
            } else if (plain.isNamed(json.at(0).text()) && json.at(1).isArray()) {
                JsonValue rows = json.at(1);
                for (JsonValue row : rows.at(0).isArray() ? rows.items() : List.of(rows)) {
                    String amount = row.at(2).text();
                    plain.set(
                            !amount.startsWith("-"),
                            row.at(0).text(),
                            row.at(1).integer() == 0 ? "0" : amount.replace("-", ""));
                }
                plain.book();
            }
        };
    }

    /** Rows of an action, a price and a size. */
    static Reading deribitBook(String channel) {
        return when("params.channel", channel, (json, plain) -> {
            for (String side : List.of("bids", "asks")) {
                for (JsonValue row : items(json, "params.data." + side)) {
                    plain.set("bids".equals(side), row.at(1).text(), row.at(2).text());
                }
            }
            plain.book();
        });
    }

    /** Changes without a price only say that the number has changed. */
    static Reading kucoinBook(String topic) {
        return when("topic", topic, when("type", "message", (json, plain) -> {
            for (String side : List.of("bids", "asks")) {
                for (JsonValue row : items(json, "data.changes." + side)) {
                    if (row.at(0).decimal().signum() != 0) {
                        plain.set(
                                "bids".equals(side), row.at(0).text(), row.at(1).text());
                    }
                }
            }
            plain.book();
        }));
    }

    static Reading krakenBook(String symbol) {
        Reading levels = (json, plain) -> {
            plain.rows(true, at(json, "data.0.bids"), "price", "qty");
            plain.rows(false, at(json, "data.0.asks"), "price", "qty");
            plain.keep(10);
            plain.book();
        };
        return when(
                "channel",
                "book",
                when(
                        "data.0.symbol",
                        symbol,
                        both(when("type", "snapshot", wholly(levels)), when("type", "update", levels))));
    }

    static Reading krakenTrades(String symbol) {
        return when("channel", "trade", (json, plain) -> {
            for (JsonValue row : items(json, "data")) {
                when("symbol", symbol, trade("trade_id")).read(row, plain);
            }
        });
    }

    /** Trades without an id are told apart by their members, and equal ones of a message by their number. */
    static Reading mexcTrades() {
        return (json, plain) -> {
            Map<String, Integer> equal = new HashMap<>();
            for (JsonValue row : items(json, "publicAggreDeals.deals")) {
                String id = row.find("tradeId").isPresent()
                        ? row.at("tradeId").text()
                        : row.at("time").text() + "-" + row.at("price").text() + "-"
                                + row.at("quantity").text();
                int number = equal.merge(id, 1, Integer::sum);
                plain.trade(number == 1 ? id : id + "-" + number);
            }
        };
    }

    static Reading mexcBook() {
        Reading levels = levels("publicAggreDepths.bids", "publicAggreDepths.asks", "price", "quantity");
        return (json, plain) -> {
            if (json.find("publicAggreDepths").isPresent()) {
                levels.read(json, plain);
            }
        };
    }

    private static Optional<JsonValue> find(JsonValue json, String path) {
        Optional<JsonValue> found = Optional.of(json);
        for (String step : path.split("\\.", -1)) {
            found = found.flatMap(value ->
                    Character.isDigit(step.charAt(0)) ? value.findItem(Integer.parseInt(step)) : value.find(step));
        }
        return found;
    }

    private static JsonValue at(JsonValue json, String path) throws MalformedPayload {
        return find(json, path).orElseThrow(() -> new MalformedPayload("nothing at " + path));
    }

    private static List<JsonValue> items(JsonValue json, String path) throws MalformedPayload {
        Optional<JsonValue> found = find(json, path);
        return found.isPresent() ? found.get().items() : List.of();
    }
}
