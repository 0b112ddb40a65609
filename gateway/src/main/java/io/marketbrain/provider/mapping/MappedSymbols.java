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
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.SymbolListBuilder;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
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

    static Symbols read(Descriptor descriptor, SymbolsQuery q, OperationMapping mapping, RawPayload raw)
            throws MalformedPayload {
        SymbolRules symbols = descriptor.symbols();
        AssetType usual = descriptor.assetTypes().getFirst();
        var list = new SymbolListBuilder();
        // Aggregators have several coins of one symbol; they mean the first one.
        Set<Instrument> named = new HashSet<>();
        RowContext document = mapping.document(q, symbols, raw);
        for (RowContext row : mapping.completeRows(document, raw)) {
            Optional<String> symbol = mapping.fields().findText("symbol", row);
            Optional<Instrument> instrument = mapping.fields().has("base")
                    ? ofCodes(mapping.fields(), row, symbols, usual)
                    : symbol.flatMap(text -> read(symbols, text));
            if (instrument.isPresent() && (symbol.isPresent() || named.add(instrument.get()))) {
                list.add(
                        symbol.orElseGet(() -> symbols.spell(instrument.get())),
                        instrument.get(),
                        facts(mapping.fields(), row, instrument.get()));
            } else if (instrument.isEmpty()) {
                list.reject();
            }
        }
        Optional<String> next =
                mapping.next().isPresent() ? mapping.next().get().find(document, q.page()) : Optional.empty();
        return list.build().continuedBy(next.orElse(null));
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
        return size == null && isin == null && delisting == null
                ? null
                : new SymbolFacts(size, isin, null, null, delisting);
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

    /**
     * Where a page of a list says how the next one is requested: a token, or an address of which only one parameter counts, so that
     * no response chooses where the gateway sends a request.
     *
     * @param path where the response says it; null if it does not
     * @param parameter the parameter of the address; null if the value is the token itself
     * @param last the token of the page after those, such as one of delisted instruments; null if there is none
     */
    record NextPage(
            @Nullable PayloadPath path,
            @Nullable String parameter,
            @Nullable String last) {
        /** A longer token is none. */
        private static final int LONGEST = 1024;

        /** {@code {"path": "next_url", "parameter": "cursor"}}. */
        static NextPage read(DescriptorObject json) {
            String last = json.findText("last").orElse(null);
            var next = new NextPage(
                    last == null || json.has("path") ? PayloadPath.read(json, "path") : null,
                    json.findText("parameter").orElse(null),
                    last);
            json.end();
            return next;
        }

        /**
         * The token of the next page; empty on the last one.
         *
         * @param page the token of this page; null for the first
         */
        Optional<String> find(RowContext document, @Nullable String page) throws MalformedPayload {
            if (last != null && last.equals(page)) {
                return Optional.empty();
            }
            Optional<String> said = path == null ? Optional.empty() : find(path, document);
            return said.or(() -> Optional.ofNullable(last));
        }

        private Optional<String> find(PayloadPath path, RowContext document) throws MalformedPayload {
            Optional<PayloadNode> found = path.find(document.document(), document.values());
            if (found.isEmpty() || found.get().isNull() || found.get().text().isEmpty()) {
                return Optional.empty();
            }
            String token = parameter == null
                    ? found.get().text()
                    : parameterOf(found.get().text(), parameter);
            if (token.isEmpty() || token.length() > LONGEST) {
                throw new MalformedPayload(found.get() + " does not name the next page");
            }
            return Optional.of(token);
        }

        private static String parameterOf(String address, String name) {
            for (String pair : address.substring(address.indexOf('?') + 1).split("&", -1)) {
                if (pair.startsWith(name + "=")) {
                    return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                }
            }
            return "";
        }
    }
}
