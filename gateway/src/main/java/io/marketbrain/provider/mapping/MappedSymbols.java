package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.text.SymbolText;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.SymbolListBuilder;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes lists of instruments of the rows that a mapping finds. A row has the codes of an instrument, or only the provider's
 * symbol, which the provider's symbol rules then have to read. Pure.
 */
final class MappedSymbols {
    private MappedSymbols() {}

    static Symbols read(Descriptor descriptor, SymbolsQuery q, OperationMapping mapping, RawPayload raw)
            throws MalformedPayload {
        SymbolRules symbols = descriptor.symbols();
        AssetType usual = descriptor.assetTypes().getFirst();
        var list = new SymbolListBuilder();
        for (RowContext row : mapping.completeRows(mapping.document(q, symbols, raw), raw)) {
            Optional<String> symbol = mapping.fields().findText("symbol", row);
            Optional<Instrument> instrument = mapping.fields().has("base")
                    ? ofCodes(mapping.fields(), row, symbols, usual)
                    : symbol.flatMap(text -> read(symbols, text));
            if (instrument.isPresent()) {
                list.add(symbol.orElseGet(() -> symbols.spell(instrument.get())), instrument.get());
            } else {
                list.reject();
            }
        }
        return list.build();
    }

    private static Optional<Instrument> ofCodes(RowFields fields, RowContext row, SymbolRules symbols, AssetType usual)
            throws MalformedPayload {
        Optional<String> base = fields.findText("base", row);
        Optional<String> quote = fields.findText("quote", row);
        Optional<String> type = fields.findText("type", row);
        Optional<AssetType> known = type.isPresent() ? find(type.get()) : Optional.of(usual);
        if (base.isEmpty() || quote.isEmpty() || known.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Instrument(
                known.get(),
                code(symbols, base.get()),
                code(symbols, quote.get()),
                fields.findText("settle", row).map(text -> code(symbols, text)).orElse(null),
                fields.findText("mic", row).orElse(null)));
    }

    private static String code(SymbolRules symbols, String text) {
        return symbols.canonicalCode(SymbolText.canonical(text));
    }

    private static Optional<AssetType> find(String type) {
        return Stream.of(AssetType.values())
                .filter(one -> one.name().equalsIgnoreCase(type))
                .findFirst();
    }

    private static Optional<Instrument> read(SymbolRules symbols, String text) {
        return symbols.parse(text) instanceof Outcome.Success<Instrument>(Instrument instrument)
                ? Optional.of(instrument)
                : Optional.empty();
    }
}
