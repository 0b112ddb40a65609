package io.marketbrain.provider.kraken;

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
import io.marketbrain.model.MarketQuery.OfInstrument;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.provider.BookSide;
import io.marketbrain.provider.CheckedText;
import io.marketbrain.provider.OtherInstrumentPayload;
import io.marketbrain.provider.descriptor.Descriptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads market data from the member {@code result} of Kraken's responses. Pure. */
final class KrakenResponses {
    private final Descriptor descriptor;

    KrakenResponses(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** The result for the requested pair, under any of its names. */
    private JsonValue ofPair(OfInstrument query, JsonValue result) throws MalformedPayload {
        for (Map.Entry<String, JsonValue> member : result.members().entrySet()) {
            if (!member.getKey().equals("last")
                    && KrakenPairNames.isNameOf(descriptor.symbols(), query.instrument(), member.getKey())) {
                return member.getValue();
            }
        }
        throw new OtherInstrumentPayload(descriptor.symbols().spell(query.instrument()));
    }

    /** Figures come in pairs, of today and of the last 24 hours; the opening price is today's only. */
    Quote quote(QuoteQuery q, JsonValue result) throws MalformedPayload {
        JsonValue ticker = ofPair(q, result);
        return new Quote(
                descriptor.listing(q.instrument()),
                ticker.at("c").at(0).price(),
                ticker.at("b").at(0).priceOrNull(),
                bestSize(ticker.at("b")),
                ticker.at("a").at(0).priceOrNull(),
                bestSize(ticker.at("a")),
                ticker.priceOrNull("o"),
                ticker.at("h").at(1).priceOrNull(),
                ticker.at("l").at(1).priceOrNull(),
                ticker.at("v").at(1).amount(),
                null,
                null);
    }

    /** The exact size is the third figure; old responses have only the whole number before it. */
    private static BigDecimal bestSize(JsonValue best) throws MalformedPayload {
        return best.at(best.items().size() > 2 ? 2 : 1).amount();
    }

    Candles candles(CandlesQuery q, JsonValue result) throws MalformedPayload {
        List<Candle> candles = new ArrayList<>();
        for (JsonValue row : ofPair(q, result).items()) {
            candles.add(new Candle(
                    row.at(0).epochSeconds(),
                    row.at(1).price(),
                    row.at(2).price(),
                    row.at(3).price(),
                    row.at(4).price(),
                    row.at(6).amount(),
                    null,
                    row.at(7).integer(),
                    true));
        }
        return new Candles(descriptor.listing(q.instrument()), q.interval(), candles, List.of(), null);
    }

    OrderBook book(BookQuery q, JsonValue result) throws MalformedPayload {
        JsonValue book = ofPair(q, result);
        return new OrderBook(
                descriptor.listing(q.instrument()),
                BookSide.BIDS.best(book.at("bids"), q.depth()),
                BookSide.ASKS.best(book.at("asks"), q.depth()),
                null,
                null);
    }

    Trades trades(TradesQuery q, JsonValue result) throws MalformedPayload {
        List<JsonValue> rows = ofPair(q, result).items();
        List<Trade> trades = new ArrayList<>();
        for (JsonValue row : rows) {
            trades.add(new Trade(
                    id(row, trades.size() == rows.size() - 1 ? result.find("last") : Optional.empty()),
                    row.at(2).epochSeconds(),
                    row.at(0).price(),
                    row.at(1).size(),
                    side(row.at(3))));
        }
        trades.sort(Comparator.comparing(Trade::time));
        int excess = Math.max(0, trades.size() - q.limit());
        return new Trades(descriptor.listing(q.instrument()), trades.subList(excess, trades.size()), null);
    }

    /** A trade's id; before 2022 only the last trade had one, beside the list, and the time stands for the others'. */
    private static String id(JsonValue row, Optional<JsonValue> idOfLast) throws MalformedPayload {
        if (row.items().size() > 6) {
            return CheckedText.id(row.at(6));
        }
        return CheckedText.id(idOfLast.isPresent() ? idOfLast.get() : row.at(2));
    }

    private static Side side(JsonValue taker) throws MalformedPayload {
        return switch (taker.text()) {
            case "b" -> Side.BUY;
            case "s" -> Side.SELL;
            default -> throw new MalformedPayload(taker + " is neither b nor s");
        };
    }
}
