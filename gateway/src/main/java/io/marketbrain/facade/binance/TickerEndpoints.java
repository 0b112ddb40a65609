package io.marketbrain.facade.binance;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.binance.BinanceSource.Found;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.MarketData.Quote;
import java.util.List;

/** The paths of tickers. Thread-safe. */
final class TickerEndpoints {
    private final BinanceSource source;
    private final BinanceSymbolList list;
    private final int most;

    /** @param most how many symbols of a provider one request may ask for, since each is a call */
    TickerEndpoints(BinanceSource source, BinanceSymbolList list, int most) {
        this.source = source;
        this.list = list;
        this.most = most;
    }

    /** Writes one ticker. */
    private interface TickerWriter {
        void write(JsonOutput out, String symbol, Quote quote);
    }

    Response price(Request request) throws BinanceRejected {
        var parameters = BinanceParameters.of(request, "symbol", "symbols", "symbolStatus");
        return tickers(request, parameters, (out, symbol, quote) -> {
            BinanceJson.text(out, "symbol", symbol);
            BinanceJson.decimal(out, "price", quote.price());
        });
    }

    Response bookTicker(Request request) throws BinanceRejected {
        var parameters = BinanceParameters.of(request, "symbol", "symbols", "symbolStatus");
        return tickers(request, parameters, (out, symbol, quote) -> {
            BinanceJson.text(out, "symbol", symbol);
            BinanceJson.decimal(out, "bidPrice", quote.bid());
            BinanceJson.decimal(out, "bidQty", quote.bidSize());
            BinanceJson.decimal(out, "askPrice", quote.ask());
            BinanceJson.decimal(out, "askQty", quote.askSize());
        });
    }

    Response day(Request request) throws BinanceRejected {
        var parameters = BinanceParameters.of(request, "symbol", "symbols", "type", "symbolStatus");
        boolean mini = parameters.isMini();
        return tickers(request, parameters, (out, symbol, quote) -> {
            var day = new DayTicker(symbol, quote);
            if (mini) {
                day.writeMini(out);
            } else {
                day.write(out);
            }
        });
    }

    private Response tickers(Request request, BinanceParameters parameters, TickerWriter writer)
            throws BinanceRejected {
        boolean single = parameters.find("symbol").isPresent();
        List<String> symbols = parameters.symbols();
        if (symbols.isEmpty()) {
            symbols = List.copyOf(list.all().keySet());
        }
        if (symbols.size() > most && !source.isMocked()) {
            throw new BinanceRejected(tooMany(symbols.size()));
        }
        List<Found<Quote>> quotes = source.quotes(symbols, most, request);
        var out = new JsonOutput();
        if (!single) {
            out.startArray();
        }
        for (int i = 0; i < quotes.size(); i++) {
            out.startObject();
            writer.write(out, symbols.get(i), quotes.get(i).data());
            out.endObject();
        }
        if (!single) {
            out.endArray();
        }
        return DataLabels.on(
                Response.json(out.finish()), quotes.stream().map(Found::result).toList());
    }

    /** Every symbol is a call to the provider, so that a list of all would use up its quota. */
    private BinanceError tooMany(int symbols) {
        return new BinanceError(
                400,
                -1102,
                "Mandatory parameter 'symbol' was not sent: this gateway answers at most " + most
                        + " symbols at a time (api.max_batch), not " + symbols + "; name them in 'symbols'.");
    }
}
