package io.marketbrain.wiring;

import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.binance.BinanceFeed;
import io.marketbrain.provider.binancefutures.BinanceFuturesFeed;
import io.marketbrain.provider.bitget.BitgetFeed;
import io.marketbrain.provider.bybit.BybitFeed;
import io.marketbrain.provider.coinbase.CoinbaseFeed;
import io.marketbrain.provider.cryptocom.CryptocomFeed;
import io.marketbrain.provider.deribit.DeribitFeed;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.htx.HtxFeed;
import io.marketbrain.provider.hyperliquid.HyperliquidFeed;
import io.marketbrain.provider.kraken.KrakenFeed;
import io.marketbrain.provider.mexc.MexcFeed;
import io.marketbrain.provider.okx.OkxFeed;
import java.util.List;
import java.util.Optional;

/** The one place that knows which provider has a feed. A switch, so that only the adapters that are used are loaded. */
final class BuiltInFeeds {
    private BuiltInFeeds() {}

    /** The feeds of a provider, one for each address that it has; none if it must be polled. */
    static List<FeedAdapter> all(ProviderId provider) {
        return switch (provider.value()) {
            case "binancefutures" -> BinanceFuturesFeed.all();
            case "bybit" -> BybitFeed.all();
            case "htx" -> HtxFeed.all();
            case "mexc" -> MexcFeed.all();
            case "okx" -> OkxFeed.all();
            default -> find(provider).map(List::of).orElse(List.of());
        };
    }

    private static Optional<FeedAdapter> find(ProviderId provider) {
        return Optional.ofNullable(
                switch (provider.value()) {
                    case "binance" -> new BinanceFeed();
                    case "bitget" -> new BitgetFeed();
                    case "coinbase" -> new CoinbaseFeed();
                    case "cryptocom" -> new CryptocomFeed();
                    case "deribit" -> new DeribitFeed();
                    case "hyperliquid" -> new HyperliquidFeed();
                    case "kraken" -> new KrakenFeed();
                    default -> null;
                });
    }
}
