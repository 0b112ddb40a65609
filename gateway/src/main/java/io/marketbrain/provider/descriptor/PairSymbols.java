package io.marketbrain.provider.descriptor;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.model.text.SymbolText;
import io.marketbrain.provider.symbols.KnownCoins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Spells crypto pairs as base and quote codes joined by a separator, which may be empty ({@code BTCUSDT},
 * {@code BTC-USD}). Accepts {@code BASE/QUOTE}, {@code BASE-QUOTE}, {@code BASE_QUOTE} and, where the end of the text
 * is one of the provider's quote currencies, the codes run together, with a well-known coin as the base if they can be; where
 * the provider has ids of assets, these in place of the base, in exactly their case and before a slash or an underscore, because
 * ids have hyphens themselves. A base or an id alone, or a text that ends in two quote currencies of the provider, is ambiguous and
 * rejected with candidates. Codes have letters of any script and ASCII digits.
 *
 * @param quotes the provider's quote currencies, the most common first
 * @param marks what its codes have besides letters and digits, such as the dot of {@code ETH2.S}; not at their ends
 * @param longSeparator the separator of pairs in which a code has more than three characters, such as the colon of
 *     {@code DOGE:USD}; usually the separator
 * @param prefix what its symbols begin with in exactly this case, such as the t of {@code tBTCUSD}; callers may leave it out
 * @param ids the provider's ids of assets by their codes, where requests need ids
 */
public record PairSymbols(
        ProviderId provider,
        String separator,
        List<String> quotes,
        String marks,
        String longSeparator,
        String prefix,
        Map<String, String> ids)
        implements SymbolRules {
    private static final int MAX_CANDIDATES = 5;
    private static final int MAX_CODE = 24;
    private static final int LONGEST_OF_SHORT_CODES = 3;

    /** Currencies in which providers quote prices; some pairs of a provider end in one that its descriptor lacks. */
    private static final List<String> USUAL_QUOTES =
            List.of("USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "KRW", "BTC", "ETH", "USDT", "USDC");

    public PairSymbols {
        quotes = List.copyOf(quotes);
        ids = Map.copyOf(ids);
    }

    /** The rules of a provider whose codes have letters and digits only. */
    public PairSymbols(ProviderId provider, String separator, List<String> quotes) {
        this(provider, separator, quotes, "", separator, "", Map.of());
    }

    @Override
    public Outcome<Instrument> parse(String text) {
        Optional<String> alone = findAsset(text);
        if (alone.isPresent()) {
            return Outcome.failed(ambiguous(text, pairsOf(alone.get())));
        }
        String upper = canonical(text);
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
        List<Instrument> pairs = new ArrayList<>(2);
        addPairs(pairs, upper, quotes);
        if (pairs.size() > 1) {
            return Outcome.failed(ambiguous(text, pairs));
        }
        if (pairs.size() == 1) {
            return Outcome.success(likelier(pairs.getFirst(), upper));
        }
        return Outcome.failed(
                isPlain(upper) ? ambiguous(text, pairsOf(upper)) : new Failure.UnknownInstrument(provider, text));
    }

    /** A text without the prefix and with the code of an asset in place of its id before a quote, in upper case. */
    private String canonical(String text) {
        return SymbolText.canonical(withCode(withoutPrefix(text)));
    }

    /** A text that begins with one of the provider's ids, such as {@code bitcoin/usd}, with the asset's code. */
    private String withCode(String text) {
        int cut = Math.max(text.lastIndexOf('/'), text.lastIndexOf('_'));
        return cut < 0
                ? text
                : findAsset(text.substring(0, cut))
                        .map(code -> code + text.substring(cut))
                        .orElse(text);
    }

    /** A text without the prefix; one whose rest is not in upper case did not have it. */
    private String withoutPrefix(String text) {
        if (prefix.isEmpty() || !text.startsWith(prefix)) {
            return text;
        }
        String rest = text.substring(prefix.length());
        return rest.equals(SymbolText.canonical(rest)) ? rest : text;
    }

    private boolean isPair(String upper, String quote) {
        return upper.endsWith(quote)
                && upper.length() > quote.length()
                && marks.indexOf(upper.charAt(upper.length() - quote.length() - 1)) < 0;
    }

    private static Instrument joined(String upper, String quote) {
        return Instrument.crypto(upper.substring(0, upper.length() - quote.length()), quote);
    }

    /** A pair or, if its base is not a usual one, the pair that the same text is with a usual base. */
    private Instrument likelier(Instrument pair, String upper) {
        if (KnownCoins.isUsualBase(pair.base())) {
            return pair;
        }
        return readings(upper).stream()
                .filter(reading -> KnownCoins.isUsualBase(reading.base()))
                .findFirst()
                .orElse(pair);
    }

    /** The pairs of a base with the provider's most common quotes. */
    private List<Instrument> pairsOf(String base) {
        return quotes.stream()
                .filter(quote -> !quote.equals(base))
                .limit(MAX_CANDIDATES)
                .map(quote -> Instrument.crypto(base, quote))
                .toList();
    }

    private static Failure ambiguous(String text, List<Instrument> candidates) {
        return new Failure.AmbiguousInstrument(
                text, candidates.stream().map(Instrument::unified).toList());
    }

    @Override
    public List<Instrument> readings(String text) {
        String upper = canonical(text);
        if (indexOfSeparator(upper) >= 0 || findAsset(text).isPresent()) {
            return SymbolRules.super.readings(text);
        }
        List<Instrument> readings = new ArrayList<>(2);
        if (isCode(upper)) {
            addPairs(readings, upper, quotes);
            if (!quotes.contains(upper)) {
                addPairs(readings, upper, USUAL_QUOTES);
            }
        }
        return readings;
    }

    /** Adds the pairs with one of the quote currencies that a text could be; each once. */
    private void addPairs(List<Instrument> pairs, String upper, List<String> ends) {
        for (String quote : ends) {
            if (isPair(upper, quote)) {
                Instrument pair = joined(upper, quote);
                if (!pairs.contains(pair)) {
                    pairs.add(pair);
                }
            }
        }
    }

    /** Codes run together are in doubt where a shorter currency could be meant: {@code BNBUSD} is not BN/BUSD. */
    @Override
    public boolean isCertain(String text) {
        String upper = canonical(text);
        if (!isJoined(upper) || findAsset(text).isPresent()) {
            return true;
        }
        for (String quote : quotes) {
            if (quote.length() > 3 && quote.endsWith("USD") && upper.endsWith(quote)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<String> findId(String asset) {
        return Optional.ofNullable(ids.get(asset));
    }

    @Override
    public Optional<String> findAsset(String id) {
        return ids.entrySet().stream()
                .filter(known -> known.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public String spell(Instrument instrument) {
        String base = instrument.base();
        String quote = instrument.quote();
        boolean isShort = base.length() <= LONGEST_OF_SHORT_CODES && quote.length() <= LONGEST_OF_SHORT_CODES;
        return prefix + base + (isShort ? separator : longSeparator) + quote;
    }

    /** Whether a text has no separator. */
    boolean isJoined(String text) {
        return indexOfSeparator(text) < 0;
    }

    /** Whether a text joins codes as the provider does, so that they are the provider's. */
    boolean isOwnSpelling(String text) {
        int cut = indexOfSeparator(text);
        if (cut < 0) {
            return true;
        }
        String joiner = text.substring(cut, cut + 1);
        return joiner.equals(separator) || joiner.equals(longSeparator);
    }

    private int indexOfSeparator(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '-' || c == '_' || longSeparator.indexOf(c) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private boolean isCode(String text) {
        if (text.isEmpty() || text.length() > MAX_CODE) {
            return false;
        }
        boolean ascii = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean outside = c >= 0x80;
            if (!outside && !isLetterOrDigit(c) && (marks.indexOf(c) < 0 || i == 0 || i == text.length() - 1)) {
                return false;
            }
            ascii &= !outside;
        }
        return ascii || IdentifierText.CODE.isValid(text);
    }

    /** Whether a text has letters and digits of ASCII only. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isLetterOrDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
