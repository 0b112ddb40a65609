package io.marketbrain.api.pages;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The dashboard's page as it is in the jar, kept because it is requested again and again.
 *
 * @param before the page up to the quotes
 * @param after the page after them
 * @param watched the symbols of the watch list that the page begins with
 * @param policy the part of its content security policy that allows the script and the style sheet within it
 */
record DashboardPage(String before, String after, List<String> watched, String policy) {
    /** Where the build puts the page and its scripts. */
    static final String FOLDER = "/api/dashboard/";

    private static final String WATCH_LIST = "<script type=\"application/json\" id=\"watch-list\">";
    private static final String QUOTES = "<script type=\"application/json\" id=\"quotes\">";
    private static final String NO_QUOTES = "[]";

    static DashboardPage load() {
        String page = text("index.html");
        int quotes = page.indexOf(QUOTES + NO_QUOTES) + QUOTES.length();
        return new DashboardPage(
                page.substring(0, quotes),
                page.substring(quotes + NO_QUOTES.length()),
                watched(page),
                text("policy.txt"));
    }

    /** The page with events that it begins with, a JSON array. */
    byte[] with(String quotes) {
        return (before + quotes + after).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> watched(String page) {
        int from = page.indexOf(WATCH_LIST) + WATCH_LIST.length();
        String list = page.substring(from, page.indexOf("</script>", from));
        var symbols = new ArrayList<String>();
        try {
            for (JsonValue group :
                    JsonValue.parse(list.getBytes(StandardCharsets.UTF_8)).items()) {
                for (JsonValue symbol : group.at("items").items()) {
                    symbols.add(symbol.text());
                }
            }
        } catch (MalformedPayload e) {
            throw new IllegalStateException("the page has no watch list", e);
        }
        return List.copyOf(symbols);
    }

    private static String text(String file) {
        return new String(Pages.resource(FOLDER + file), StandardCharsets.UTF_8);
    }
}
