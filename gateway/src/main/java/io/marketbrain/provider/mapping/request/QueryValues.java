package io.marketbrain.provider.mapping.request;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.mapping.notation.QueryNames;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values of a query that requests and paths may name in braces, such as {@code {symbol}}. Pure. */
public final class QueryValues {
    /** The range. */
    static final String FROM = "from";

    static final String TO = "to";

    /** What follows the last slash of a series' id, such as the key of a series in a data set. */
    static final String ID_END = "id_end";

    private static final String ID_START = "id_start";

    /** A series of a data set: both parts are codes, none of which is a wildcard or a step up in a path. */
    private static final Pattern ID_OF_TWO_PARTS =
            Pattern.compile("(\\w[\\w@,-]*(?:[./]\\w[\\w@,-]*)*)/([\\w-]+(?:\\.[\\w-]+)*)");

    private QueryValues() {}

    /**
     * The values of {@code query}; a name without one is missing.
     *
     * @param format how the request writes times, intervals and limits
     */
    static Map<String, String> of(MarketQuery query, SymbolRules symbols, RequestFormat format) {
        var values = new HashMap<String, String>();
        findInstrument(query, symbols).ifPresent(instrument -> {
            String symbol = symbols.spell(instrument);
            values.put("symbol", symbol);
            int point = symbol.lastIndexOf('.');
            if (point >= 0) {
                values.put("symbol_start", symbol.substring(0, point));
                values.put("symbol_end", symbol.substring(point + 1));
            }
            values.put("base", instrument.base());
            values.put("quote", instrument.quote());
            values.put("kind", kind(instrument));
            symbols.findId(instrument.base()).ifPresent(id -> values.put(QueryNames.BASE_ID, id));
            if (instrument.settle() != null) {
                values.put("settle", instrument.settle());
                values.put("contract", SymbolRules.contractName(symbol));
            }
            if (instrument.expiry() != null) {
                values.put("expiry", instrument.expiry().toString());
            }
            if (instrument.rolling() != null) {
                values.put("expiry", instrument.rolling());
            }
            if (instrument.mic() != null) {
                values.put("mic", instrument.mic());
            }
        });
        switch (query) {
            case CandlesQuery q -> {
                values.put("interval", format.interval(q.interval()));
                format.adjustment(q.adjustment()).ifPresent(word -> values.put("adjustment", word));
                values.put("limit", format.limit(q.limit()));
                range(values, q.from(), q.to(), format);
            }
            case SeriesQuery q -> {
                values.put("id", q.id());
                Matcher parts = ID_OF_TWO_PARTS.matcher(q.id());
                if (parts.matches()) {
                    values.put(ID_START, parts.group(1));
                    values.put(ID_END, parts.group(2));
                }
                values.put("limit", format.limit(q.limit()));
                range(values, q.from(), q.to(), format);
            }
            case TradesQuery q -> values.put("limit", format.limit(q.limit()));
            case BookQuery q -> {
                values.put("limit", format.limit(q.depth()));
                values.put("depth", format.limit(q.depth()));
            }
            case NewsQuery q -> {
                values.put("limit", format.limit(q.limit()));
                if (!q.text().isEmpty()) {
                    values.put("query", q.text());
                }
            }
            case SymbolsQuery q -> {
                if (q.page() != null) {
                    values.put("page", q.page());
                }
            }
            default -> {
                // A quote has nothing but its instrument, nothing else.
            }
        }
        return values;
    }

    private static String kind(Instrument instrument) {
        if (instrument.settle() == null) {
            return "spot";
        }
        return instrument.settle().equals(instrument.base()) ? "inverse" : "linear";
    }

    /** The instrument that the query is about; a series may be named by one. */
    public static Optional<Instrument> findInstrument(MarketQuery query, SymbolRules symbols) {
        return switch (query) {
            case MarketQuery.OfInstrument about -> Optional.of(about.instrument());
            case SeriesQuery series ->
                symbols.parse(InstrumentSeries.find(series.id())
                                        .map(InstrumentSeries::symbol)
                                        .orElse(series.id()))
                                instanceof Outcome.Success<Instrument>(Instrument instrument)
                        ? Optional.of(instrument)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static void range(
            Map<String, String> values, @Nullable Instant from, @Nullable Instant to, RequestFormat format) {
        if (from != null) {
            values.put(FROM, format.from(from));
        }
        if (to != null) {
            values.put(TO, format.to(to));
        }
    }
}
