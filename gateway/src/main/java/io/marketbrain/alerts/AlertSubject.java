package io.marketbrain.alerts;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;

/** What an alert watches. Immutable. */
public sealed interface AlertSubject {

    /** The quotes of an instrument at a provider. */
    record OfInstrument(ProviderId provider, Instrument instrument) implements AlertSubject {
        @Override
        public String wire() {
            return provider + ":" + instrument.unified();
        }
    }

    /** The health of a provider. */
    record OfProvider(ProviderId provider) implements AlertSubject {
        @Override
        public String wire() {
            return provider.value();
        }
    }

    /** A budget, by its name. */
    record OfBudget(String budget) implements AlertSubject {
        @Override
        public String wire() {
            return budget;
        }
    }

    /** The name in JSON: {@code binance:BTC/USDT}, {@code binance}, or that of the budget. */
    String wire();
}
