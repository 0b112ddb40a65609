package io.marketbrain.provider.recording;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.Optional;

/** The {@code symbol} of a recording. Pure. */
final class RecordedSubject {
    private RecordedSubject() {}

    /** The instrument or series of a query as the provider spells it; empty for queries about neither. */
    static Optional<String> find(MarketQuery query, SymbolRules symbols) {
        return switch (query) {
            case MarketQuery.OfInstrument about -> Optional.of(symbols.spell(about.instrument()));
            case MarketQuery.SeriesQuery series -> Optional.of(series.id());
            case MarketQuery.NewsQuery _, MarketQuery.SymbolsQuery _ -> Optional.empty();
        };
    }
}
