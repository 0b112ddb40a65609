package io.marketbrain.provider.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a response shows as {@code provider_symbol} or {@code instrument} is understood when it is sent back. */
class SymbolRoundTripTest {
    private static final List<String> BASES = List.of(
            "BTC", "ETH", "XBT", "BNB", "DOGE", "AAPL", "FOO", "XB", "BN", "USDT", "USD", "EUR", "GBP", "XAU", "T",
            "1INCH");
    private static final List<String> QUOTES = List.of(
            "USDT", "USD", "EUR", "BUSD", "TUSD", "FDUSD", "BTC", "XBT", "ETH", "CHF", "XYZ", "JPY", "USDC", "KRW",
            "FOO");

    private static SymbolRules rules(String provider) {
        return provider.equals("mock")
                ? new MockSymbols(Map.of())
                : new MockedSymbols(
                        new ProviderId(provider),
                        DescriptorReader.builtIn(provider).symbols());
    }

    private static void checkRoundTrip(SymbolRules rules, String text, List<String> faults) {
        if (!(rules.parse(text) instanceof Outcome.Success<Instrument>(Instrument instrument))) {
            return;
        }
        String shown = rules.spell(instrument);
        if (!rules.parse(shown).equals(Outcome.success(instrument))) {
            faults.add(text + " is shown as " + shown + ", which is " + rules.parse(shown));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"binance", "boc", "coinbase", "ecb", "frankfurter", "kraken", "mock"})
    void every_accepted_pair_is_shown_in_a_form_that_is_accepted(String provider) {
        SymbolRules rules = rules(provider);
        List<String> faults = new ArrayList<>();
        for (String base : BASES) {
            for (String quote : QUOTES) {
                for (String separator : List.of("", "/", "-", "_")) {
                    checkRoundTrip(rules, base + separator + quote, faults);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"binance", "boc", "coinbase", "ecb", "frankfurter", "kraken", "mock"})
    void random_symbols_are_shown_in_a_form_that_is_accepted(String provider) {
        SymbolRules rules = rules(provider);
        var random = new Random(7);
        List<String> faults = new ArrayList<>();
        String letters = "BTCUSDXEFRG1-/_^=@.:";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int length = 1 + random.nextInt(9); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            checkRoundTrip(rules, text.toString(), faults);
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void every_listed_pair_that_is_accepted_is_shown_in_a_form_that_is_accepted() throws MalformedPayload {
        List<String> faults = new ArrayList<>();
        int pairs = 0;
        for (JsonValue pair : JsonValue.parse(
                        Recording.of("binance", "v1_exchangeInfo--all-2019-09").body())
                .at("symbols")
                .items()) {
            checkRoundTrip(rules("binance"), pair.at("symbol").text(), faults);
            checkRoundTrip(
                    rules("binance"),
                    pair.at("baseAsset").text() + "/" + pair.at("quoteAsset").text(),
                    faults);
            pairs++;
        }
        for (String name : JsonValue.parse(
                        Recording.of("kraken", "AssetPairs--all-2017-10").body())
                .at("result")
                .members()
                .keySet()) {
            checkRoundTrip(rules("kraken"), name, faults);
            pairs++;
        }
        assertThat(faults).isEmpty();
        assertThat(pairs).isGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource({
        "BTC-USD, BTC/USD",
        "BTCUSD, BTC/USD",
        "BNBUSD, BNB/USD",
        "BTCTUSD, BTC/TUSD",
        "BTCUSDT, BTC/USDT",
        "ETHBTC, ETH/BTC",
        "FOOUSDT, FOO/USDT"
    })
    void a_mocked_provider_reads_joined_codes_as_people_mean_them(String text, String unified) {
        assertThat(rules("binance").parse(text).map(Instrument::unified)).isEqualTo(Outcome.success(unified));
    }

    @Test
    void joined_codes_that_could_be_split_in_two_places_are_ambiguous() {
        var failed = (Outcome.Failed<Instrument>) rules("binance").parse("XBTUSD");
        assertThat(((Failure.AmbiguousInstrument) failed.failure()).candidates())
                .containsExactly("XB/TUSD", "XBT/USD");
    }

    @Test
    void only_known_assets_have_candidates() {
        var btc = (Outcome.Failed<Instrument>) rules("binance").parse("BTC");
        assertThat(((Failure.AmbiguousInstrument) btc.failure()).candidates()).contains("BTC/USDT");
        var apple = (Outcome.Failed<Instrument>) rules("binance").parse("AAPL");
        assertThat(apple.failure()).isInstanceOf(Failure.UnknownInstrument.class);
    }

    @ParameterizedTest
    @CsvSource({
        "GC=F, XAU",
        "SI=F, XAG",
        "PL=F, XPT",
        "PA=F, XPD",
        "CL=F, WTI",
        "BZ=F, BRENT",
        "NG=F, NATGAS",
        "HG=F, COPPER",
        "ZC=F, CORN",
        "ZW=F, WHEAT"
    })
    void a_commodity_has_one_price_whatever_it_is_called(String future, String name) {
        Outcome<Instrument> instrument = rules("mock").parse(future);
        assertThat(instrument)
                .isInstanceOf(Outcome.Success.class)
                .isEqualTo(rules("mock").parse(name));
    }
}
