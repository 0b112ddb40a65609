package io.marketbrain.cli.rows;

import io.marketbrain.api.LocalApi;
import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.text.EditDistance;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

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

    /**
     * What the words name; the first of several is a provider if one has exactly this id, or nearly, or if it is in lower case and
     * the others are not.
     *
     * @param command the command that was given; it is explained where the words name no symbol
     */
    static List<Named> read(LocalApi api, @Nullable CommandSpec command, List<String> words) {
        Function<List<String>, Answered> get = path -> api.get(path, Map.of());
        String first = words.getFirst();
        if (words.size() > 1 && (isNearlyProvider(get, first) || differsInCase(words))) {
            return words.stream()
                    .skip(1)
                    .map(symbol -> new Named(words.getFirst(), symbol))
                    .toList();
        }
        return words.stream().map(word -> alone(get, command, word)).toList();
    }

    /**
     * What one or two words name, where there can be only one instrument: of two, the first is a provider.
     *
     * @param get the response of a gateway to a request of a path
     * @param command the command that was given; it is explained where the words name no symbol
     */
    public static Named readOne(
            Function<List<String>, Answered> get, @Nullable CommandSpec command, List<String> words) {
        return words.size() > 1 ? new Named(words.getFirst(), words.getLast()) : alone(get, command, words.getFirst());
    }

    private static Named alone(Function<List<String>, Answered> get, @Nullable CommandSpec command, String word) {
        if (command != null && isProvider(get, word)) {
            throw new ParameterException(command.commandLine(), "Missing required parameter: 'SYMBOL'");
        }
        int colon = word.indexOf(':');
        return colon > 0 && isProvider(get, word.substring(0, colon).toLowerCase(Locale.ROOT))
                ? new Named(word.substring(0, colon), word.substring(colon + 1))
                : new Named(ProviderId.AUTO.value(), word);
    }

    /** Whether a word is the id of a provider; ids are in lower case, most tickers are not. */
    private static boolean isProvider(Function<List<String>, Answered> get, String word) {
        return word.equals(ProviderId.AUTO.value())
                || (ProviderId.isValid(word) && get.apply(path(word)).ok());
    }

    private static boolean differsInCase(List<String> words) {
        return ProviderId.isValid(words.getFirst())
                && words.stream().skip(1).allMatch(word -> !word.equals(word.toLowerCase(Locale.ROOT)));
    }

    /** Whether a word is the id of a provider, or probably a mistyped one. */
    private static boolean isNearlyProvider(Function<List<String>, Answered> get, String word) {
        boolean isAny = word.equals(ProviderId.AUTO.value());
        if (isAny || !ProviderId.isValid(word)) {
            return isAny;
        }
        Answered known = get.apply(path(word));
        return known.ok() || (word.length() >= SHORTEST_MISTYPED && isNearOne(word, known.body()));
    }

    private static List<String> path(String provider) {
        return List.of("api", "v1", "providers", provider);
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
