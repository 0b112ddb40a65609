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

        /** That a pair which exists had no rate at the instant that was asked for; empty if none was found to lack one. */
        default Optional<Failure> findMissing(String base, String quote) {
            return Optional.empty();
        }
    }

    private final ProviderId provider;
    private final Rates rates;
    private final Map<String, Optional<ConversionRate>> known = new HashMap<>();
    private @Nullable Failure failed;

    ConversionPath(ProviderId provider, Rates rates) {
        this.provider = provider;
        this.rates = rates;
    }

    /**
     * The rates in order; fails with what prevented it, such as a pair without a rate at the instant that was asked for, or with
     * UnknownInstrument if no pairs lead there.
     */
    Outcome<List<ConversionRate>> find(String from, String to) {
        if (from.equals(to)) {
            return Outcome.success(List.of());
        }
        Optional<ConversionRate> direct = rate(from, to);
        if (direct.isPresent()) {
            return Outcome.success(List.of(direct.get()));
        }
        Optional<Failure> missing = findMissing(from, to);
        boolean currencies = CurrencyCodes.isCurrency(from) && CurrencyCodes.isCurrency(to);
        for (String between : currencies ? CURRENCIES : ASSETS) {
            if (!between.equals(from) && !between.equals(to)) {
                Optional<ConversionRate> first = rate(from, between);
                if (first.isEmpty() && findMissing(from, between).isEmpty()) {
                    continue;
                }
                Optional<ConversionRate> second = rate(between, to);
                if (first.isPresent() && second.isPresent()) {
                    return Outcome.success(List.of(first.get(), second.get()));
                }
                if (missing.isEmpty() && second.isPresent()) {
                    missing = findMissing(from, between);
                } else if (missing.isEmpty()) {
                    missing = findMissing(between, to);
                }
            }
        }
        Failure prevented = failed;
        return Outcome.failed(
                prevented != null
                        ? prevented
                        : missing.orElseGet(() -> new Failure.UnknownInstrument(
                                provider,
                                from + "/" + to,
                                List.of(),
                                "no other rates lead from " + from + " to " + to,
                                null)));
    }

    /** Why the pair of two assets, in either direction, exists but has no rate. */
    private Optional<Failure> findMissing(String from, String to) {
        return rates.findMissing(from, to).or(() -> rates.findMissing(to, from));
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
