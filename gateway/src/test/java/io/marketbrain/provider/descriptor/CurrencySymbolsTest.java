package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.symbols.CurrencyForm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencySymbolsTest {
    private static final SymbolRules EURO = new CombinedSymbols(
            new ProviderId("ecb"), List.of(new CurrencyForm("{base}{quote}", "EUR", null)), Optional.empty(), false);

    @ParameterizedTest
    @ValueSource(strings = {"EURUSD", "eurusd", "EUR/USD", "EUR-USD", "EUR_USD", "EURUSD=X"})
    void a_pair_of_iso_codes_is_read_in_every_usual_form(String text) {
        assertThat(EURO.parse(text).map(Instrument::unified)).isEqualTo(Outcome.success("EUR/USD"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"USDEUR", "EUREUR", "EURBTC", "BTCUSD", "", "EUR/", "EURUSDT", "EUR:USD", "XYZ", "EUR"})
    void a_pair_that_the_provider_does_not_state_is_unknown(String text) {
        assertThat(((Outcome.Failed<Instrument>) EURO.parse(text)).failure())
                .isInstanceOf(Failure.UnknownInstrument.class);
    }

    @Test
    void one_code_alone_is_ambiguous() {
        var failed = (Outcome.Failed<Instrument>) EURO.parse("USD");
        assertThat(((Failure.AmbiguousInstrument) failed.failure()).candidates())
                .containsExactly("EUR/USD");
    }
}
