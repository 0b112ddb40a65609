package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.Descriptors;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every accepted form of a symbol at every built-in provider: where it is an instrument of the provider, what its canonical
 * form is, and that this and the provider's own form mean the same instrument again.
 */
class AcceptedFormsTest {
    private static final String SHARES =
            "alpaca alphavantage eodhd finnhub fmp marketstack polygon stooq tiingo tradier" + " twelvedata yahoo";
    private static final String LONDON = "alphavantage eodhd stooq twelvedata yahoo";
    private static final String HONG_KONG = "finnhub marketstack stooq twelvedata yahoo";
    private static final String TOKYO = "finnhub stooq yahoo";
    private static final String EURO = "alpaca alphavantage ecb eodhd exchangeratehost finnhub fmp frankfurter"
            + " openexchangerates polygon stooq tiingo twelvedata yahoo";
    private static final String INDICES = "alphavantage eodhd fmp polygon stooq tradier twelvedata yahoo";
    private static final String FUTURES = "stooq yahoo";
    private static final String COINS_IN_DOLLARS = "alpaca alphavantage binance bitfinex bitstamp coinbase"
            + " coinbaseadvanced coingecko coinpaprika cryptocom cryptocompare deribit eodhd finnhub fmp gate gemini htx"
            + " kraken kucoin mexc okx polygon tiingo twelvedata yahoo";
    private static final String COINS_IN_TETHER =
            "alpaca binance bitfinex bitget bitstamp bybit coinbase coinbaseadvanced"
                    + " coingecko coinpaprika cryptocom cryptocompare deribit finnhub gate gemini htx kraken kucoin mexc okx tiingo"
                    + " twelvedata";
    private static final String SWAPS = "binancefutures bitfinex bitget bybit deribit gate htx kucoin mexc okx";
    private static final String DATED = "binancefutures bitget bybit deribit htx kucoin okx";

    private static final List<String> ALL = Descriptors.builtIn().stream()
            .map(one -> one.id().value())
            .filter(id -> !id.equals("mock") && hasInstruments(id))
            .toList();
    private static final ProviderRegistry REGISTRY =
            new ProviderRegistry(ALL.stream().map(AcceptedFormsTest::live).toList(), RouteOrder.defaults());

    /** Statistics offices and news have series and subjects in place of instruments. */
    private static boolean hasInstruments(String id) {
        Set<AssetType> others = Set.of(AssetType.MACRO, AssetType.NEWS, AssetType.RATE);
        return !others.containsAll(DescriptorReader.builtIn(id).assetTypes());
    }

    private static RegisteredProvider live(String id) {
        Descriptor descriptor = DescriptorReader.builtIn(id);
        return RegisteredProvider.of(
                new Provider(descriptor, new ModeDecision(Mode.LIVE, "test"), descriptor.symbols(), List.of()));
    }

    private static Set<String> providers(String names) {
        String listed = switch (names) {
            case "SHARES" -> SHARES;
            case "LONDON" -> LONDON;
            case "HONG_KONG" -> HONG_KONG;
            case "TOKYO" -> TOKYO;
            case "EURO" -> EURO;
            case "INDICES" -> INDICES;
            case "FUTURES" -> FUTURES;
            case "COINS_IN_DOLLARS" -> COINS_IN_DOLLARS;
            case "COINS_IN_TETHER" -> COINS_IN_TETHER;
            case "SWAPS" -> SWAPS;
            case "DATED" -> DATED;
            default -> names;
        };
        return new TreeSet<>(List.of(listed.split(" ")));
    }

    private static String read(String provider, String symbol) {
        return REGISTRY.resolve(new ProviderId(provider), symbol) instanceof Outcome.Success<Instrument>(Instrument it)
                ? it.unified()
                : "";
    }

    private static List<String> candidates(String provider, String symbol) {
        return switch (REGISTRY.resolve(new ProviderId(provider), symbol)) {
            case Outcome.Failed<Instrument>(Failure.AmbiguousInstrument ambiguous) -> ambiguous.candidates();
            case Outcome.Failed<Instrument>(Failure.UnknownInstrument unknown) -> unknown.candidates();
            case Outcome.Failed<Instrument>(Failure other) -> throw new AssertionError(other.message());
            case Outcome.Success<Instrument>(Instrument it) -> throw new AssertionError(symbol + " is " + it);
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "AAPL, AAPL, SHARES",
        "AAPL.US, AAPL, SHARES",
        "NASDAQ:AAPL, AAPL, SHARES",
        "AAPL@XNAS, AAPL, SHARES",
        "BRK-B, BRK.B, SHARES",
        "BRK.B, BRK.B, SHARES",
        "BRK/B, BRK.B, SHARES",
        "NYSE:BRK.B, BRK.B, SHARES",
        "AMEX:SPY, SPY, SHARES",
        "VOD.L, VOD@XLON, LONDON",
        "LSE:VOD, VOD@XLON, LONDON",
        "LON:VOD, VOD@XLON, LONDON",
        "VOD@XLON, VOD@XLON, LONDON",
        "0700.HK, 0700@XHKG, HONG_KONG",
        "700.HK, 0700@XHKG, HONG_KONG",
        "HKEX:700, 0700@XHKG, HONG_KONG",
        "HKG:0700, 0700@XHKG, HONG_KONG",
        "7203.T, 7203@XTKS, TOKYO",
        "TSE:7203, 7203@XTKS, TOKYO",
        "TYO:7203, 7203@XTKS, TOKYO",
        "EURUSD=X, EUR/USD, EURO",
        "FX:EURUSD, EUR/USD, EURO",
        "FX_IDC:EURUSD, EUR/USD, EURO",
        "OANDA:EURUSD, EUR/USD, EURO",
        "^GSPC, ^GSPC, INDICES",
        "^SPX, ^GSPC, INDICES",
        "TVC:SPX, ^GSPC, INDICES",
        "SP:SPX, ^GSPC, INDICES",
        "NASDAQ:NDX, ^NDX, INDICES",
        "DJ:DJI, ^DJI, alphavantage eodhd fmp polygon stooq twelvedata yahoo",
        "TVC:NI225, ^N225, eodhd fmp polygon stooq yahoo",
        "GC=F, GC=F, FUTURES",
        "COMEX:GC1!, GC=F, FUTURES",
        "CME_MINI:ES1!, ES=F, FUTURES",
        "GC1!, GC=F, FUTURES",
        "BTC-USD, BTC/USD, COINS_IN_DOLLARS",
        "BTC/USD, BTC/USD, COINS_IN_DOLLARS",
        "CRYPTO:BTCUSD, BTC/USD, COINS_IN_DOLLARS",
        "BTC/USDT, BTC/USDT, COINS_IN_TETHER",
        "BTC_USDT, BTC/USDT, COINS_IN_TETHER",
        "BTCUSDT, BTC/USDT, COINS_IN_TETHER",
        "XBTUSDT, BTC/USDT, COINS_IN_TETHER",
        "BINANCE:BTCUSDT, BTC/USDT, binance finnhub",
        "KRAKEN:XBTUSD, BTC/USD, kraken",
        "COINBASE:BTCUSD, BTC/USD, coinbase coinbaseadvanced finnhub",
        "OKX:BTCUSDT, BTC/USDT, okx",
        "OKEX:BTCUSDT, BTC/USDT, okx",
        "BITSTAMP:BTCUSD, BTC/USD, bitstamp",
        "GATEIO:BTCUSDT, BTC/USDT, gate",
        "BTCUSDT.P, BTC/USDT:USDT, SWAPS",
        "BTCUSDTPERP, BTC/USDT:USDT, SWAPS",
        "BTC/USDT:USDT, BTC/USDT:USDT, SWAPS",
        "BINANCE:BTCUSDT.P, BTC/USDT:USDT, binancefutures",
        "BYBIT:BTCUSDT.P, BTC/USDT:USDT, bybit",
        "OKX:BTCUSDT.P, BTC/USDT:USDT, okx",
        "OKX:BTCUSD.P, BTC/USD:BTC, okx",
        "CRYPTOCOM:BTCUSD.P, BTC/USD:USD, cryptocom",
        "BTCUSDCPERP, BTC/USDC:USDC, binancefutures bitget bybit deribit kucoin mexc okx",
        "BTCPERP, BTC/USDC:USDC, bitget bybit",
        "BTC/USD:BTC-251226, BTC/USD:BTC-251226, DATED",
        "BTC/USDT:USDT-251226, BTC/USDT:USDT-251226, binancefutures bybit deribit gate htx okx",
        "BTC/USDC:USDC-251226, BTC/USDC:USDC-251226, binancefutures bybit deribit okx",
        "BTCUSDT-26DEC25, BTC/USDT:USDT-251226, bybit",
        "BTC_USDT_20251226, BTC/USDT:USDT-251226, gate",
        "BTC-USDT-251226, BTC/USDT:USDT-251226, htx okx",
        "BTCUSDZ25, BTC/USD:BTC-251226, bitget bybit",
        "BTC251226, BTC/USD:BTC-251226, htx",
        "BTC_CW, BTC/USD:BTC-CW, htx",
        "BTC-USDT-CQ, BTC/USDT:USDT-CQ, htx"
    })
    void is_accepted_at_every_provider_that_has_it_and_so_are_its_canonical_and_native_forms(
            String text, String canonical, String names) {
        var accepting = new TreeSet<String>();
        for (String provider : ALL) {
            if (read(provider, text).equals(canonical)) {
                accepting.add(provider);
                Instrument instrument =
                        ((Outcome.Success<Instrument>) REGISTRY.resolve(new ProviderId(provider), text)).value();
                String own = DescriptorReader.builtIn(provider).symbols().spell(instrument);
                assertThat(read(provider, canonical)).as(provider).isEqualTo(canonical);
                assertThat(read(provider, own)).as(provider + " " + own).isEqualTo(canonical);
                assertThat(read(provider, text.toLowerCase(Locale.ROOT)))
                        .as(provider + " in lower case")
                        .isEqualTo(canonical);
            }
        }
        assertThat(accepting).isEqualTo(providers(names));
        assertThat(read("auto", text)).as("auto").isEqualTo(canonical);
        assertThat(read("auto", canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "coinbase, BINANCE:BTC-USD, BTC/USD",
        "kraken, BINANCE:BTCUSDT, BTC/USDT",
        "bitfinex, BINANCE:BTCUSDT, BTC/USDT",
        "binancefutures, BINANCE:BTCUSDT, BTC/USDT:USDT",
        "binance, BTCUSDT.P, BTC/USDT",
        "binance, BINANCE:BTCUSDT.P, BTC/USDT"
    })
    void what_names_another_exchange_or_another_kind_of_contract_is_refused_with_what_the_provider_has(
            String provider, String text, String candidate) {
        assertThat(candidates(provider, text)).containsExactly(candidate);
        assertThat(read(provider, candidate)).isEqualTo(candidate);
    }

    @ParameterizedTest
    @CsvSource({
        "auto, BTC, BTC/USD",
        "auto, EURONEXT:ASML, ASML@XAMS",
        "yahoo, EURONEXT:ASML, ASML@XAMS",
        "auto, KRX:005930, 005930@XKRX",
        "kraken, BTC, BTC/USD"
    })
    void what_means_several_is_refused_with_candidates_that_are_accepted(
            String provider, String text, String candidate) {
        List<String> candidates = candidates(provider, text);
        assertThat(candidates).hasSizeGreaterThan(1).contains(candidate);
        assertThat(candidates).allSatisfy(one -> assertThat(read(provider, one)).isNotEmpty());
    }

    @Test
    void a_pair_of_a_coin_that_is_called_like_an_exchange_is_the_pair() {
        assertThat(read("bitfinex", "HTX:USD")).isEqualTo("HTX/USD");
        assertThat(read("bitfinex", "tDOGE:USD")).isEqualTo("DOGE/USD");
        assertThat(read("bitfinex", "NASDAQ:AAPL")).isEmpty();
    }
}
