package io.marketbrain.provider.descriptor;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Spells crypto pairs as base and quote codes joined by a separator, which may be empty ({@code BTCUSDT},
 * {@code BTC-USD}). Accepts {@code BASE/QUOTE}, {@code BASE-QUOTE}, {@code BASE_QUOTE} and, where the end of the text
 * is one of the provider's quote currencies, the codes run together. A base alone, or a text that ends in two quote
 * currencies of the provider, is ambiguous and refused with candidates.
 *
 * @param quotes the provider's quote currencies, the most common first
 */
public record PairSymbols(ProviderId provider, String separator, List<String> quotes) implements SymbolRules {
    private static final int MAX_CANDIDATES = 5;

    /** Currencies in which providers quote prices; some pairs of a provider end in one that its descriptor lacks. */
    private static final List<String> USUAL_QUOTES =
            List.of("USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "KRW", "BTC", "ETH", "USDT", "USDC");

    public PairSymbols {
        quotes = List.copyOf(quotes);
    }

    @Override
    public Outcome<Instrument> parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        int cut = indexOfSeparator(upper);
        if (cut >= 0) {
            String base = upper.substring(0, cut);
            String quote = upper.substring(cut + 1);
            return isCode(base) && isCode(quote)
                    ? Outcome.success(Instrument.crypto(base, quote))
                    : Outcome.failed(new Failure.UnknownInstrument(provider, text));
        }
        if (!isCode(upper)) {
            return Outcome.failed(new Failure.UnknownInstrument(provider, text));
        }
        String end = null;
        for (String quote : quotes) {
            if (isJoined(upper, quote)) {
                if (end != null) {
                    return Outcome.failed(ambiguous(text, upper));
                }
                end = quote;
            }
        }
        return end == null ? Outcome.failed(ambiguous(text, upper)) : Outcome.success(joined(upper, end));
    }

    private static boolean isJoined(String upper, String quote) {
        return upper.endsWith(quote) && upper.length() > quote.length();
    }

    private static Instrument joined(String upper, String quote) {
        return Instrument.crypto(upper.substring(0, upper.length() - quote.length()), quote);
    }

    /** What could be meant: one of the pairs that the text ends like or, where it ends like none, its pairs as a base. */
    private Failure ambiguous(String text, String upper) {
        List<Instrument> candidates = quotes.stream()
                .filter(quote -> isJoined(upper, quote))
                .map(quote -> joined(upper, quote))
                .toList();
        if (candidates.isEmpty()) {
            candidates = quotes.stream()
                    .filter(quote -> !quote.equals(upper))
                    .limit(MAX_CANDIDATES)
                    .map(quote -> Instrument.crypto(upper, quote))
                    .toList();
        }
        return new Failure.AmbiguousInstrument(
                text, candidates.stream().map(Instrument::unified).toList());
    }

    @Override
    public List<Instrument> readings(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (indexOfSeparator(upper) >= 0) {
            return SymbolRules.super.readings(text);
        }
        Stream<String> usual = quotes.contains(upper) ? Stream.empty() : USUAL_QUOTES.stream();
        return isCode(upper)
                ? Stream.concat(quotes.stream(), usual)
                        .filter(quote -> isJoined(upper, quote))
                        .map(quote -> joined(upper, quote))
                        .distinct()
                        .toList()
                : List.of();
    }

    /** Codes run together are in doubt where a shorter currency could be meant: {@code BNBUSD} is not BN/BUSD. */
    @Override
    public boolean isCertain(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return indexOfSeparator(upper) >= 0
                || quotes.stream()
                        .filter(upper::endsWith)
                        .noneMatch(quote -> quote.length() > 3 && quote.endsWith("USD"));
    }

    @Override
    public String spell(Instrument instrument) {
        return instrument.base() + separator + instrument.quote();
    }

    private static int indexOfSeparator(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '-' || c == '_') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isCode(String text) {
        boolean code = !text.isEmpty() && text.length() <= 24;
        for (int i = 0; i < text.length() && code; i++) {
            char c = text.charAt(i);
            code = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }
        return code;
    }
}
