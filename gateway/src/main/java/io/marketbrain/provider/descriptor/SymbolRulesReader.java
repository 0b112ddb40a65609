package io.marketbrain.provider.descriptor;

import io.marketbrain.model.ProviderId;
import io.marketbrain.model.price.CurrencyCodes;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.provider.symbols.CurrencyForm;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the member {@code symbols} of a descriptor: how the provider spells pairs, and what its codes mean. */
final class SymbolRulesReader {
    private static final String DAY = "must be a day, such as 2022-05-28";

    private SymbolRulesReader() {}

    static SymbolRules read(ProviderId id, DescriptorObject json) {
        Optional<DescriptorObject> symbols = json.findObject("symbols");
        if (symbols.isEmpty()) {
            return new PairSymbols(id, "", List.of());
        }
        DescriptorObject rules = symbols.get();
        if (rules.has("forms")) {
            SymbolRules combined = SymbolFormsReader.read(id, rules);
            rules.end();
            return combined;
        }
        if (rules.has("currencies_against")) {
            SymbolRules currencies = currencies(id, rules.object("currencies_against"));
            rules.end();
            return currencies;
        }
        try {
            SymbolRules pairs = pairs(id, rules);
            rules.end();
            return pairs;
        } catch (InvalidDescriptor said) {
            throw said;
        } catch (IllegalArgumentException e) {
            throw json.wrong("symbols", "contradicts itself: " + e.getMessage());
        }
    }

    /** {@code {"currencies_against": {"base": "EUR"}}}; an empty object for pairs of any two currencies. */
    private static SymbolRules currencies(ProviderId id, DescriptorObject against) {
        var form = new CurrencyForm("{base}{quote}", currency(against, "base"), currency(against, "quote"));
        against.end();
        return new CombinedSymbols(id, List.of(form), Optional.empty(), false);
    }

    private static @Nullable String currency(DescriptorObject json, String key) {
        Optional<String> code = json.findText(key);
        if (code.isPresent() && !CurrencyCodes.isCurrency(code.get())) {
            throw json.wrong(key, "must be an ISO 4217 code, such as EUR");
        }
        return code.orElse(null);
    }

    /**
     * The rules of crypto pairs.
     *
     * @throws IllegalArgumentException if the codes contradict each other
     */
    static SymbolRules pairs(ProviderId id, DescriptorObject rules) {
        String separator = rules.text("separator");
        var pairs = new PairSymbols(
                id,
                separator,
                rules.texts("quotes", IdentifierText.CODE),
                rules.findText("marks").orElse(""),
                rules.findText("long_separator").orElse(separator),
                rules.findText("prefix").orElse(""),
                ids(rules));
        rules.findText("source");
        Map<String, String> codes =
                rules.findObject("codes").map(SymbolRulesReader::textMap).orElse(Map.of());
        Map<String, String> spelled =
                rules.findObject("spelled").map(SymbolRulesReader::textMap).orElse(Map.of());
        List<AssetIdentity> identities = rules.has("identities") ? identities(rules) : List.of();
        return codes.isEmpty() && identities.isEmpty()
                ? pairs
                : new CodedPairSymbols(pairs, new AssetCodes(codes, spelled, identities));
    }

    private static Map<String, String> ids(DescriptorObject rules) {
        var ids = new HashMap<String, String>();
        rules.findObject("ids")
                .ifPresent(all -> all.names().forEach(asset -> ids.put(asset, all.text(asset, IdentifierText.ID))));
        return ids;
    }

    private static List<AssetIdentity> identities(DescriptorObject rules) {
        var identities = new ArrayList<AssetIdentity>();
        for (DescriptorObject one : rules.objects("identities")) {
            identities.add(new AssetIdentity(
                    one.text("code", IdentifierText.CODE),
                    one.text("asset", IdentifierText.CODE),
                    findDay(one, "since"),
                    findDay(one, "until"),
                    one.text("source", IdentifierText.NAME)));
            one.end();
        }
        return identities;
    }

    private static Optional<LocalDate> findDay(DescriptorObject json, String name) {
        return json.has(name) ? Optional.of(json.parsed(name, LocalDate::parse, DAY)) : Optional.empty();
    }

    private static Map<String, String> textMap(DescriptorObject object) {
        var map = new HashMap<String, String>();
        object.names().forEach(name -> map.put(name, object.text(name, IdentifierText.CODE)));
        return map;
    }
}
