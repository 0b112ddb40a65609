package io.marketbrain.provider.symbols;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.price.CurrencyCodes;
import io.marketbrain.model.text.SymbolText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of currencies of ISO 4217. Besides the provider's own form, {@code EURUSD}, {@code EUR/USD}, {@code EUR-USD},
 * {@code EUR_USD}, {@code EURUSD=X}, {@code C:EURUSD} and, for the dollar in another currency, {@code JPY=X} are read.
 */
public final class CurrencyForm implements SymbolForm {
    private static final Set<String> NAMES = Set.of("base", "quote");
    private static final Map<String, String> PATTERNS = Map.of("base", "[A-Z]{3}", "quote", "[A-Z]{3}");
    private static final List<SymbolTemplate.Matching> USUAL = List.of(
            usual("{base}{quote}"),
            usual("{base}/{quote}"),
            usual("{base}-{quote}"),
            usual("{base}_{quote}"),
            usual("{base}{quote}=X"),
            usual("C:{base}{quote}"),
            usual("FX:{base}{quote}"));
    private static final SymbolTemplate.Matching OF_DOLLAR = usual("{quote}=X");

    private final SymbolTemplate template;
    private final SymbolTemplate.Matching own;
    private final @Nullable String base;
    private final @Nullable String quote;

    /**
     * The pairs of one provider.
     *
     * @param template with {@code base} and {@code quote}
     * @param base the currency that all pairs are of; null for any
     * @param quote the currency that all pairs are in; null for any
     */
    public CurrencyForm(String template, @Nullable String base, @Nullable String quote) {
        this.template = new SymbolTemplate(template, NAMES);
        if ((base == null && !this.template.has("base")) || (quote == null && !this.template.has("quote"))) {
            throw new IllegalArgumentException("must have {base} and {quote}, where all pairs do not share one");
        }
        for (@Nullable String code : Arrays.asList(base, quote)) {
            if (code != null && !CurrencyCodes.isCurrency(code)) {
                throw new IllegalArgumentException("has '" + code + "', which is not an ISO 4217 code, such as EUR");
            }
        }
        this.own = this.template.matching(PATTERNS);
        this.base = base;
        this.quote = quote;
    }

    private static SymbolTemplate.Matching usual(String template) {
        return new SymbolTemplate(template, NAMES).matching(PATTERNS);
    }

    @Override
    public List<Instrument> read(String text) {
        String upper = SymbolText.canonical(text);
        Optional<Instrument> read = own.find(upper).flatMap(this::findPair);
        for (SymbolTemplate.Matching usual : USUAL) {
            read = read.or(() -> usual.find(upper).flatMap(this::findPair));
        }
        return read.or(() -> OF_DOLLAR
                        .find(upper)
                        .flatMap(values -> findPair(Map.of("base", "USD", "quote", values.get("quote")))))
                .map(List::of)
                .orElse(List.of());
    }

    /** A currency alone could be that of the pair with the currency that all pairs share. */
    @Override
    public List<Instrument> suggest(String text) {
        String code = SymbolText.canonical(text);
        return Stream.of(
                        base == null ? Optional.<Instrument>empty() : findPair(Map.of("base", base, "quote", code)),
                        quote == null ? Optional.<Instrument>empty() : findPair(Map.of("base", code, "quote", quote)))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private Optional<Instrument> findPair(Map<String, String> values) {
        String first = values.getOrDefault("base", base == null ? "" : base);
        String second = values.getOrDefault("quote", quote == null ? "" : quote);
        boolean offered = CurrencyCodes.isCurrency(first)
                && CurrencyCodes.isCurrency(second)
                && !first.equals(second)
                && (base == null || base.equals(first))
                && (quote == null || quote.equals(second));
        return offered ? Optional.of(new Instrument(AssetType.FX, first, second, null, null)) : Optional.empty();
    }

    @Override
    public Optional<String> findSpelling(Instrument instrument) {
        return instrument.type() == AssetType.FX
                        && findPair(Map.of("base", instrument.base(), "quote", instrument.quote()))
                                .isPresent()
                ? Optional.of(template.format(Map.of("base", instrument.base(), "quote", instrument.quote())))
                : Optional.empty();
    }
}
