package io.marketbrain.cli.rows;

import io.marketbrain.api.LocalApi;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.text.EditDistance;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The words of a command that names instruments: a provider and its symbols, or symbols alone, which any provider may serve
 * ({@code auto}), unless they say which one, as {@code kraken:BTCUSD} does.
 */
public final class SymbolWords {
    public static final String LABEL = "[PROVIDER] SYMBOL";
    public static final String DESCRIPTION =
            "A provider that \"brain providers\" lists, and symbols such as BTCUSDT, BTC/USDT or AAPL. Symbols alone"
                    + " mean any provider (auto).";

    /** Shorter words are tickers as often as mistyped providers. */
    private static final int SHORTEST_MISTYPED = 4;

    private SymbolWords() {}

    /** A symbol with the provider to ask. */
    public record Named(String provider, String symbol) {}

    /** What the words name; the first one is a provider if there is one of that name, or nearly of that name. */
    public static List<Named> read(LocalApi api, List<String> words) {
        if (words.size() > 1 && isProvider(api, words.getFirst(), true)) {
            return words.stream()
                    .skip(1)
                    .map(symbol -> new Named(words.getFirst(), symbol))
                    .toList();
        }
        return words.stream().map(word -> alone(api, word)).toList();
    }

    private static Named alone(LocalApi api, String word) {
        int colon = word.indexOf(':');
        return colon > 0 && isProvider(api, word.substring(0, colon), false)
                ? new Named(word.substring(0, colon), word.substring(colon + 1))
                : new Named(ProviderId.AUTO.value(), word);
    }

    private static boolean isProvider(LocalApi api, String word, boolean orMistyped) {
        String id = word.toLowerCase(Locale.ROOT);
        if (id.equals(ProviderId.AUTO.value())) {
            return true;
        }
        if (!ProviderId.isValid(id)) {
            return false;
        }
        LocalApi.Answered answered = api.get(List.of("api", "v1", "providers", id), Map.of());
        // Providers are written in lower case, most tickers are not.
        boolean likeOne = orMistyped && word.equals(id) && id.length() >= SHORTEST_MISTYPED;
        return answered.ok() || (likeOne && isNearOne(id, answered.body()));
    }

    /** Whether a word is probably a mistyped one of the providers that a problem names. */
    private static boolean isNearOne(String word, String problem) {
        try {
            for (JsonValue known : JsonValue.parse(problem.getBytes(StandardCharsets.UTF_8))
                    .at("candidates")
                    .items()) {
                if (EditDistance.between(word, known.text()) <= word.length() / 3) {
                    return true;
                }
            }
        } catch (MalformedPayload noProblem) {
            // It names no providers.
        }
        return false;
    }
}
