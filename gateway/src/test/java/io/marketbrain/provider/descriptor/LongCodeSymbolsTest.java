package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Symbols with a prefix, and with a separator only where a code is long. */
class LongCodeSymbolsTest {
    private final SymbolRules symbols = DescriptorReader.builtIn("bitfinex").symbols();

    @ParameterizedTest
    @CsvSource({
        "tBTCUSD, BTC/USD",
        "BTCUSD, BTC/USD",
        "btcusd, BTC/USD",
        "BTC/USD, BTC/USD",
        "tBTCUST, BTC/USDT",
        "tDOGE:USD, DOGE/USD",
        "DOGE:USD, DOGE/USD",
        "TBTC/USD, TBTC/USD",
        "tDUSK:UST, DUSK/USDT",
    })
    void the_provider_s_spelling_and_the_unified_one_are_read(String text, String unified) {
        assertThat(symbols.parse(text))
                .isInstanceOfSatisfying(
                        Outcome.Success.class,
                        success -> assertThat(((Instrument) success.value()).unified())
                                .isEqualTo(unified));
    }

    @ParameterizedTest
    @CsvSource({
        "BTC, USD, tBTCUSD",
        "BTC, USDT, tBTCUST",
        "DOGE, USD, tDOGE:USD",
        "DASH, USD, tDSHUSD",
        "LINK, USDT, tLINK:UST"
    })
    void a_symbol_has_the_prefix_and_a_colon_where_a_code_is_long(String base, String quote, String symbol) {
        assertThat(symbols.spell(Instrument.crypto(base, quote))).isEqualTo(symbol);
    }
}
