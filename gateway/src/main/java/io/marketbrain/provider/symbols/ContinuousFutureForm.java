package io.marketbrain.provider.symbols;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.text.SymbolText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Continuous futures, such as {@code GC=F}: the nearest contract of a root. Their canonical form is the root with
 * {@code =F}, whatever the provider's own form is. They are in US dollars.
 */
public final class ContinuousFutureForm implements SymbolForm {
    private static final String MARK = "=F";
    private static final String CURRENCY = "USD";
    private static final Pattern ROOT = Pattern.compile("[A-Z0-9]{1,8}");

    private final SymbolTemplate template;
    private final SymbolTemplate.Matching own;

    /** @param template the provider's form, with {@code root} */
    public ContinuousFutureForm(String template) {
        this.template = new SymbolTemplate(template, Set.of("root"));
        this.own = this.template.matching(Map.of("root", ROOT.pattern()));
    }

    @Override
    public List<Instrument> read(String text) {
        String upper = SymbolText.canonical(text);
        if (upper.endsWith(MARK)) {
            String root = upper.substring(0, upper.length() - MARK.length());
            return ROOT.matcher(root).matches() ? List.of(future(root)) : List.of();
        }
        return own.find(upper)
                .map(values -> List.of(future(SymbolTemplate.value(values, "root"))))
                .orElse(List.of());
    }

    private static Instrument future(String root) {
        return new Instrument(AssetType.COMMODITY, root + MARK, CURRENCY, null, null);
    }

    @Override
    public Optional<String> findSpelling(Instrument instrument) {
        String base = instrument.base();
        return instrument.type() == AssetType.COMMODITY && base.endsWith(MARK)
                ? Optional.of(template.format(Map.of("root", base.substring(0, base.length() - MARK.length()))))
                : Optional.empty();
    }
}
