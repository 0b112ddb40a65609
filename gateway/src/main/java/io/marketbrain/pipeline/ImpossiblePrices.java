package io.marketbrain.pipeline;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketDataBounds;
import io.marketbrain.model.price.QuoteDetails;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds prices of zero or less where there are none such. Allocates nothing if there is none. Pure. */
public final class ImpossiblePrices {
    private ImpossiblePrices() {}

    /** Which price is impossible and what it is, such as "the bid is -1"; null if none is. */
    public static @Nullable String find(MarketData data) {
        if (!(data instanceof MarketData.OfInstrument of)
                || MarketDataBounds.mayBeNegative(of.listing().instrument())) {
            return null;
        }
        return switch (data) {
            case Quote quote -> ofQuote(quote);
            case Candles candles -> ofCandles(candles.candles());
            case OrderBook book -> {
                String bid = ofLevels("a bid", book.bids());
                yield bid == null ? ofLevels("an ask", book.asks()) : bid;
            }
            case Trades trades -> ofTrades(trades.trades());
            case Series _, NewsItems _, Symbols _ -> null;
        };
    }

    private static @Nullable String ofQuote(Quote q) {
        if (isImpossible(q.price())) {
            return sentence("the price", q.price());
        }
        if (q.bid() != null && isImpossible(q.bid())) {
            return sentence("the bid", q.bid());
        }
        if (q.ask() != null && isImpossible(q.ask())) {
            return sentence("the ask", q.ask());
        }
        if (q.open() != null && isImpossible(q.open())) {
            return sentence("the open", q.open());
        }
        if (q.high() != null && isImpossible(q.high())) {
            return sentence("the high", q.high());
        }
        return q.low() != null && isImpossible(q.low()) ? sentence("the low", q.low()) : ofDetails(q.details());
    }

    private static @Nullable String ofDetails(QuoteDetails details) {
        if (details.preMarket() != null && isImpossible(details.preMarket().price())) {
            return sentence("the price before the session", details.preMarket().price());
        }
        if (details.postMarket() != null && isImpossible(details.postMarket().price())) {
            return sentence("the price after the session", details.postMarket().price());
        }
        if (details.mark() != null && isImpossible(details.mark())) {
            return sentence("the mark price", details.mark());
        }
        return details.index() != null && isImpossible(details.index())
                ? sentence("the index price", details.index())
                : null;
    }

    private static @Nullable String ofCandles(List<Candle> candles) {
        for (int i = 0; i < candles.size(); i++) {
            Candle c = candles.get(i);
            if (isImpossible(c.low())) {
                return sentence("the low at " + c.openTime(), c.low());
            }
            if (isImpossible(c.open())) {
                return sentence("the open at " + c.openTime(), c.open());
            }
            if (isImpossible(c.close())) {
                return sentence("the close at " + c.openTime(), c.close());
            }
            if (isImpossible(c.high())) {
                return sentence("the high at " + c.openTime(), c.high());
            }
        }
        return null;
    }

    private static @Nullable String ofLevels(String side, List<Level> levels) {
        for (int i = 0; i < levels.size(); i++) {
            if (isImpossible(levels.get(i).price())) {
                return sentence(side, levels.get(i).price());
            }
        }
        return null;
    }

    private static @Nullable String ofTrades(List<Trade> trades) {
        for (int i = 0; i < trades.size(); i++) {
            Trade trade = trades.get(i);
            if (isImpossible(trade.price())) {
                return sentence("the price of the trade at " + trade.time(), trade.price());
            }
        }
        return null;
    }

    private static boolean isImpossible(BigDecimal price) {
        return price.signum() <= 0;
    }

    private static String sentence(String what, BigDecimal value) {
        return what + " is " + value.toPlainString();
    }
}
