package io.marketbrain.provider.recording;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.provider.descriptor.SymbolRules;

/**
 * The outermost layer of a replayed provider: sets its clock to the time of the recording that will answer, so that data is
 * judged as it was then, and states the time that {@code replay.clock} asks for in the answer. Thread-safe.
 */
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
                () -> shown(next.fetch(query, call)));
    }

    private Outcome<QueryResult> shown(Outcome<QueryResult> outcome) {
        return switch (outcome) {
            case Outcome.Success<QueryResult>(QueryResult result) -> Outcome.success(shown(result));
            case Outcome.Failed<QueryResult>(Failure.Untrusted refused)
            when refused.answer() != null ->
                Outcome.failed(new Failure.Untrusted(refused.provider(), refused.message(), shown(refused.answer())));
            case Outcome.Failed<QueryResult> failed -> failed;
        };
    }

    private QueryResult shown(QueryResult result) {
        Provenance provenance = result.provenance();
        return result.with(provenance.withReceivedAt(clock.shown(provenance.receivedAt())));
    }
}
