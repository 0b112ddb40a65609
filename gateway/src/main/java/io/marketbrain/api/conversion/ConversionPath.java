package io.marketbrain.api.conversion;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.price.CurrencyCodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rates that lead from one asset to another: the pair itself, the pair the other way round, or two pairs with one
 * asset between them. Used by one thread.
 */
final class ConversionPath {
    /** Between two currencies: the main ones, and those in which central banks state all their rates. */
    private static final List<String> CURRENCIES = List.of("USD", "EUR", "CAD", "PLN", "CZK");

    private static final List<String> ASSETS = List.of("USD", "USDT", "EUR", "BTC", "USDC");

    /** Finds the rate of a pair. */
    interface Rates {
        /**
         * The rate of a base in a quote.
         *
         * @param inverted whether it is used the other way round
         */
        Outcome<ConversionRate> find(String base, String quote, boolean inverted);
    }

    private final ProviderId provider;
    private final Rates rates;
    private final Map<String, Optional<ConversionRate>> known = new HashMap<>();
    private @Nullable Failure failed;

    ConversionPath(ProviderId provider, Rates rates) {
        this.provider = provider;
        this.rates = rates;
    }

    /** The rates in order; fails with UnknownInstrument if none lead there, or with what prevented it. */
    Outcome<List<ConversionRate>> find(String from, String to) {
        if (from.equals(to)) {
            return Outcome.success(List.of());
        }
        Optional<ConversionRate> direct = rate(from, to);
        if (direct.isPresent()) {
            return Outcome.success(List.of(direct.get()));
        }
        boolean currencies = CurrencyCodes.isCurrency(from) && CurrencyCodes.isCurrency(to);
        for (String between : currencies ? CURRENCIES : ASSETS) {
            if (!between.equals(from) && !between.equals(to)) {
                Optional<ConversionRate> first = rate(from, between);
                Optional<ConversionRate> second = first.isEmpty() ? Optional.empty() : rate(between, to);
                if (first.isPresent() && second.isPresent()) {
                    return Outcome.success(List.of(first.get(), second.get()));
                }
            }
        }
        return Outcome.failed(
                failed != null
                        ? failed
                        : new Failure.UnknownInstrument(
                                provider,
                                from + "/" + to,
                                List.of(),
                                "no other rates lead from " + from + " to " + to,
                                null));
    }

    /** The rate from one asset to another, in either direction of the pair. */
    private Optional<ConversionRate> rate(String from, String to) {
        Optional<ConversionRate> found = known.get(from + "/" + to);
        if (found == null) {
            found = read(rates.find(from, to, false)).or(() -> read(rates.find(to, from, true)));
            known.put(from + "/" + to, found);
        }
        return found;
    }

    /** The rate, if there is one; why a pair that exists has none is kept. */
    private Optional<ConversionRate> read(Outcome<ConversionRate> outcome) {
        return switch (outcome) {
            case Outcome.Success<ConversionRate>(ConversionRate rate) -> Optional.of(rate);
            case Outcome.Failed<ConversionRate>(Failure failure) -> {
                if (failed == null && !isAbsence(failure)) {
                    failed = failure;
                }
                yield Optional.empty();
            }
        };
    }

    private static boolean isAbsence(Failure failure) {
        return failure instanceof Failure.CallerFault
                || (failure instanceof Failure.NoProviderAnswered none && isAbsence(none.last()));
    }
}
