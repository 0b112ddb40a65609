package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure.AmbiguousInstrument;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Symbols with a provider's id of a coin in place of its code. */
class AssetIdSymbolsTest {

    @ParameterizedTest
    @CsvSource({
        "coingecko, bitcoin/usd, BTC/USD",
        "coingecko, bitcoin/EUR, BTC/EUR",
        "coingecko, bitcoin-cash/usd, BCH/USD",
        "coingecko, true-usd/eur, TUSD/EUR",
        "coingecko, ripple/usd, XRP/USD",
        "coingecko, btc-usd, BTC/USD",
        "coinpaprika, btc-bitcoin/usd, BTC/USD",
        "coinpaprika, btc-bitcoin_eur, BTC/EUR",
        // What is before a hyphen is a code, because ids have hyphens themselves.
        "coingecko, bitcoin-usd, BITCOIN/USD",
        // Codes may be in any case, ids only in their own.
        "coingecko, BITCOIN/USD, BITCOIN/USD",
    })
    void an_id_stands_for_the_base(String provider, String text, String unified) {
        assertThat(DescriptorReader.builtIn(provider).symbols().parse(text))
                .isEqualTo(Outcome.success(Instrument.crypto(
                        unified.substring(0, unified.indexOf('/')), unified.substring(unified.indexOf('/') + 1))));
    }

    @ParameterizedTest
    @CsvSource({
        "coingecko, bitcoin, BTC/USD",
        "coinpaprika, btc-bitcoin, BTC/USD",
        "coinpaprika, xrp-xrp, XRP/USD",
        // Codes and ids that end like a quote.
        "coingecko, true-usd, TUSD/USD",
        "coingecko, wrapped-bitcoin, WBTC/USD",
        "coingecko, staked-ether, STETH/USD",
        "coingecko, ripple-usd, RLUSD/USD",
    })
    void an_id_alone_has_the_candidates_of_its_coin(String provider, String text, String first) {
        SymbolRules symbols = DescriptorReader.builtIn(provider).symbols();
        assertThat(symbols.readings(text)).isEmpty();
        assertThat(symbols.isCertain(text)).isTrue();
        assertThat(symbols.parse(text))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfSatisfying(AmbiguousInstrument.class, ambiguous -> {
                                    assertThat(ambiguous.symbol()).isEqualTo(text);
                                    assertThat(ambiguous.candidates()).startsWith(first);
                                }));
    }
}
