package io.marketbrain.provider.coinbase;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Level;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adapter for the Coinbase Exchange REST API, https://docs.cdp.coinbase.com/exchange/reference. */
public final class CoinbaseAdapter implements ProviderAdapter {
    private final Descriptor descriptor;

    public CoinbaseAdapter(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public OperationAdapters operations() {
        return OperationAdapters.none()
                .on(Operation.QUOTE, QuoteQuery.class, q -> ask(q, "ticker"), ResponseParser.ofJson(this::quote))
                .on(Operation.CANDLES, CandlesQuery.class, this::candles, ResponseParser.ofJson(this::candles))
                .on(
                        Operation.BOOK,
                        BookQuery.class,
                        q -> ask(q, "book").with("level", q.depth() == 1 ? 1 : 2),
                        ResponseParser.ofJson(this::book))
                .on(
                        Operation.TRADES,
                        TradesQuery.class,
                        q -> ask(q, "trades").with("limit", q.limit()),
                        ResponseParser.ofJson(this::trades))
                .on(
                        Operation.SYMBOLS,
                        SymbolsQuery.class,
                        _ -> CoinbaseSymbols.request(),
                        ResponseParser.ofJson((_, json) -> CoinbaseSymbols.parse(descriptor.symbols(), json)));
    }

    private ProviderRequest ask(MarketQuery.OfInstrument query, String what) {
        return ProviderRequest.get("/products/" + descriptor.symbols().spell(query.instrument()) + "/" + what);
    }

    /** Both ends of the range are inclusive at Coinbase, and 300 candles may lie in it. */
    private ProviderRequest candles(CandlesQuery q) {
        ProviderRequest request =
                ask(q, "candles").with("granularity", q.interval().length().toSeconds());
        if (q.from() != null && q.to() != null) {
            request = request.with("start", q.from()).with("end", q.to().minusSeconds(1));
        }
        return request;
    }

    @Override
    public Optional<Failure> findFailure(MarketQuery query, RawPayload raw) {
        return CoinbaseFailures.find(query, raw);
    }

    private Quote quote(QuoteQuery q, JsonValue json) throws MalformedPayload {
        // The day's statistics name the last price "last"; the ticker calls it "price".
        JsonValue last = json.find("price").isPresent() ? json.at("price") : json.at("last");
        return new Quote(
                descriptor.listing(q.instrument()),
                last.price(),
                json.priceOrNull("bid"),
                null,
                json.priceOrNull("ask"),
                null,
                json.priceOrNull("open"),
                json.priceOrNull("high"),
                json.priceOrNull("low"),
                json.amountOrNull("volume"),
                null,
                time(json));
    }

    private Candles candles(CandlesQuery q, JsonValue json) throws MalformedPayload {
        List<Candle> candles = new ArrayList<>();
        for (JsonValue row : json.items()) {
            candles.add(new Candle(
                    row.at(0).epochSeconds(),
                    row.at(3).price(),
                    row.at(2).price(),
                    row.at(1).price(),
                    row.at(4).price(),
                    row.at(5).amount(),
                    null,
                    null,
                    true));
        }
        return new Candles(descriptor.listing(q.instrument()), q.interval(), candles.reversed(), List.of(), null);
    }

    private OrderBook book(BookQuery q, JsonValue json) throws MalformedPayload {
        return new OrderBook(
                descriptor.listing(q.instrument()),
                side(json.at("bids"), q.depth(), BookSide::bids),
                side(json.at("asks"), q.depth(), BookSide::asks),
                json.find("sequence").isPresent() ? json.at("sequence").integer() : null,
                time(json));
    }

    /** Rows have a price, a size and the number of orders at that price, or in place of it the id of the one order that they are. */
    private static List<Level> side(JsonValue rows, int depth, SideReader reader) throws MalformedPayload {
        List<JsonValue> all = rows.items();
        boolean areOrders = !all.isEmpty()
                && all.getFirst().items().size() > 2
                && all.getFirst().at(2).isText();
        return areOrders ? BookSide.ofOrders(reader.best(rows, all.size()), depth) : reader.best(rows, depth);
    }

    /** Reads the best levels of one side of an order book. */
    @FunctionalInterface
    private interface SideReader {
        List<Level> best(JsonValue rows, int depth) throws MalformedPayload;
    }

    private Trades trades(TradesQuery q, JsonValue json) throws MalformedPayload {
        List<Trade> newestFirst = new ArrayList<>();
        for (JsonValue row : json.items()) {
            newestFirst.add(new Trade(
                    CheckedText.id(row.at("trade_id")),
                    instant(row.at("time")),
                    row.at("price").price(),
                    row.at("size").size(),
                    takerSide(row.at("side"))));
        }
        List<Trade> trades = new ArrayList<>(newestFirst.reversed());
        trades.sort(Comparator.comparing(Trade::time));
        int excess = Math.max(0, trades.size() - q.limit());
        return new Trades(descriptor.listing(q.instrument()), trades.subList(excess, trades.size()), null);
    }

    /** Coinbase names the maker's side. */
    private static Side takerSide(JsonValue maker) throws MalformedPayload {
        return switch (maker.text()) {
            case "buy" -> Side.SELL;
            case "sell" -> Side.BUY;
            default -> throw new MalformedPayload(maker + " is neither buy nor sell");
        };
    }

    private static @Nullable Instant time(JsonValue json) throws MalformedPayload {
        return json.find("time").isPresent() ? instant(json.at("time")) : null;
    }

    private static Instant instant(JsonValue time) throws MalformedPayload {
        try {
            return Instant.parse(time.text());
        } catch (DateTimeException e) {
            throw new MalformedPayload(time + " is not a time");
        }
    }
}
