package io.marketbrain.facade;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What clients and our own API returned, in forms that can be compared digit for digit. */
public final class ClientValues {
    private ClientValues() {}

    /** Some members of an object, separated by spaces. */
    public static String texts(JsonValue object, String... names) throws MalformedPayload {
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            texts.add(object.at(name).text());
        }
        return String.join(" ", texts);
    }

    /** ccxt's candles: time, open, high, low, close, volume. */
    public static List<String> rows(JsonValue candles) throws MalformedPayload {
        List<String> rows = new ArrayList<>();
        for (JsonValue row : candles.items()) {
            List<String> cells = new ArrayList<>(List.of(Long.toString(row.at(0).integer())));
            for (int i = 1; i <= 5; i++) {
                cells.add(row.at(i).text());
            }
            rows.add(String.join(" ", cells));
        }
        return rows;
    }

    /** The candles of a response of our own API in the same form. */
    public static List<String> ownRows(JsonValue response) throws MalformedPayload {
        List<String> rows = new ArrayList<>();
        for (JsonValue candle : response.at("data").at("candles").items()) {
            rows.add(Instant.parse(candle.at("open_time").text()).toEpochMilli() + " "
                    + texts(candle, "open", "high", "low", "close", "volume"));
        }
        return rows;
    }

    /** Candles whose numbers are JSON numbers, which lose zeros at their ends in JavaScript. */
    public static List<String> withoutZeros(List<String> rows) {
        return rows.stream()
                .map(row -> Stream.of(row.split(" ", -1))
                        .map(cell -> new BigDecimal(cell).stripTrailingZeros().toPlainString())
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    /** ccxt's books are numbers of JavaScript, whose values are compared. */
    public static List<String> levels(JsonValue rows) throws MalformedPayload {
        List<String> levels = new ArrayList<>();
        for (JsonValue row : rows.items()) {
            levels.add(level(row.at(0), row.at(1)));
        }
        return levels;
    }

    /** One level of a book in the same form. */
    static String level(JsonValue price, JsonValue size) throws MalformedPayload {
        return price.decimal().stripTrailingZeros().toPlainString() + " "
                + size.decimal().stripTrailingZeros().toPlainString();
    }
}
