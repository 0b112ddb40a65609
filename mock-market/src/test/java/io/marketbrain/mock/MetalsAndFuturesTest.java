package io.marketbrain.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metals and futures have plausible prices, whatever type a provider gives them. */
class MetalsAndFuturesTest {

    @ParameterizedTest
    @CsvSource({
        "FX, XAU, USD, 1000, 3900",
        "COMMODITY, XAU, USD, 1000, 3900",
        "FX, XAU, EUR, 900, 3700",
        "FX, XAG, USD, 8, 70",
        "FX, XPT, USD, 400, 2600",
        "COMMODITY, GC=F, USD, 1000, 3900",
        "COMMODITY, CL=F, USD, 20, 260",
        "COMMODITY, PL=F, USD, 400, 2600",
        "COMMODITY, ES=F, USD, 1900, 9800",
        "COMMODITY, ES, USD, 1900, 9800",
        "COMMODITY, NQ, USD, 5400, 41000"
    })
    void a_price_is_near_that_of_what_it_follows(AssetType type, String base, String quote, double least, double most) {
        PathParameters params =
                AssetCatalog.of(new Instrument(type, base, quote, null, null)).params();
        assertThat(params.min()).isBetween(least * 0.9, most);
        assertThat(params.max()).isBetween(least, most * 1.1);
    }
}
