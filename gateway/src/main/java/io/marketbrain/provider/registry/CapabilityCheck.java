package io.marketbrain.provider.registry;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.provider.descriptor.Descriptor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks a query against what a provider's descriptor says it supports. Pure. */
public final class CapabilityCheck {
    private CapabilityCheck() {}

    /** Why the provider cannot answer, {@code Unsupported} or {@code UnknownInstrument}; empty if it can be asked. */
    public static Optional<Failure> findUnsupported(Descriptor d, MarketQuery query) {
        if (!d.operations().contains(query.operation())) {
            return unsupported(d, "does not offer " + query.operation().wire());
        }
        return switch (query) {
            case CandlesQuery q
            when !d.intervals().contains(q.interval()) ->
                unsupported(
                        d,
                        "has no " + q.interval() + " candles; it has "
                                + d.intervals().stream()
                                        .sorted()
                                        .map(Object::toString)
                                        .collect(Collectors.joining(", ")));
            case CandlesQuery q
            when q.adjustment() != null
                    && !d.terms(Operation.CANDLES).adjustments().contains(q.adjustment()) ->
                unsupported(d, "has no candles adjusted as '" + q.adjustment() + "'; " + adjustments(d));
            case BookQuery q
            when q.depth() > d.limits().maxDepth() ->
                unsupported(d, "returns at most " + d.limits().maxDepth() + " levels per side");
            case TradesQuery q
            when !q.orFewer() && q.limit() > d.limits().maxTrades() ->
                unsupported(d, "returns at most " + d.limits().maxTrades() + " trades per request");
            case SeriesQuery q
            when InstrumentSeries.find(q.id()).isPresent() ->
                findUnsupported(d, InstrumentSeries.find(q.id()).get());
            case SeriesQuery _ when !d.hasSeriesById() -> unsupported(d, "has series of instruments only: " + kinds(d));
            case SeriesQuery q
            when d.assetTypes().equals(List.of(AssetType.FX))
                    && !(d.symbols().parse(q.id()) instanceof Outcome.Success<Instrument>) ->
                unsupported(d, "has series of exchange rates only, by pair: " + String.join(", ", d.examples()));
            default -> Optional.empty();
        };
    }

    private static Optional<Failure> findUnsupported(Descriptor d, InstrumentSeries series) {
        Set<SeriesKind> kinds = d.terms(Operation.SERIES).kinds();
        if (!kinds.contains(series.kind())) {
            return unsupported(
                    d, "has no series of " + series.kind() + (kinds.isEmpty() ? "" : "; it has those of " + kinds(d)));
        }
        if (!(d.symbols().parse(series.symbol()) instanceof Outcome.Success<Instrument>(Instrument instrument))) {
            return Optional.of(new Failure.UnknownInstrument(d.id(), series.symbol()));
        }
        String lacks = "has no " + series.kind() + " of " + instrument.unified();
        if (!series.kind().fits(instrument)) {
            return unsupported(d, lacks + ", which is not " + series.kind().instruments());
        }
        return d.assetTypes().contains(instrument.type()) ? Optional.empty() : unsupported(d, lacks);
    }

    private static String kinds(Descriptor d) {
        return d.terms(Operation.SERIES).kinds().stream().map(SeriesKind::wire).collect(Collectors.joining(", "));
    }

    private static String adjustments(Descriptor d) {
        List<Adjustment> offered = d.terms(Operation.CANDLES).adjustments();
        return offered.isEmpty()
                ? "what its candles are adjusted for is not known"
                : "it has " + offered.stream().map(Adjustment::wire).collect(Collectors.joining(", "));
    }

    private static Optional<Failure> unsupported(Descriptor descriptor, String what) {
        return Optional.of(new Failure.Unsupported(descriptor.id(), descriptor.id() + " " + what));
    }
}
