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
import io.marketbrain.provider.mapping.response.PayloadPath;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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

    static Symbols read(Descriptor descriptor, SymbolsQuery q, OperationMapping mapping, RawPayload raw)
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

    /**
     * Where a page of a list says how the next one is requested: a token, or an address of which only one parameter counts, so that
     * no response chooses where the gateway sends a request.
     *
     * @param path where the response says it; null if it does not
     * @param parameter the parameter of the address; null if the value is the token itself
     * @param last the token of the page after those, such as one of delisted instruments; null if there is none
     * @param total where the response says how many instruments there are, whose pages are requested by the number of those before
     *     them; null if pages have tokens
     */
    record NextPage(
            @Nullable PayloadPath path,
            @Nullable String parameter,
            @Nullable String last,
            @Nullable PayloadPath total) {
        /** A longer token is none. */
        private static final int LONGEST = 1024;

        /** {@code {"path": "next_url", "parameter": "cursor"}} or {@code {"total": "pagination.total"}}. */
        static NextPage read(DescriptorObject json) {
            String last = json.findText("last").orElse(null);
            PayloadPath total = json.has("total") ? PayloadPath.read(json, "total") : null;
            boolean hasTokens = json.has("path") || (last == null && total == null);
            var next = new NextPage(
                    hasTokens ? PayloadPath.read(json, "path") : null,
                    json.findText("parameter").orElse(null),
                    last,
                    total);
            if (hasTokens && total != null) {
                throw json.wrong("total", "and 'path' exclude each other");
            }
            json.end();
            return next;
        }

        /**
         * The token of the next page; empty on the last one.
         *
         * @param page the token of this page; null for the first
         * @param rows how many rows the page has, also of those that are left out
         */
        Optional<String> find(RowContext document, @Nullable String page, int rows) throws MalformedPayload {
            if (last != null && last.equals(page)) {
                return Optional.empty();
            }
            Optional<String> said = total != null
                    ? findOffset(total, document, page, rows)
                    : path == null ? Optional.empty() : find(path, document);
            return said.or(() -> Optional.ofNullable(last));
        }

        /** How many rows this page and those before it have, if there are more. */
        private static Optional<String> findOffset(
                PayloadPath total, RowContext document, @Nullable String page, int rows) throws MalformedPayload {
            long upToHere = (page == null ? 0 : Long.parseLong(page)) + rows;
            BigDecimal all = total.at(document.document(), document.values()).decimal();
            return rows > 0 && all.compareTo(BigDecimal.valueOf(upToHere)) > 0
                    ? Optional.of(Long.toString(upToHere))
                    : Optional.empty();
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
