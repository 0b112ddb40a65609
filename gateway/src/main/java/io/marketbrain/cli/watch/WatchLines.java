package io.marketbrain.cli.watch;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a terminal shows of events: a line for each symbol in the order of their names, with its latest values. What matters most is
 * within 80 columns. Not thread-safe.
 */
final class WatchLines {
    private static final int NAME = 24;
    private static final int VALUE = 14;
    private static final int SOURCE = 11;
    private static final int TIME = 25;

    /** Lines are cut by the terminal, whose width is not known here: one that wrapped would be two lines to draw over. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final Map<String, Line> lines = new TreeMap<>();

    /** The latest texts about one symbol. */
    private static final class Line {
        private String price = "";
        private String bid = "";
        private String ask = "";
        private String volume = "";
        private String time = "";
        private String note = "";
        private String source = "";
        /** What the prices are in, if it is a part of the currency: {@code GBp}. */
        private String unit = "";

        String named(String name) {
            return unit.isEmpty() ? name : name + " (" + unit + ")";
        }
    }

    /** Takes over an event. */
    void add(String event, String data) throws MalformedPayload {
        JsonValue json = JsonValue.parse(data.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String name = text(json, "provider") + ":" + find(json, "instrument").orElse("news");
        Line line = lines.computeIfAbsent(name, _ -> new Line());
        switch (event) {
            case "gap", "resync" -> line.note = event + ": " + text(json, "reason");
            case "error" -> line.note = text(json.at("problem"), "detail");
            case "status" -> {
                line.source = text(json, "transport");
                String state = text(json, "state");
                line.note = state.equals("up") ? "" : state + ": " + text(json, "reason");
            }
            default -> values(line, json);
        }
    }

    private static void values(Line line, JsonValue json) throws MalformedPayload {
        Optional<String> unit = find(json, "price_unit");
        if (unit.isPresent()) {
            line.unit = unit.get().equals(text(json, "currency")) ? "" : unit.get();
        }
        line.time = find(json, "at").orElse(text(json, "received_at"));
        if (find(json, "price").isPresent()) {
            line.price = text(json, "price");
            line.bid = text(json, "bid");
            line.ask = text(json, "ask");
            line.volume = text(json, "volume");
        }
        for (String list : new String[] {"trades", "candles"}) {
            Optional<JsonValue> items = json.find(list);
            if (items.isPresent()) {
                for (JsonValue item : items.get().items()) {
                    line.price = find(item, "price").orElse(find(item, "close").orElse(line.price));
                }
            }
        }
        if (json.find("bids").isPresent()) {
            line.bid = best(json.at("bids"), line.bid);
            line.ask = best(json.at("asks"), line.ask);
        }
    }

    private static String best(JsonValue side, String otherwise) throws MalformedPayload {
        for (JsonValue level : side.items()) {
            return level.at(0).text();
        }
        return otherwise;
    }

    private static Optional<String> find(JsonValue json, String name) throws MalformedPayload {
        Optional<JsonValue> value = json.find(name);
        return value.isPresent() ? Optional.of(value.get().text()) : Optional.empty();
    }

    private static String text(JsonValue json, String name) throws MalformedPayload {
        return find(json, name).orElse("");
    }

    /** How many lines are shown, with the one of the heads. */
    int count() {
        return lines.size() + 1;
    }

    /** Every line, each of which replaces what the terminal has in its place. */
    String shown() {
        var text = new StringBuilder(NO_WRAP);
        put(
                text,
                left("symbol", NAME) + right("price") + right("bid") + right("ask") + "  " + left("source", SOURCE)
                        + left("time", TIME) + "volume");
        lines.forEach((name, line) -> put(
                text,
                left(line.named(name), NAME) + right(line.price) + right(line.bid) + right(line.ask) + "  "
                        + left(line.source, SOURCE)
                        + (line.note.isEmpty() ? left(line.time, TIME) + line.volume : line.note)));
        return text.append(WRAP).toString();
    }

    private static void put(StringBuilder text, String row) {
        text.append("\r\u001b[2K").append(row.stripTrailing()).append('\n');
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private static String right(String text) {
        return " ".repeat(Math.max(1, VALUE - text.length())) + text;
    }
}
