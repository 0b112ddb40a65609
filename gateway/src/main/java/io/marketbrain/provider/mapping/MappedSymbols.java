package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol.Delisting;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.text.SymbolText;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.SymbolListBuilder;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes lists of instruments of the rows that a mapping finds. A row has the codes of an instrument, or only the provider's
 * symbol, which the provider's symbol rules then have to read. Pure.
 */
final class MappedSymbols {
    /** The length of a day as in 2024-03-28. */
    private static final int DAY = 10;

    private static final Pattern ISIN = Pattern.compile("[A-Z]{2}[A-Z0-9]{9}[0-9]");

    private MappedSymbols() {}

    static Symbols read(Descriptor descriptor, SymbolsQuery q, ResponseMapping mapping, RawPayload raw)
            throws MalformedPayload {
        SymbolRules symbols = descriptor.symbols();
        AssetType usual = descriptor.assetTypes().getFirst();
        var list = new SymbolListBuilder();
        // Aggregators have several coins of one symbol; they mean the first one.
        Set<Instrument> named = new HashSet<>();
        RowContext document = mapping.document(q, symbols, raw);
        List<RowContext> rows = mapping.completeRows(document, raw);
        for (RowContext row : rows) {
            Optional<String> symbol = mapping.fields().findText("symbol", row);
            Optional<Instrument> instrument = instrument(mapping.fields(), row, symbols, usual, symbol);
            if (instrument.isPresent() && (symbol.isPresent() || named.add(instrument.get()))) {
                list.add(
                        symbol.filter(_ -> !hasCodesOfContracts(mapping.fields()))
                                .orElseGet(() -> symbols.spell(instrument.get())),
                        instrument.get(),
                        facts(mapping.fields(), row, instrument.get()));
            } else if (instrument.isEmpty()) {
                list.reject();
            }
        }
        Optional<String> next = mapping.next().isPresent()
                ? mapping.next()
                        .get()
                        .find(
                                document,
                                q.page(),
                                mapping.rows().count(document.document(), document.values(), raw.limits()))
                : Optional.empty();
        return list.build().continuedBy(next.orElse(null));
    }

    /** What a row is of: its codes say it or, where a contract has no code of what it is settled in, its symbol. */
    private static Optional<Instrument> instrument(
            RowFields fields, RowContext row, SymbolRules symbols, AssetType usual, Optional<String> symbol)
            throws MalformedPayload {
        if (!fields.has("base")) {
            return symbol.flatMap(text -> read(symbols, text));
        }
        Optional<Instrument> ofCodes = ofCodes(fields, row, symbols, usual);
        return ofCodes.isPresent() || !hasCodesOfContracts(fields)
                ? ofCodes
                : symbol.flatMap(text -> read(symbols, text)).filter(one -> one.settle() != null);
    }

    /** Whether rows are contracts by their codes: the provider may call a contract as it calls a pair. */
    private static boolean hasCodesOfContracts(RowFields fields) {
        return fields.has("base") && fields.has("settle");
    }

    /** What else a row says; contracts are those that are settled in something. */
    private static @Nullable SymbolFacts facts(RowFields fields, RowContext row, Instrument instrument)
            throws MalformedPayload {
        BigDecimal size = instrument.settle() == null ? null : fields.priceOrNull("contract_size", row);
        String isin = fields.findText("isin", row)
                .filter(text -> ISIN.matcher(text).matches())
                .orElse(null);
        Delisting delisting = fields.findText("delisted", row)
                .filter(text -> !text.isBlank())
                .map(MappedSymbols::delisting)
                .orElse(null);
        var facts = new SymbolFacts(size, isin, step(fields, "tick", row), step(fields, "lot", row), delisting);
        return facts.equals(SymbolFacts.NONE) ? null : facts;
    }

    /** The step of prices or sizes; null where there is none, or none that can be read: it does not cost the instrument. */
    private static @Nullable BigDecimal step(RowFields fields, String name, RowContext row) {
        try {
            BigDecimal step = fields.has(name) ? fields.priceOrNull(name, row) : null;
            return step == null || step.signum() <= 0 ? null : step;
        } catch (MalformedPayload unreadable) {
            return null;
        }
    }

    /** A text that begins with a day says when; any other that it is so. */
    private static Delisting delisting(String text) {
        try {
            return new Delisting(LocalDate.parse(text.substring(0, Math.min(DAY, text.length()))));
        } catch (DateTimeParseException e) {
            return new Delisting(null);
        }
    }

    private static Optional<Instrument> ofCodes(RowFields fields, RowContext row, SymbolRules symbols, AssetType usual)
            throws MalformedPayload {
        Optional<String> base = fields.findText("base", row);
        Optional<String> quote = fields.findText("quote", row);
        Optional<String> type = fields.findText("type", row);
        Optional<AssetType> known = type.isPresent() ? find(type.get()) : Optional.of(usual);
        Optional<String> settle = fields.findText("settle", row);
        // Without what it is settled in, a contract would pass for the pair.
        boolean isUnsettled = fields.has("settle") && settle.isEmpty();
        if (base.isEmpty() || quote.isEmpty() || known.isEmpty() || isUnsettled) {
            return Optional.empty();
        }
        return Optional.of(new Instrument(
                known.get(),
                code(symbols, base.get()),
                code(symbols, quote.get()),
                settle.map(text -> code(symbols, text)).orElse(null),
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
