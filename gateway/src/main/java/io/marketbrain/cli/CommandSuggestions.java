package io.marketbrain.cli;

import io.marketbrain.config.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The commands or options that a wrong word was probably meant to be: one with the same beginning, the nearest one, or the
 * one that does what the word says. Pure.
 */
final class CommandSuggestions {
    private static final int SHORTEST_BEGINNING = 2;
    private static final int MOST = 3;

    /** Words that other programs use for a command. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("price", "quote"),
            Map.entry("prices", "quote"),
            Map.entry("ticker", "quote"),
            Map.entry("klines", "candles"),
            Map.entry("ohlc", "candles"),
            Map.entry("ohlcv", "candles"),
            Map.entry("bars", "candles"),
            Map.entry("history", "candles"),
            Map.entry("orderbook", "book"),
            Map.entry("depth", "book"),
            Map.entry("start", "serve"),
            Map.entry("run", "serve"),
            Map.entry("server", "serve"),
            Map.entry("status", "health"),
            Map.entry("ping", "health"),
            Map.entry("check", "doctor"),
            Map.entry("settings", "config"),
            Map.entry("completions", "completion"),
            Map.entry("headlines", "news"));

    private CommandSuggestions() {}

    /** The suggestions for {@code wrong} among the {@code known} names, the best first. */
    static List<String> of(String wrong, Collection<String> known) {
        Set<String> found = new LinkedHashSet<>();
        if (wrong.replaceFirst("^-+", "").length() >= SHORTEST_BEGINNING) {
            known.stream().filter(name -> name.startsWith(wrong)).sorted().forEach(found::add);
        }
        Suggestions.nearest(wrong, known).ifPresent(found::add);
        if (found.isEmpty() && !wrong.startsWith("-")) {
            Suggestions.nearest(wrong, new ArrayList<>(SYNONYMS.keySet()))
                    .map(SYNONYMS::get)
                    .filter(known::contains)
                    .ifPresent(found::add);
        }
        return found.stream().limit(MOST).toList();
    }
}
