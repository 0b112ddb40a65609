package io.marketbrain.provider.registry;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.OfInstrument;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.descriptor.AssetChange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Checks that a provider would answer a query about its instrument, and not about another one of the same letters. Pure. */
final class IdentityCheck {
    private IdentityCheck() {}

    /** Why the provider means another instrument by the query's letters; empty if it does not. */
    static Optional<Failure> findOtherInstrument(Provider provider, OfInstrument query) {
        Instrument instrument = query.instrument();
        return switch (provider.symbols().parse(instrument.unified())) {
            case Outcome.Success<Instrument>(Instrument meant) when meant.equals(instrument) -> Optional.empty();
            case Outcome.Success<Instrument>(Instrument meant) -> other(provider, instrument, meant.unified());
            case Outcome.Failed<Instrument>(Failure.UnknownInstrument unknown)
            when !unknown.candidates().isEmpty() ->
                other(provider, instrument, unknown.candidates().getFirst());
            case Outcome.Failed<Instrument> _ -> Optional.empty();
        };
    }

    private static Optional<Failure> other(Provider provider, Instrument instrument, String meant) {
        return unsupported(
                provider,
                provider.descriptor().id() + " has another instrument under the letters of " + instrument + ": "
                        + meant);
    }

    /** Why the beginning of a range of candles is about another instrument; empty if it is not. Mock data has no such past. */
    static Optional<Failure> findOtherPast(Provider provider, MarketQuery query) {
        if (!(query instanceof CandlesQuery candles) || provider.decision().mode() == Mode.MOCK) {
            return Optional.empty();
        }
        Instant from = candles.from();
        Optional<AssetChange> change =
                from == null ? Optional.empty() : provider.symbols().findChange(candles.instrument());
        return change.filter(one -> one.at().isAfter(from)).flatMap(one -> unsupported(provider, past(provider, one)));
    }

    private static String past(Provider provider, AssetChange change) {
        String day = change.at().atZone(ZoneOffset.UTC).toLocalDate().toString();
        return "the code " + change.code() + " of " + provider.descriptor().id() + " meant another asset ("
                + change.before() + ") before " + day + "; use a 'from' of " + day + " or later";
    }

    private static Optional<Failure> unsupported(Provider provider, String reason) {
        return Optional.of(new Failure.Unsupported(provider.descriptor().id(), reason));
    }
}
