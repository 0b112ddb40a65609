package io.marketbrain.provider.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.mock.Markets;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MockSymbolsTest {
    private static final MockConfig MARKET = MockConfig.defaults();

    private final MockSymbols symbols = new MockSymbols(Map.of());

    @ParameterizedTest
    @CsvSource({
        "BTCUSDT, CRYPTO, BTC/USDT",
        "btc-usdt, CRYPTO, BTC/USDT",
        "BTC/USDT, CRYPTO, BTC/USDT",
        "BTC-USD, CRYPTO, BTC/USD",
        "BTCEUR, CRYPTO, BTC/EUR",
        "ETHBTC, CRYPTO, ETH/BTC",
        "SHIBUSD, CRYPTO, SHIB/USD",
        "NEWCOINUSDC, CRYPTO, NEWCOIN/USDC",
        "BTCCNH, CRYPTO, BTC/CNH",
        "SUIUSD, CRYPTO, SUI/USD",
        "XBTUSDT, CRYPTO, BTC/USDT",
        "XBT-USDT, CRYPTO, BTC/USDT",
        "XBT/CNH, CRYPTO, BTC/CNH",
        "ETH-XBT, CRYPTO, ETH/BTC",
        "EURUSD, FX, EUR/USD",
        "EUR/USD, FX, EUR/USD",
        "GBPJPY=X, FX, GBP/JPY",
        "AAPL, STOCK, AAPL",
        "AAPL.US, STOCK, AAPL",
        "BRK-B, STOCK, BRK-B",
        "AAPL@XNAS, STOCK, AAPL",
        "^GSPC, INDEX, ^GSPC",
        "SPX, INDEX, ^SPX",
        "XAUUSD, COMMODITY, XAU",
        "WTI, COMMODITY, WTI",
        "GC=F, COMMODITY, XAU",
        "ES=F, COMMODITY, ES",
        "XAU, COMMODITY, XAU",
        "QQZ, STOCK, QQZ",
        "SUI, STOCK, SUI",
        "OP, STOCK, OP",
        "ARB, STOCK, ARB"
    })
    void parses_the_usual_spellings(String text, String type, String unified) {
        Instrument instrument = instrument(text);
        assertThat(instrument.type().name()).isEqualTo(type);
        assertThat(instrument.unified()).isEqualTo(unified);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GC=F", "SI=F", "PL=F", "PA=F", "CL=F", "BZ=F", "NG=F", "HG=F", "ZC=F", "ZW=F", "ES=F", "NQ=F", "YM=F"
            })
    void a_future_has_one_price_whichever_provider_is_simulated(String text) {
        var yahoo = (Outcome.Success<Instrument>)
                DescriptorReader.builtIn("yahoo").symbols().parse(text);
        var markets = new Markets(MARKET.seed(), MARKET.maxMarkets(), MARKET.assets());
        long time = Instant.parse("2026-03-04T15:00:00Z").toEpochMilli();
        assertThat(markets.of(instrument(text), Optional.empty()).quoteAt(time).last())
                .isEqualTo(markets.of(yahoo.value(), Optional.empty())
                        .quoteAt(time)
                        .last());
    }

    @Test
    void does_not_guess_the_quote_currency_of_a_coin() {
        assertThat(symbols.parse("BTC"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfSatisfying(
                                        Failure.AmbiguousInstrument.class,
                                        a -> assertThat(a.candidates()).contains("BTC/USDT", "BTC/USD")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "???", "A B", "BTC\u0000", "ÄÖÜ", "'; drop table"})
    void rejects_text_that_is_not_a_symbol(String text) {
        assertThat(symbols.parse(text)).isInstanceOf(Outcome.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTCUSDT", "EURUSD", "AAPL", "^GSPC", "WTI", "ETHBTC"})
    void parses_the_symbols_that_it_produces(String text) {
        Instrument instrument = instrument(text);
        assertThat(instrument(symbols.spell(instrument))).isEqualTo(instrument);
    }

    @Test
    void all_spellings_and_dollar_stablecoins_are_one_market() {
        var markets = new Markets(MARKET.seed(), MARKET.maxMarkets(), MARKET.assets());
        long at = Instant.parse("2024-02-21T09:00:00Z").toEpochMilli();
        List<Long> prices = List.of("BTC/USDT", "BTCUSDT", "BTC-USDT", "BTC-USD", "BTCUSDC").stream()
                .map(text -> markets.of(instrument(text), Optional.empty())
                        .quoteAt(at)
                        .last())
                .distinct()
                .toList();
        assertThat(prices).hasSize(1);
    }

    @Test
    void a_coin_in_euros_is_the_coin_in_dollars_at_a_fixed_rate() {
        var markets = new Markets(MARKET.seed(), MARKET.maxMarkets(), MARKET.assets());
        for (int year = 1990; year < 2090; year += 7) {
            long at = Instant.parse(year + "-02-21T09:00:00Z").toEpochMilli();
            double dollars = markets.of(instrument("BTCUSDT"), Optional.empty())
                    .quoteAt(at)
                    .last();
            double euros = markets.of(instrument("BTCEUR"), Optional.empty())
                    .quoteAt(at)
                    .last();
            assertThat(dollars / euros).isBetween(1.0799, 1.0801);
        }
    }

    private Instrument instrument(String text) {
        return symbols.parse(text) instanceof Outcome.Success<Instrument>(Instrument instrument)
                ? instrument
                : org.junit.jupiter.api.Assertions.fail(text + ": " + symbols.parse(text));
    }
}
