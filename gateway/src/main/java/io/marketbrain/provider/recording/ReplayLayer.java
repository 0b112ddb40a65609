package io.marketbrain.provider.recording;

import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.provider.descriptor.SymbolRules;

/** The outermost layer of a replayed provider: sets its clock to the time of the recording that will answer. Thread-safe. */
public final class ReplayLayer implements Layer {
    private final RecordingArchive archive;
    private final SymbolRules symbols;
    private final ReplayClock clock;

    public ReplayLayer(RecordingArchive archive, SymbolRules symbols, ReplayClock clock) {
        this.archive = archive;
        this.symbols = symbols;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> ReplayClock.at(
                archive.findUpcoming(query, RecordedSubject.find(query, symbols))
                        .flatMap(RecordedExchange::recordedAt)
                        .orElseGet(clock::instant),
                () -> next.fetch(query, call));
    }
}
