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
import io.marketbrain.provider.descriptor.Descriptor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks a query against what a provider's descriptor says it supports. Pure. */
final class CapabilityCheck {
    private CapabilityCheck() {}

    static Optional<Failure> findUnsupported(Descriptor d, MarketQuery query) {
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
            when q.limit() > d.limits().maxTrades() ->
                unsupported(d, "returns at most " + d.limits().maxTrades() + " trades per request");
            case SeriesQuery q
            when d.assetTypes().equals(List.of(AssetType.FX))
                    && !(d.symbols().parse(q.id()) instanceof Outcome.Success<Instrument>) ->
                unsupported(d, "has series of exchange rates only, by pair: " + String.join(", ", d.examples()));
            default -> Optional.empty();
        };
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
