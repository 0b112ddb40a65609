package io.marketbrain.wiring;

import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.binance.BinanceFeed;
import io.marketbrain.provider.binancefutures.BinanceFuturesFeed;
import io.marketbrain.provider.bitfinex.BitfinexFeed;
import io.marketbrain.provider.bitget.BitgetFeed;
import io.marketbrain.provider.bitstamp.BitstampFeed;
import io.marketbrain.provider.bybit.BybitFeed;
import io.marketbrain.provider.coinbase.CoinbaseFeed;
import io.marketbrain.provider.cryptocom.CryptocomFeed;
import io.marketbrain.provider.deribit.DeribitFeed;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.gate.GateFeed;
import io.marketbrain.provider.gemini.GeminiFeed;
import io.marketbrain.provider.htx.HtxFeed;
import io.marketbrain.provider.hyperliquid.HyperliquidFeed;
import io.marketbrain.provider.kraken.KrakenFeed;
import io.marketbrain.provider.kucoin.KucoinFeed;
import io.marketbrain.provider.mexc.MexcFeed;
import io.marketbrain.provider.okx.OkxFeed;
import java.util.List;

/** The one place that knows which provider has a feed. A switch, so that only the adapters that are used are loaded. */
final class BuiltInFeeds {
    private BuiltInFeeds() {}

    /** The feeds of a provider, one for each address that it has; none if it must be polled. */
    static List<FeedAdapter> all(ProviderId provider) {
        return switch (provider.value()) {
            case "binance" -> List.of(new BinanceFeed());
            case "binancefutures" -> BinanceFuturesFeed.all();
            case "bitfinex" -> List.of(new BitfinexFeed());
            case "bitget" -> List.of(new BitgetFeed());
            case "bitstamp" -> List.of(new BitstampFeed());
            case "bybit" -> BybitFeed.all();
            case "coinbase" -> List.of(new CoinbaseFeed());
            case "cryptocom" -> List.of(new CryptocomFeed());
            case "deribit" -> List.of(new DeribitFeed());
            case "gate" -> List.of(new GateFeed());
            case "gemini" -> List.of(new GeminiFeed());
            case "htx" -> HtxFeed.all();
            case "hyperliquid" -> List.of(new HyperliquidFeed());
            case "kraken" -> List.of(new KrakenFeed());
            case "kucoin" -> List.of(new KucoinFeed());
            case "mexc" -> MexcFeed.all();
            case "okx" -> OkxFeed.all();
            default -> List.of();
        };
    }
}
