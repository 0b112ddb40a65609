package io.marketbrain.provider.descriptor;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.provider.symbols.ContinuousFutureForm;
import io.marketbrain.provider.symbols.ContractForm;
import io.marketbrain.provider.symbols.CryptoForm;
import io.marketbrain.provider.symbols.CurrencyForm;
import io.marketbrain.provider.symbols.IndexForm;
import io.marketbrain.provider.symbols.ListedForm;
import io.marketbrain.provider.symbols.NamedPairForm;
import io.marketbrain.provider.symbols.SeriesForm;
import io.marketbrain.provider.symbols.SymbolForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads {@code forms} of the member {@code symbols} of a descriptor: the forms in which a provider spells instruments. */
final class SymbolFormsReader {
    private SymbolFormsReader() {}

    static SymbolRules read(ProviderId id, DescriptorObject symbols) {
        List<SymbolForm> forms = new ArrayList<>();
        for (DescriptorObject form : symbols.objects("forms")) {
            forms.add(form(form));
            form.end();
        }
        Optional<SymbolRules> pairs = symbols.findObject("pairs").map(json -> {
            SymbolRules rules = checked(symbols, "pairs", () -> SymbolRulesReader.pairs(id, json));
            json.end();
            return rules;
        });
        boolean lowerCase = symbols.flag("lower_case", false);
        symbols.findText("source");
        return new CombinedSymbols(id, forms, pairs, lowerCase);
    }

    /** What a form is told by the one key that every kind has. */
    private static SymbolForm form(DescriptorObject json) {
        if (json.has("listed")) {
            return checked(json, "listed", () -> listed(json.object("listed")));
        }
        if (json.has("indices")) {
            String template = json.text("indices");
            return checked(json, "indices", () -> new IndexForm(template, codes(json, "spelled")));
        }
        if (json.has("currencies")) {
            String template = json.text("currencies");
            String base = json.findText("base").orElse(null);
            String quote = json.findText("quote").orElse(null);
            return checked(json, "currencies", () -> new CurrencyForm(template, base, quote));
        }
        if (json.has("crypto")) {
            String template = json.text("crypto");
            List<String> quotes = json.texts("quotes", IdentifierText.CODE);
            return checked(json, "crypto", () -> new CryptoForm(template, quotes, codes(json, "spelled")));
        }
        if (json.has("named_pairs")) {
            return checked(json, "named_pairs", () -> new NamedPairForm(texts(json.object("named_pairs"))));
        }
        if (json.has("futures")) {
            String template = json.text("futures");
            return checked(json, "futures", () -> new ContinuousFutureForm(template));
        }
        if (json.has("contracts")) {
            return contract(json);
        }
        if (json.has("ids")) {
            return new SeriesForm(json.choice("ids", AssetType.class));
        }
        throw json.wrong(
                "listed",
                "or one of indices, currencies, crypto, named_pairs, futures, contracts, ids must say what the form is of");
    }

    private static SymbolForm listed(DescriptorObject json) {
        String joiner = json.findText("joiner").orElse(".");
        String classMark = json.findText("class_mark").orElse(".");
        var form = new ListedForm(joiner, classMark, texts(json.object("markets")), codes(json, "units"));
        json.end();
        return form;
    }

    private static SymbolForm contract(DescriptorObject json) {
        String template = json.text("contracts");
        List<String> quotes = json.has("quotes") ? json.texts("quotes", IdentifierText.CODE) : List.of();
        String settle = json.text("settle");
        String expiry = json.findText("expiry").orElse(null);
        List<String> rolling = json.has("rolling") ? json.texts("rolling", IdentifierText.CODE) : List.of();
        Map<String, String> codes = codes(json, "codes");
        boolean isPart = settle.equals("base") || settle.equals("quote");
        return checked(
                json,
                "contracts",
                () -> new ContractForm(
                        template,
                        quotes,
                        isPart
                                ? ContractForm.Settlement.valueOf(settle.toUpperCase(Locale.ROOT))
                                : ContractForm.Settlement.QUOTE,
                        isPart ? null : settle,
                        expiry,
                        rolling,
                        codes));
    }

    private static Map<String, String> codes(DescriptorObject json, String name) {
        return json.findObject(name).map(SymbolFormsReader::texts).orElse(Map.of());
    }

    private static Map<String, String> texts(DescriptorObject json) {
        var texts = new HashMap<String, String>();
        json.names().forEach(name -> texts.put(name, json.text(name)));
        return texts;
    }

    /** What {@code rules} makes; what it does not accept is wrong with the member {@code name}. */
    private static <T> T checked(DescriptorObject json, String name, Supplier<T> rules) {
        try {
            return rules.get();
        } catch (InvalidDescriptor said) {
            throw said;
        } catch (IllegalArgumentException e) {
            throw json.wrong(name, String.valueOf(e.getMessage()));
        }
    }
}
