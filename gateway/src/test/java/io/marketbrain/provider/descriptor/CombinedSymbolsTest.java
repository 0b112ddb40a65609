package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CombinedSymbolsTest {
    /** The forms of Yahoo Finance. */
    static final String STOCKS = """
            {"forms": [
              {"currencies": "{quote}=X", "base": "USD"},
              {"currencies": "{base}{quote}=X"},
              {"futures": "{root}=F"},
              {"indices": "^{code}"},
              {"crypto": "{base}-{quote}", "quotes": ["USD", "EUR"]},
              {"listed": {"class_mark": "-", "markets": {"US": "", "XLON": "L", "XETR": "DE", "XJSE": "JO", "XTAE": "TA",
                "XSTO": "ST", "XTSE": "TO", "XNSE": "NS", "XKRX": "KS"}}}]}
            """;

    /** The forms of Polygon. */
    static final String PREFIXED = """
            {"forms": [
              {"currencies": "C:{base}{quote}"},
              {"indices": "I:{code}", "spelled": {"GSPC": "SPX", "IXIC": "COMP"}},
              {"crypto": "X:{base}{quote}", "quotes": ["USD", "USDT", "BTC"]},
              {"listed": {"markets": {"US": ""}}}]}
            """;

    /** The forms of Stooq. */
    static final String LOWER = """
            {"lower_case": true, "forms": [
              {"indices": "^{code}", "spelled": {"GSPC": "SPX", "N225": "NKX"}},
              {"listed": {"markets": {"US": "US", "XLON": "UK", "XETR": "DE"}, "class_mark": "-"}},
              {"currencies": "{base}{quote}"}]}
            """;

    /** Spot pairs, swaps and dated futures as OKX spells them. */
    static final String DASHED = """
            {"forms": [
              {"contracts": "{base}-{quote}-SWAP", "quotes": ["USDT", "USDC"], "settle": "quote"},
              {"contracts": "{base}-{quote}-SWAP", "quotes": ["USD"], "settle": "base"},
              {"contracts": "{base}-{quote}-{expiry}", "expiry": "yyMMdd", "quotes": ["USD"], "settle": "base"},
              {"contracts": "{base}-{quote}-{expiry}", "expiry": "yyMMdd", "quotes": ["USDT"], "settle": "quote"}],
             "pairs": {"separator": "-", "quotes": ["USDT", "USDC", "USD", "BTC"]}}
            """;

    /** Derivatives as Binance and Deribit spell them, and those of Kucoin with its code of BTC. */
    static final String MIXED = """
            {"forms": [
              {"contracts": "{base}USD_PERP", "quotes": ["USD"], "settle": "base"},
              {"contracts": "{base}USD_{expiry}", "expiry": "yyMMdd", "quotes": ["USD"], "settle": "base"},
              {"contracts": "{base}{quote}_{expiry}", "expiry": "yyMMdd", "quotes": ["USDT"], "settle": "quote"},
              {"contracts": "{base}-PERPETUAL", "quotes": ["USD"], "settle": "BTC"},
              {"contracts": "{base}_{quote}-PERPETUAL", "quotes": ["USDC"], "settle": "quote"},
              {"contracts": "{base}_{quote}-{expiry}", "expiry": "dMMMyy", "quotes": ["USDC"], "settle": "quote"},
              {"contracts": "{base}{quote}M", "quotes": ["USDT"], "settle": "quote", "codes": {"XBT": "BTC"}},
              {"contracts": "{base}{quote}", "quotes": ["USDT", "USDC"], "settle": "quote"}]}
            """;

    static SymbolRules rules(String symbols) {
        return DescriptorReader.read("test.json", """
            {"id": "test", "name": "N", "exchange": "E", "base_url": "https://example.com", "asset_types": ["stock"],
             "zone": "UTC", "operations": ["quote"], "limits": {},
             "symbols": %s}
            """.formatted(symbols).getBytes(StandardCharsets.UTF_8))
                .symbols();
    }

    private static Instrument read(SymbolRules rules, String text) {
        assertThat(rules.parse(text)).as(text).isInstanceOf(Outcome.Success.class);
        return ((Outcome.Success<Instrument>) rules.parse(text)).value();
    }

    @ParameterizedTest
    @CsvSource({
        "AAPL, STOCK, AAPL, USD, AAPL",
        "aapl, STOCK, AAPL, USD, AAPL",
        "AAPL.US, STOCK, AAPL, USD, AAPL",
        "AAPL@XNAS, STOCK, AAPL, USD, AAPL",
        "BRK.B, STOCK, BRK.B, USD, BRK-B",
        "BRK-B, STOCK, BRK.B, USD, BRK-B",
        "VOD.L, STOCK, VOD@XLON, GBP, VOD.L",
        "VOD.LON, STOCK, VOD@XLON, GBP, VOD.L",
        "VOD.XLON, STOCK, VOD@XLON, GBP, VOD.L",
        "VOD@XLON, STOCK, VOD@XLON, GBP, VOD.L",
        "BT-A.L, STOCK, BT.A@XLON, GBP, BT-A.L",
        "SAP.DE, STOCK, SAP@XETR, EUR, SAP.DE",
        "VOLV-B.ST, STOCK, VOLV.B@XSTO, SEK, VOLV-B.ST",
        "005930.KS, STOCK, 005930@XKRX, KRW, 005930.KS",
        "M&M.NS, STOCK, M&M@XNSE, INR, M&M.NS",
        "BAJAJ-AUTO.NS, STOCK, BAJAJ-AUTO@XNSE, INR, BAJAJ-AUTO.NS",
        "EURUSD=X, FX, EUR/USD, USD, EURUSD=X",
        "EUR/USD, FX, EUR/USD, USD, EURUSD=X",
        "EUR-USD, FX, EUR/USD, USD, EURUSD=X",
        "EURUSD, FX, EUR/USD, USD, EURUSD=X",
        "JPY=X, FX, USD/JPY, JPY, JPY=X",
        "USDJPY=X, FX, USD/JPY, JPY, JPY=X",
        "EURJPY=X, FX, EUR/JPY, JPY, EURJPY=X",
        "^GSPC, INDEX, ^GSPC, USD, ^GSPC",
        "^SPX, INDEX, ^GSPC, USD, ^GSPC",
        "^FTSE, INDEX, ^FTSE, GBP, ^FTSE",
        "^XYZ, INDEX, ^XYZ, XXX, ^XYZ",
        "GC=F, COMMODITY, GC=F, USD, GC=F",
        "BTC-USD, CRYPTO, BTC/USD, USD, BTC-USD",
        "BTC/USD, CRYPTO, BTC/USD, USD, BTC-USD",
        "BTCUSD, CRYPTO, BTC/USD, USD, BTC-USD"
    })
    void a_stock_provider_reads_every_usual_form(
            String text, AssetType type, String unified, String quote, String spelled) {
        SymbolRules yahoo = rules(STOCKS);
        Instrument instrument = read(yahoo, text);
        assertThat(instrument.type()).isEqualTo(type);
        assertThat(instrument.unified()).isEqualTo(unified);
        assertThat(instrument.quote()).isEqualTo(quote);
        assertThat(yahoo.spell(instrument)).isEqualTo(spelled);
    }

    @ParameterizedTest
    @CsvSource({
        "I:SPX, ^GSPC, I:SPX",
        "^GSPC, ^GSPC, I:SPX",
        "^VIX, ^VIX, I:VIX",
        "C:EURUSD, EUR/USD, C:EURUSD",
        "EURUSD=X, EUR/USD, C:EURUSD",
        "X:BTCUSD, BTC/USD, X:BTCUSD",
        "BTC-USDT, BTC/USDT, X:BTCUSDT",
        "BRK-B, BRK.B, BRK.B",
        "AAPL.US, AAPL, AAPL"
    })
    void prefixes_say_the_type(String text, String unified, String spelled) {
        SymbolRules polygon = rules(PREFIXED);
        assertThat(read(polygon, text).unified()).isEqualTo(unified);
        assertThat(polygon.spell(read(polygon, text))).isEqualTo(spelled);
    }

    @ParameterizedTest
    @CsvSource({"AAPL, aapl.us", "BRK.B, brk-b.us", "VOD.L, vod.uk", "^GSPC, ^spx", "^NKX, ^nkx", "EURUSD, eurusd"})
    void symbols_can_be_in_lower_case(String text, String spelled) {
        SymbolRules stooq = rules(LOWER);
        assertThat(stooq.spell(read(stooq, text))).isEqualTo(spelled);
        assertThat(stooq.parse(spelled)).isEqualTo(stooq.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"VOD.L", "VOD@XLON", "VOD.XLON", "VOD@XXXX", "TOOLONG", "^", "=F", "=X", "A@B@C", ".US", ""})
    void a_market_that_the_provider_does_not_have_is_unknown(String text) {
        assertThat(((Outcome.Failed<Instrument>) rules(PREFIXED).parse(text)).failure())
                .isInstanceOf(Failure.UnknownInstrument.class);
    }

    @ParameterizedTest
    @CsvSource({
        "BTC-USDT-SWAP, BTC/USDT:USDT",
        "BTC-USD-SWAP, BTC/USD:BTC",
        "BTC-USD-260327, BTC/USD:BTC-260327",
        "BTC-USDT-260327, BTC/USDT:USDT-260327",
        "1000SHIB-USDT-SWAP, 1000SHIB/USDT:USDT",
        "BTC-USDT, BTC/USDT"
    })
    void an_exchange_has_pairs_and_contracts(String symbol, String unified) {
        SymbolRules okx = rules(DASHED);
        Instrument instrument = read(okx, symbol);
        assertThat(instrument.unified()).isEqualTo(unified);
        assertThat(okx.spell(instrument)).isEqualTo(symbol);
        assertThat(read(okx, unified)).isEqualTo(instrument);
    }

    @ParameterizedTest
    @CsvSource({
        "BTCUSD_PERP, BTC/USD:BTC",
        "BTCUSD_260327, BTC/USD:BTC-260327",
        "BTCUSDT_260327, BTC/USDT:USDT-260327",
        "BTC_USDC-PERPETUAL, BTC/USDC:USDC",
        "BTC_USDC-27MAR26, BTC/USDC:USDC-260327",
        "XBTUSDTM, BTC/USDT:USDT",
        "BTCUSDT, BTC/USDT:USDT"
    })
    void contracts_are_read_as_each_exchange_spells_them(String symbol, String unified) {
        assertThat(read(rules(MIXED), symbol).unified()).isEqualTo(unified);
        assertThat(read(rules(MIXED), unified).unified()).isEqualTo(unified);
    }

    @Test
    void codes_run_together_rather_begin_with_a_well_known_coin() {
        SymbolRules htx = DescriptorReader.builtIn("htx").symbols();
        assertThat(htx.parse("ethusd")).isEqualTo(Outcome.success(Instrument.crypto("ETH", "USD")));
        assertThat(htx.parse("ethhusd")).isEqualTo(Outcome.success(Instrument.crypto("ETH", "HUSD")));
        assertThat(htx.parse("pnthusd")).isEqualTo(Outcome.success(Instrument.crypto("PNT", "HUSD")));
        assertThat(htx.spell(Instrument.crypto("ETH", "USD"))).isEqualTo("ethusd");
    }

    @Test
    void a_dated_future_has_its_expiry() {
        Instrument future = read(rules(MIXED), "BTCUSD_260327");
        assertThat(future.settle()).isEqualTo("BTC");
        assertThat(future.expiry()).isEqualTo(LocalDate.of(2026, 3, 27));
        assertThat(rules(MIXED).parse("BTCUSD_260332")).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void a_rolling_future_is_neither_a_swap_nor_a_dated_future() {
        SymbolRules rules = rules("""
            {"forms": [
              {"contracts": "{base}-{quote}", "quotes": ["USD"], "settle": "base"},
              {"contracts": "{base}{expiry}", "expiry": "yyMMdd", "quotes": ["USD"], "settle": "base"},
              {"contracts": "{base}_{rolling}", "rolling": ["CW", "NW"], "quotes": ["USD"], "settle": "base"}]}
            """);
        Instrument future = read(rules, "BTC_CW");
        assertThat(future.unified()).isEqualTo("BTC/USD:BTC-CW");
        assertThat(future.base()).isEqualTo("BTC");
        assertThat(future.expiry()).isNull();
        assertThat(InstrumentType.of(future)).isEqualTo(InstrumentType.FUTURE);
        assertThat(read(rules, "BTC/USD:BTC-CW")).isEqualTo(future);
        assertThat(rules.spell(future)).isEqualTo("BTC_CW");
        assertThat(future).isNotEqualTo(read(rules, "BTC-USD")).isNotEqualTo(read(rules, "BTC_NW"));
        assertThat(rules.parse("BTC_XX")).isInstanceOf(Outcome.Failed.class);
        assertThat(rules.parse("BTC/USD:BTC-XX")).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void pairs_from_a_table_are_read_in_both_forms() {
        SymbolRules rules = rules("""
            {"forms": [{"named_pairs": {"HYPE/USDC": "@107", "PURR/USDC": "PURR/USDC"}},
              {"contracts": "{base}", "quotes": ["USDC"], "settle": "quote", "codes": {"kPEPE": "KPEPE"}}]}
            """);
        assertThat(read(rules, "@107")).isEqualTo(Instrument.crypto("HYPE", "USDC"));
        assertThat(read(rules, "hype/usdc")).isEqualTo(Instrument.crypto("HYPE", "USDC"));
        assertThat(rules.spell(Instrument.crypto("HYPE", "USDC"))).isEqualTo("@107");
        assertThat(rules.spell(Instrument.crypto("PURR", "USDC"))).isEqualTo("PURR/USDC");
        assertThat(rules.spell(read(rules, "KPEPE/USDC:USDC"))).isEqualTo("kPEPE");
        assertThat(rules.parse("@108")).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void codes_run_together_that_end_in_two_quotes_are_ambiguous() {
        SymbolRules rules = rules("""
            {"forms": [{"contracts": "{base}{quote}", "quotes": ["USD", "TUSD"], "settle": "quote"}]}
            """);
        assertThat(((Failure.AmbiguousInstrument) ((Outcome.Failed<Instrument>) rules.parse("BTCTUSD")).failure())
                        .candidates())
                .containsExactly("BTC/TUSD:TUSD", "BTCT/USD:USD");
    }

    @ParameterizedTest
    @CsvSource({"VOD.L, GBp", "NPN.JO, ZAc", "TEVA.TA, ILA", "SAP.DE, EUR", "AAPL, USD", "BTC-USD, USD"})
    void prices_are_in_the_unit_of_the_market(String symbol, String unit) {
        SymbolRules yahoo = rules(STOCKS);
        assertThat(yahoo.priceUnit(read(yahoo, symbol))).isEqualTo(unit);
    }

    @Test
    void a_provider_may_quote_a_market_in_another_unit() {
        SymbolRules rules = rules("""
            {"forms": [{"listed": {"markets": {"XLON": "LSE"}, "units": {"XLON": "GBX"}}}]}
            """);
        assertThat(rules.priceUnit(read(rules, "VOD.LSE"))).isEqualTo("GBX");
    }

    @ParameterizedTest
    @ValueSource(strings = {STOCKS, PREFIXED, LOWER, DASHED, MIXED})
    void whatever_is_read_is_read_the_same_in_its_canonical_and_in_its_native_form(String symbols) {
        SymbolRules rules = rules(symbols);
        var random = new Random(15);
        List<String> faults = new ArrayList<>();
        List<String> parts = List.of(
                "BTC", "ETH", "USD", "USDT", "EUR", "JPY", "AAPL", "VOD", "BRK", "GSPC", "SPX", "-", "_", "/", "@", ".",
                "=X", "=F", "^", "L", "US", "XLON", "B", "A", "SWAP", "260327", "27MAR26", "PERP", ":", "C:", "X:",
                "I:", "M", "1000");
        int read = 0;
        for (int i = 0; i < 60_000; i++) {
            var text = new StringBuilder();
            for (int length = 1 + random.nextInt(6); length > 0; length--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            if (rules.parse(text.toString()) instanceof Outcome.Success<Instrument>(Instrument instrument)) {
                read++;
                for (String form : List.of(rules.spell(instrument), instrument.unified())) {
                    if (!rules.parse(form).equals(Outcome.success(instrument))) {
                        faults.add(text + " is " + instrument + ", but " + form + " is " + rules.parse(form));
                    }
                }
            }
        }
        assertThat(faults.stream().distinct().limit(20)).isEmpty();
        assertThat(read).isGreaterThan(300);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"forms\": [{\"listed\": {\"markets\": {\"LSE\": \"L\"}}}]} | market 'LSE', which is not known",
                "{\"forms\": [{\"listed\": {\"markets\": {\"US\": \"\", \"XLON\": \"\"}}}]} | has the suffix ''",
                "{\"forms\": [{\"crypto\": \"{base}\", \"quotes\": [\"USD\"]}]} | must have {base} and {quote}",
                "{\"forms\": [{\"crypto\": \"{base}{qoute}\", \"quotes\": [\"USD\"]}]} | names in braces",
                "{\"forms\": [{\"currencies\": \"{quote}\", \"base\": \"EURO\"}]} | not an ISO 4217 code",
                "{\"forms\": [{\"contracts\": \"{base}\", \"quotes\": [\"USD\", \"EUR\"], \"settle\": \"base\"}]} | exactly one quote",
                "{\"forms\": [{\"contracts\": \"{base}-{expiry}\", \"quotes\": [\"USD\"], \"settle\": \"base\"}]} | must have {expiry}",
                "{\"forms\": [{\"contracts\": \"{base}_{rolling}\", \"quotes\": [\"USD\"], \"settle\": \"base\"}]} | must have {rolling}",
                "{\"forms\": [{\"contract\": \"{base}\"}]} | must say what the form is of",
                "{\"forms\": [{\"futures\": \"{root}=F\", \"quotes\": [\"USD\"]}]} | unknown key 'quotes'"
            })
    void a_wrong_form_is_rejected_with_its_place(String symbols, String reason) {
        assertThatThrownBy(() -> rules(symbols))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageStartingWith("test.json:3:")
                .hasMessageContaining(reason);
    }
}
