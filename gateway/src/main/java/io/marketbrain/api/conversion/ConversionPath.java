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
    @FunctionalInterface
    interface Rates {
        /**
         * The rate of a base in a quote.
         *
         * @param inverted whether it is used the other way round
         */
        PairRate find(String base, String quote, boolean inverted);
    }

    private final ProviderId provider;
    private final Rates rates;
    private final Map<String, PairRate> known = new HashMap<>();
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
        PairRate direct = rate(from, to);
        if (direct instanceof PairRate.Found(ConversionRate rate)) {
            return Outcome.success(List.of(rate));
        }
        Optional<Failure> missing = missing(direct);
        boolean currencies = CurrencyCodes.isCurrency(from) && CurrencyCodes.isCurrency(to);
        for (String between : currencies ? CURRENCIES : ASSETS) {
            if (between.equals(from) || between.equals(to)) {
                continue;
            }
            PairRate first = rate(from, between);
            if (!(first instanceof PairRate.Found) && !(first instanceof PairRate.Missing)) {
                continue;
            }
            PairRate second = rate(between, to);
            if (!(second instanceof PairRate.Found(ConversionRate rest))) {
                missing = missing.or(() -> missing(second));
            } else if (first instanceof PairRate.Found(ConversionRate start)) {
                return Outcome.success(List.of(start, rest));
            } else {
                missing = missing.or(() -> missing(first));
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

    /** Why a pair that exists has no rate. */
    private static Optional<Failure> missing(PairRate rate) {
        return rate instanceof PairRate.Missing(Failure reason) ? Optional.of(reason) : Optional.empty();
    }

    /** The rate from one asset to another, in either direction of the pair. */
    private PairRate rate(String from, String to) {
        PairRate found = known.get(from + "/" + to);
        if (found == null) {
            found = search(from, to);
            known.put(from + "/" + to, found);
        }
        return found;
    }

    private PairRate search(String from, String to) {
        PairRate there = find(from, to, false);
        if (there instanceof PairRate.Found) {
            return there;
        }
        PairRate back = find(to, from, true);
        return there instanceof PairRate.Missing && !(back instanceof PairRate.Found) ? there : back;
    }

    /** The rate of a pair; the first failure of all is kept. */
    private PairRate find(String base, String quote, boolean inverted) {
        PairRate rate = rates.find(base, quote, inverted);
        if (failed == null && rate instanceof PairRate.Failed(Failure reason)) {
            failed = reason;
        }
        return rate;
    }
}
