package io.marketbrain.wiring;

import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.binance.BinanceFeed;
import io.marketbrain.provider.bitfinex.BitfinexFeed;
import io.marketbrain.provider.bitget.BitgetFeed;
import io.marketbrain.provider.bitstamp.BitstampFeed;
import io.marketbrain.provider.bybit.BybitFeed;
import io.marketbrain.provider.coinbase.CoinbaseFeed;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.gate.GateFeed;
import io.marketbrain.provider.gemini.GeminiFeed;
import io.marketbrain.provider.kraken.KrakenFeed;
import io.marketbrain.provider.kucoin.KucoinFeed;
import io.marketbrain.provider.okx.OkxFeed;
import java.util.Optional;

/** The one place that knows which provider has a feed. A switch, so that only the adapters that are used are loaded. */
final class BuiltInFeeds {
    private BuiltInFeeds() {}

    /** The feed of a provider; empty if it must be polled. */
    static Optional<FeedAdapter> find(ProviderId provider) {
        return Optional.ofNullable(
                switch (provider.value()) {
                    case "binance" -> new BinanceFeed();
                    case "bitfinex" -> new BitfinexFeed();
                    case "bitget" -> new BitgetFeed();
                    case "bitstamp" -> new BitstampFeed();
                    case "bybit" -> new BybitFeed();
                    case "coinbase" -> new CoinbaseFeed();
                    case "gate" -> new GateFeed();
                    case "gemini" -> new GeminiFeed();
                    case "kraken" -> new KrakenFeed();
                    case "kucoin" -> new KucoinFeed();
                    case "okx" -> new OkxFeed();
                    default -> null;
                });
    }
}
