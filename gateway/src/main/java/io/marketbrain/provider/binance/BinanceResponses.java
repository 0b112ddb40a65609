package io.marketbrain.provider.binance;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.provider.BookSide;
import io.marketbrain.provider.CheckedText;
import io.marketbrain.provider.descriptor.Descriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads market data from Binance's responses. Pure. */
final class BinanceResponses {
    private final Descriptor descriptor;

    BinanceResponses(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    Quote quote(QuoteQuery q, JsonValue json) throws MalformedPayload {
        JsonValue ticker = BinanceTickers.of(descriptor.symbols().spell(q.instrument()), json);
        return new Quote(
                descriptor.listing(q.instrument()),
                BinanceTickers.last(ticker).price(),
                ticker.priceOrNull("bidPrice"),
                ticker.priceOrNull("bidQty"),
                ticker.priceOrNull("askPrice"),
                ticker.priceOrNull("askQty"),
                ticker.priceOrNull("openPrice"),
                ticker.priceOrNull("highPrice"),
                ticker.priceOrNull("lowPrice"),
                ticker.amountOrNull("volume"),
                ticker.amountOrNull("quoteVolume"),
                ticker.find("closeTime").isPresent() ? ticker.at("closeTime").epochMillis() : null);
    }

    Candles candles(CandlesQuery q, JsonValue json) throws MalformedPayload {
        List<Candle> candles = new ArrayList<>();
        for (JsonValue row : json.items()) {
            candles.add(new Candle(
                    row.at(0).epochMillis(),
                    row.at(1).price(),
                    row.at(2).price(),
                    row.at(3).price(),
                    row.at(4).price(),
                    row.at(5).amount(),
                    row.at(7).amount(),
                    row.at(8).integer(),
                    true));
        }
        return new Candles(descriptor.listing(q.instrument()), q.interval(), candles, List.of(), null);
    }

    OrderBook book(BookQuery q, JsonValue json) throws MalformedPayload {
        return new OrderBook(
                descriptor.listing(q.instrument()),
                BookSide.BIDS.best(json.at("bids"), q.depth()),
                BookSide.ASKS.best(json.at("asks"), q.depth()),
                json.at("lastUpdateId").integer(),
                null);
    }

    Trades trades(TradesQuery q, JsonValue json) throws MalformedPayload {
        List<Trade> trades = new ArrayList<>();
        for (JsonValue row : json.items()) {
            // Aggregated trades have the same facts under one-letter names.
            boolean aggregated = row.find("a").isPresent();
            trades.add(new Trade(
                    CheckedText.id(row.at(aggregated ? "a" : "id")),
                    row.at(aggregated ? "T" : "time").epochMillis(),
                    row.at(aggregated ? "p" : "price").price(),
                    row.at(aggregated ? "q" : "qty").size(),
                    row.at(aggregated ? "m" : "isBuyerMaker").bool() ? Side.SELL : Side.BUY));
        }
        trades.sort(Comparator.comparing(Trade::time));
        int excess = Math.max(0, trades.size() - q.limit());
        return new Trades(descriptor.listing(q.instrument()), trades.subList(excess, trades.size()), null);
    }
}
