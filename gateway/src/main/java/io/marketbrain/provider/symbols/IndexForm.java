package io.marketbrain.provider.symbols;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.text.SymbolText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Indices, such as {@code ^GSPC}. Besides the provider's own form, a code after a caret is read. A provider whose symbols of
 * indices are mere codes has only those that its descriptor names, because they look like tickers.
 */
public final class IndexForm implements SymbolForm {
    private static final String CARET = "^";
    private static final String CODE = "[A-Z0-9][A-Z0-9.\\-]{0,15}";

    private final SymbolTemplate template;
    private final SymbolTemplate.Matching own;
    private final boolean bare;
    private final Map<String, String> spelled = new HashMap<>();
    private final Map<String, String> meant = new HashMap<>();

    /**
     * The indices of one provider.
     *
     * @param template with {@code code}
     * @param spelled the provider's codes by canonical ones, where they differ or the template is a mere code
     */
    public IndexForm(String template, Map<String, String> spelled) {
        this.template = new SymbolTemplate(template, Set.of("code"));
        this.own = this.template.matching(Map.of("code", CODE));
        this.bare = template.equals("{code}");
        spelled.forEach((code, sent) -> {
            this.spelled.put(canonical(code), sent);
            this.meant.put(SymbolText.canonical(sent), canonical(code));
        });
        if (meant.size() < this.spelled.size()) {
            throw new IllegalArgumentException("has one code for two indices");
        }
    }

    private static String canonical(String code) {
        return KnownIndex.find(code).map(KnownIndex::code).orElse(code);
    }

    @Override
    public List<Instrument> read(String text) {
        String upper = SymbolText.canonical(text);
        Optional<String> code = own.find(upper)
                .map(values -> values.get("code"))
                .filter(sent -> !bare || meant.containsKey(sent))
                .map(sent -> meant.getOrDefault(sent, canonical(sent)));
        return code.or(() -> upper.startsWith(CARET) && upper.substring(1).matches(CODE)
                        ? Optional.of(canonical(upper.substring(1)))
                        : Optional.empty())
                .filter(this::has)
                .map(IndexForm::index)
                .map(List::of)
                .orElse(List.of());
    }

    private boolean has(String code) {
        return !bare || spelled.containsKey(code);
    }

    private static Instrument index(String code) {
        String currency = KnownIndex.find(code).map(KnownIndex::currency).orElse(Instrument.NO_CURRENCY);
        return new Instrument(AssetType.INDEX, code, currency, null, null);
    }

    @Override
    public Optional<String> findSpelling(Instrument instrument) {
        String code = instrument.base();
        return instrument.type() == AssetType.INDEX && has(code)
                ? Optional.of(template.format(Map.of("code", spelled.getOrDefault(code, code))))
                : Optional.empty();
    }
}
