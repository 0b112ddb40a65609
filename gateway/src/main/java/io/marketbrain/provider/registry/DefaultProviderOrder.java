package io.marketbrain.provider.registry;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.model.series.SeriesKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The order in which {@code auto} prefers providers by type of instrument, unless it is configured: those that need no key
 * and allow the most calls first; of currencies, those with traded prices before those with a reference rate a day. Pure.
 */
final class DefaultProviderOrder {
    private static final List<String> CRYPTO = List.of(
            "binance",
            "coinbase",
            "kraken",
            "okx",
            "bybit",
            "kucoin",
            "bitstamp",
            "gate",
            "bitget",
            "htx",
            "mexc",
            "cryptocom",
            "gemini",
            "bitfinex",
            "coinbaseadvanced",
            "binancefutures",
            "deribit",
            "hyperliquid",
            "coingecko",
            "coinpaprika",
            "cryptocompare",
            "yahoo",
            "twelvedata",
            "polygon",
            "tiingo",
            "finnhub",
            "fmp",
            "eodhd",
            "alphavantage");
    private static final List<String> SECURITIES = List.of(
            "yahoo",
            "alpaca",
            "finnhub",
            "twelvedata",
            "tiingo",
            "polygon",
            "tradier",
            "fmp",
            "eodhd",
            "alphavantage",
            "marketstack",
            "stooq");
    private static final List<String> RECALCULATED_DIVIDENDS = List.of("tradier", "yahoo");
    /** Those with dividends as they were paid come before those that recalculate them for splits. */
    private static final List<String> DIVIDENDS = Stream.concat(
                    SECURITIES.stream().filter(id -> !RECALCULATED_DIVIDENDS.contains(id)),
                    RECALCULATED_DIVIDENDS.stream())
            .toList();

    private static final List<String> CURRENCIES = List.of(
            "yahoo",
            "twelvedata",
            "finnhub",
            "polygon",
            "tiingo",
            "fmp",
            "eodhd",
            "alphavantage",
            "frankfurter",
            "ecb",
            "boc",
            "nbp",
            "cnb",
            "openexchangerates",
            "exchangeratehost",
            "stooq");

    private DefaultProviderOrder() {}

    /** The type of the instrument that a query is about, or whose like it is about; empty if it is about none. */
    static Optional<AssetType> findType(MarketQuery query) {
        return switch (query) {
            case MarketQuery.OfInstrument about ->
                Optional.of(about.instrument().type());
            case MarketQuery.SeriesQuery series ->
                InstrumentSeries.find(series.id())
                        .map(about -> about.kind().isOfMarket() ? AssetType.CRYPTO : AssetType.STOCK);
            default -> Optional.empty();
        };
    }

    /** The ids in order; none for queries that are not about an instrument. */
    static List<String> of(MarketQuery query) {
        if (query instanceof MarketQuery.SeriesQuery series
                && InstrumentSeries.find(series.id())
                        .filter(about -> about.kind() == SeriesKind.DIVIDENDS)
                        .isPresent()) {
            return DIVIDENDS;
        }
        return findType(query).map(DefaultProviderOrder::of).orElse(List.of());
    }

    private static List<String> of(AssetType type) {
        return switch (type) {
            case CRYPTO -> CRYPTO;
            case FX -> CURRENCIES;
            case STOCK, ETF, FUND, INDEX, COMMODITY -> SECURITIES;
            case RATE, MACRO, NEWS -> List.of();
        };
    }
}
