package io.marketbrain.provider.binance;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.provider.BookSide;
import io.marketbrain.provider.CheckedText;
import io.marketbrain.provider.OperationAdapters;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.ResponseParser;
import io.marketbrain.provider.descriptor.Descriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Adapter for Binance's spot REST API, version 3. Weights, here and in the descriptor, are those of
 * https://developers.binance.com/docs/binance-spot-api-docs/rest-api.
 */
public final class BinanceAdapter implements ProviderAdapter {
    private final Descriptor descriptor;

    public BinanceAdapter(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public OperationAdapters operations() {
        return OperationAdapters.none()
                .on(
                        Operation.QUOTE,
                        QuoteQuery.class,
                        q -> ask("/api/v3/ticker/24hr", q),
                        ResponseParser.ofJson(this::quote))
                .on(Operation.CANDLES, CandlesQuery.class, this::candles, ResponseParser.ofJson(this::candles))
                .on(
                        Operation.BOOK,
                        BookQuery.class,
                        q -> ask("/api/v3/depth", q).with("limit", q.depth()),
                        ResponseParser.ofJson(this::book),
                        q -> depthWeight(q.depth()))
                .on(
                        Operation.TRADES,
                        TradesQuery.class,
                        q -> ask("/api/v3/trades", q).with("limit", q.limit()),
                        ResponseParser.ofJson(this::trades))
                .on(
                        Operation.SYMBOLS,
                        SymbolsQuery.class,
                        _ -> BinanceSymbols.request(),
                        (_, raw) -> BinanceSymbols.parse(descriptor.symbols(), raw));
    }

    private ProviderRequest ask(String path, MarketQuery.OfInstrument query) {
        return ProviderRequest.get(path).with("symbol", spell(query));
    }

    private String spell(MarketQuery.OfInstrument query) {
        return descriptor.symbols().spell(query.instrument());
    }

    private ProviderRequest candles(CandlesQuery q) {
        ProviderRequest request =
                ask("/api/v3/klines", q).with("interval", q.interval().wire());
        if (q.from() != null) {
            request = request.with("startTime", q.from().toEpochMilli());
        }
        if (q.to() != null) {
            request = request.with("endTime", q.to().toEpochMilli() - 1);
        }
        return request.with("limit", q.limit());
    }

    private static int depthWeight(int depth) {
        if (depth <= 100) {
            return 5;
        }
        if (depth <= 500) {
            return 25;
        }
        return depth <= 1000 ? 50 : 250;
    }

    @Override
    public Optional<Failure> findFailure(MarketQuery query, RawPayload raw) {
        return BinanceFailures.find(query, raw);
    }

    private Quote quote(QuoteQuery q, JsonValue json) throws MalformedPayload {
        JsonValue ticker = BinanceTickers.of(spell(q), json);
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

    private Candles candles(CandlesQuery q, JsonValue json) throws MalformedPayload {
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

    private OrderBook book(BookQuery q, JsonValue json) throws MalformedPayload {
        return new OrderBook(
                descriptor.listing(q.instrument()),
                BookSide.BIDS.best(json.at("bids"), q.depth()),
                BookSide.ASKS.best(json.at("asks"), q.depth()),
                json.at("lastUpdateId").integer(),
                null);
    }

    private Trades trades(TradesQuery q, JsonValue json) throws MalformedPayload {
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
