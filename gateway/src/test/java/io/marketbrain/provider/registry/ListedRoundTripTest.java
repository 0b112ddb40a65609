package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.SymbolListTerms;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.binance.BinanceAdapter;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.kraken.KrakenAdapter;
import io.marketbrain.provider.mapping.MappedAdapter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every listed symbol, and every instrument that is shown for one, is accepted and means the same instrument. */
class ListedRoundTripTest {
    private static final SymbolListConfig CONFIG = SymbolListConfig.defaults();

    private static ListedSymbols symbols(Descriptor descriptor, MarketDataSource lists) {
        return new ListedSymbols(
                descriptor.id(),
                descriptor.symbols(),
                List.of(new SymbolListTerms(null, List.of(InstrumentType.SPOT), 1, Duration.ZERO)),
                lists,
                CONFIG,
                SymbolListBudget.ofHeap(1L << 32),
                System::nanoTime);
    }

    private static MarketDataSource source(Descriptor descriptor, byte[] list) {
        ProviderAdapter adapter = switch (descriptor.id().value()) {
            case "binance" -> new BinanceAdapter(descriptor);
            case "coinbase" -> MappedAdapter.of(descriptor, descriptor.mapping().orElseThrow());
            default -> new KrakenAdapter(descriptor);
        };
        return new ProviderSource(
                new ProviderModule(descriptor, adapter),
                Mode.LIVE,
                (_, _) -> Outcome.success(new RawPayload(200, Map.of(), list, Instant.EPOCH)));
    }

    /** What does not come back as it was listed, of the symbols in a list. */
    private static List<String> faults(String provider, byte[] list, int least) {
        Descriptor descriptor = DescriptorReader.builtIn(provider);
        MarketDataSource source = source(descriptor, list);
        ListedSymbols rules = symbols(descriptor, source);
        assertThat(rules.parse("NOSUCHCOIN")).isInstanceOf(Outcome.Failed.class);
        var result =
                (Outcome.Success<QueryResult>) source.fetch(new SymbolsQuery(descriptor.id()), TestCalls.patient());
        List<ListedSymbol> listed = ((Symbols) result.value().data()).symbols();
        assertThat(listed).hasSizeGreaterThanOrEqualTo(least);
        List<String> faults = new ArrayList<>();
        for (ListedSymbol symbol : listed) {
            Instrument instrument = symbol.instrument();
            for (String text : List.of(
                    symbol.providerSymbol(),
                    symbol.providerSymbol().toLowerCase(Locale.ROOT),
                    instrument.unified(),
                    rules.spell(instrument))) {
                if (!rules.parse(text).equals(Outcome.success(instrument))) {
                    faults.add(text + " of " + instrument + " is " + rules.parse(text));
                }
            }
        }
        return faults;
    }

    @ParameterizedTest
    @CsvSource({
        "binance, v1_exchangeInfo--all-2019-08, 70",
        "binance, v1_exchangeInfo--all-2019-09, 14",
        "binance, v3_exchangeInfo--all-2021-10, 100",
        "binance, v3_exchangeInfo--all-2021-10~2, 70",
        "kraken, AssetPairs--all-2017-10, 50",
        "kraken, xchange--example-assetpairs-data, 50",
        "coinbase, products--all-2017-10, 5",
        "coinbase, products--all-2022-01~2, 50",
        "coinbase, xchange--products, 5"
    })
    void every_symbol_of_a_recorded_list_comes_back(String provider, String recording, int least) {
        assertThat(faults(provider, Recording.of(provider, recording).body(), least))
                .isEmpty();
    }

    @Test
    void so_do_symbols_with_other_letters_marks_cases_and_meanings() {
        assertThat(faults("binance", """
            {"symbols": [{"symbol": "星星USDT", "baseAsset": "星星", "quoteAsset": "USDT"},
                         {"symbol": "币安人生USDT", "baseAsset": "币安人生", "quoteAsset": "USDT"},
                         {"symbol": "1000SHIBUSDT", "baseAsset": "1000SHIB", "quoteAsset": "USDT"},
                         {"symbol": "1MBABYDOGEUSDT", "baseAsset": "1MBABYDOGE", "quoteAsset": "USDT"},
                         {"symbol": "A$USDT", "baseAsset": "A$", "quoteAsset": "USDT"},
                         {"symbol": "A_BUSDT", "baseAsset": "A_B", "quoteAsset": "USDT"},
                         {"symbol": "BNBUSD", "baseAsset": "BNB", "quoteAsset": "USD"},
                         {"symbol": "LUNAUSDT", "baseAsset": "LUNA", "quoteAsset": "USDT"},
                         {"symbol": "BCHSVUSDT", "baseAsset": "BCHSV", "quoteAsset": "USDT"}]}
            """.getBytes(StandardCharsets.UTF_8), 9)).isEmpty();
        assertThat(faults("kraken", """
            {"error": [], "result": {
              "ETH2.SETH": {"altname": "ETH2.SETH", "base": "ETH2.S", "quote": "XETH"},
              "XBT.MUSD": {"altname": "XBT.MUSD", "base": "XBT.M", "quote": "ZUSD"},
              "AAPLxUSD": {"altname": "AAPLxUSD", "base": "AAPLx", "quote": "ZUSD"},
              "AAPLUSD": {"altname": "AAPLUSD", "base": "AAPL", "quote": "ZUSD"},
              "LUNAUSD": {"altname": "LUNAUSD", "base": "LUNA", "quote": "ZUSD"},
              "LUNA2USD": {"altname": "LUNA2USD", "base": "LUNA2", "quote": "ZUSD"},
              "XREPZUSD": {"altname": "REPUSD", "base": "XREP", "quote": "ZUSD"},
              "REPV2USD": {"altname": "REPV2USD", "base": "REPV2", "quote": "ZUSD"},
              "USTUSDT": {"altname": "USTUSDT", "base": "UST", "quote": "USDT"}}}
            """.getBytes(StandardCharsets.UTF_8), 9)).isEmpty();
        assertThat(faults("coinbase", """
            [{"id": "CGLD-USD", "base_currency": "CGLD", "quote_currency": "USD"}]
            """.getBytes(StandardCharsets.UTF_8), 1)).isEmpty();
    }

    @Test
    void a_code_alone_is_not_guessed_to_be_another_coin_than_its_letters_name() {
        Descriptor kraken = DescriptorReader.builtIn("kraken");
        ListedSymbols rules = symbols(kraken, source(kraken, """
            {"error": [], "result": {"LUNAUSD": {"altname": "LUNAUSD", "base": "LUNA", "quote": "ZUSD"},
                                     "XDGUSD": {"altname": "XDGUSD", "base": "XXDG", "quote": "ZUSD"}}}
            """.getBytes(StandardCharsets.UTF_8)));
        var failed = (Outcome.Failed<Instrument>) rules.parse("LUNA");
        assertThat(failed.failure()).isEqualTo(new Failure.AmbiguousInstrument("LUNA", List.of("LUNC/USD")));
        assertThat(rules.parse("XDG")).isEqualTo(Outcome.success(Instrument.crypto("DOGE", "USD")));
    }

    @Test
    void an_instrument_whose_symbol_is_that_of_another_one_is_unknown() {
        Descriptor binance = DescriptorReader.builtIn("binance");
        ListedSymbols rules = symbols(
                binance,
                source(
                        binance,
                        Recording.of("binance", "v1_exchangeInfo--all-2019-09").body()));
        assertThat(rules.parse("BNB/USD")).isEqualTo(Outcome.success(Instrument.crypto("BNB", "USD")));
        assertThat(rules.parse("BN/BUSD"))
                .as("its symbol would be BNBUSD, which is BNB/USD")
                .isInstanceOf(Outcome.Failed.class);
    }
}
