package io.marketbrain.provider.symbols;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.price.CurrencyCodes;
import io.marketbrain.model.text.SymbolText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Crypto pairs of a provider that has other kinds of instruments, too. Besides the provider's own form, {@code BTC/USD},
 * {@code BTC-USD}, {@code BTC_USD}, {@code BTCUSD} and {@code X:BTCUSD} are read; the first four also after what the provider's
 * form begins with, as in {@code COINBASE:BTCUSD}. Two currencies of ISO 4217 are not a
 * crypto pair. A coin whose letters mean another coin at the provider has a code of its own there, such as
 * {@code LUNA20314}.
 */
public final class CryptoForm implements SymbolForm {
    private static final Set<String> NAMES = Set.of("base", "quote");
    private static final List<String> JOINED =
            List.of("{base}/{quote}", "{base}-{quote}", "{base}_{quote}", "{base}{quote}");
    private static final List<String> USUAL =
            Stream.concat(JOINED.stream(), Stream.of("X:{base}{quote}")).toList();

    private final SymbolTemplate template;
    private final List<String> quotes;
    private final Map<String, String> spelled;
    private final Map<String, String> assets;
    private final List<PairPattern> patterns;

    /**
     * The pairs of one provider.
     *
     * @param template with {base} and {quote}
     * @param quotes the currencies in which the provider quotes prices
     * @param spelled the provider's codes of coins, by the usual one, where they differ
     */
    public CryptoForm(String template, List<String> quotes, Map<String, String> spelled) {
        this.template = new SymbolTemplate(template, NAMES);
        if (!this.template.has("base") || !this.template.has("quote")) {
            throw new IllegalArgumentException("must have {base} and {quote}");
        }
        this.quotes = List.copyOf(quotes);
        this.spelled = Map.copyOf(spelled);
        this.assets = spelled.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));
        String prefix = template.substring(0, template.indexOf('{'));
        Stream<String> usual = prefix.isEmpty()
                ? USUAL.stream()
                : Stream.concat(USUAL.stream(), JOINED.stream().map(prefix::concat));
        this.patterns = Stream.concat(Stream.of(this.template), usual.map(one -> new SymbolTemplate(one, NAMES)))
                .map(one -> PairPattern.of(one, quotes, Map.of()))
                .toList();
    }

    @Override
    public List<Instrument> read(String text) {
        String upper = SymbolText.canonical(text);
        return patterns.stream()
                .map(pattern -> pattern.read(upper).stream()
                        .map(values -> Instrument.crypto(
                                asset(SymbolTemplate.value(values, "base")), SymbolTemplate.value(values, "quote")))
                        .filter(this::has)
                        .toList())
                .filter(pairs -> !pairs.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private String asset(String code) {
        return assets.getOrDefault(code, code);
    }

    private boolean has(Instrument pair) {
        return pair.type() == AssetType.CRYPTO
                && pair.settle() == null
                && quotes.contains(pair.quote())
                && !pair.base().equals(pair.quote())
                && !(CurrencyCodes.isCurrency(pair.base()) && CurrencyCodes.isCurrency(pair.quote()));
    }

    @Override
    public Optional<String> findSpelling(Instrument instrument) {
        String code = spelled.getOrDefault(instrument.base(), instrument.base());
        return has(instrument)
                ? Optional.of(template.format(Map.of("base", code, "quote", instrument.quote())))
                : Optional.empty();
    }
}
