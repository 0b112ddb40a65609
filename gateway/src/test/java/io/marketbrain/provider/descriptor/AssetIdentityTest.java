package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built-in descriptors tell coins apart that share letters, and the same coin under different codes together. */
class AssetIdentityTest {
    private static final SymbolRules KRAKEN = DescriptorReader.builtIn("kraken").symbols();
    private static final SymbolRules BINANCE =
            DescriptorReader.builtIn("binance").symbols();

    private static SymbolRules rules(String provider) {
        return DescriptorReader.builtIn(provider).symbols();
    }

    @ParameterizedTest
    @CsvSource({
        "kraken, LUNAEUR, LUNC/EUR, LUNAEUR",
        "kraken, LUNA2EUR, LUNA/EUR, LUNA2EUR",
        "kraken, LUNA/EUR, LUNA/EUR, LUNA2EUR",
        "kraken, LUNA-EUR, LUNA/EUR, LUNA2EUR",
        "kraken, LUNA2/EUR, LUNA/EUR, LUNA2EUR",
        "kraken, LUNC/EUR, LUNC/EUR, LUNAEUR",
        "kraken, USTUSDT, USTC/USDT, USTUSDT",
        "kraken, XREPXXBT, REPV1/BTC, REPXBT",
        "kraken, REPETH, REPV1/ETH, REPETH",
        "kraken, REPV1/ETH, REPV1/ETH, REPETH",
        "kraken, REP/ETH, REP/ETH, REPV2ETH",
        "kraken, XBTUSD, BTC/USD, XBTUSD",
        "kraken, XBT/USD, BTC/USD, XBTUSD",
        "kraken, XDG/USD, DOGE/USD, XDGUSD",
        "kraken, ETH2.SETH, ETH2.S/ETH, ETH2.SETH",
        "kraken, XBT.MUSD, XBT.M/USD, XBT.MUSD",
        "kraken, DOT.F/USD, DOT.F/USD, DOT.FUSD",
        "kraken, NANO/USD, NANO/USD, NANOUSD",
        "binance, LUNAUSDT, LUNA/USDT, LUNAUSDT",
        "binance, LUNCUSDT, LUNC/USDT, LUNCUSDT",
        "binance, BCCUSDT, BCC/USDT, BCCUSDT",
        "binance, BCHABCUSDT, BCH/USDT, BCHUSDT",
        "binance, BCHSVUSDT, BSV/USDT, BCHSVUSDT",
        "binance, BSV/USDT, BSV/USDT, BCHSVUSDT",
        "binance, YOYOBTC, YOYOW/BTC, YOYOBTC",
        "binance, 1000SHIBUSDT, 1000SHIB/USDT, 1000SHIBUSDT",
        "binance, 1000PEPE/USDT, 1000PEPE/USDT, 1000PEPEUSDT",
        "binance, 1MBABYDOGEUSDT, 1MBABYDOGE/USDT, 1MBABYDOGEUSDT",
        "binance, MATICUSDT, MATIC/USDT, MATICUSDT",
        "binance, POLUSDT, POL/USDT, POLUSDT",
        "coinbase, CGLD-USD, CELO/USD, CGLD-USD",
        "coinbase, CELO/USD, CELO/USD, CGLD-USD"
    })
    void each_spelling_means_one_coin_and_is_sent_under_the_provider_s_code(
            String provider, String text, String unified, String sent) {
        Outcome<Instrument> parsed = rules(provider).parse(text);
        assertThat(parsed.map(Instrument::unified)).isEqualTo(Outcome.success(unified));
        assertThat(parsed.map(rules(provider)::spell)).isEqualTo(Outcome.success(sent));
        assertThat(rules(provider).parse(unified)).isEqualTo(parsed);
        assertThat(rules(provider).parse(sent)).isEqualTo(parsed);
    }

    @Test
    void letters_that_the_provider_uses_for_another_coin_only_are_rejected_with_that_one() {
        assertThat(KRAKEN.parse("UST/USD"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfSatisfying(
                                        Failure.UnknownInstrument.class,
                                        unknown ->
                                                assertThat(unknown.candidates()).containsExactly("USTC/USD")));
    }

    @Test
    void a_code_alone_has_both_coins_as_candidates() {
        var failed = (Outcome.Failed<Instrument>) KRAKEN.parse("LUNA");
        assertThat(((Failure.AmbiguousInstrument) failed.failure()).candidates())
                .contains("LUNC/USD", "LUNA/USD");
    }

    @Test
    void only_a_spelling_that_names_another_coin_elsewhere_has_a_namesake() {
        assertThat(KRAKEN.findNamesake(Instrument.crypto("LUNC", "USD"))).contains(Instrument.crypto("LUNA", "USD"));
        assertThat(KRAKEN.findNamesake(Instrument.crypto("LUNA", "USD"))).isEmpty();
        assertThat(KRAKEN.findNamesake(Instrument.crypto("BTC", "USD"))).isEmpty();
        assertThat(BINANCE.findNamesake(Instrument.crypto("LUNA", "USDT"))).isEmpty();
    }

    @Test
    void a_code_that_meant_another_coin_has_the_day_of_the_change() {
        assertThat(BINANCE.findChange(Instrument.crypto("LUNA", "USDT")))
                .contains(new AssetChange("LUNA", "LUNC", Instant.parse("2022-05-28T00:00:00Z")));
        assertThat(BINANCE.findChange(Instrument.crypto("LUNC", "USDT"))).isEmpty();
        assertThat(BINANCE.findChange(Instrument.crypto("BCC", "BTC")).map(AssetChange::before))
                .contains("BCH");
        assertThat(KRAKEN.findChange(Instrument.crypto("LUNA", "USD"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "codes": {"L2": "LUNA"}, "identities": [{"code": "LUNA", "asset": "LUNC", "source": "s"}] | 'symbols' contradicts itself: LUNA would be sent as LUNA, which means LUNC
        "codes": {"A": "B"}, "spelled": {"C": "A"} | 'symbols' contradicts itself: C would be sent as A, which means B
        "identities": [{"code": "A", "asset": "B"}] | the key 'source' is missing
        "identities": [{"code": "A", "asset": "B", "source": "s", "until": "May"}] | 'until' must be a day, such as 2022-05-28
        "identities": [{"code": "A", "asset": "B", "source": "s", "untill": "x"}] | unknown key 'untill'; did you mean 'until'?
        """)
    void a_table_that_contradicts_itself_or_is_incomplete_is_rejected(String symbols, String message) {
        String json = """
            {"id": "acme", "name": "A", "exchange": "A", "base_url": "https://a.example", "asset_types": ["crypto"],
             "zone": "UTC", "operations": ["quote"], "limits": {},
             "symbols": {"separator": "", "quotes": ["USD"], %s}\
            """.formatted(symbols) + "}";
        assertThatThrownBy(() -> DescriptorReader.read("acme.json", json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining(message);
    }
}
