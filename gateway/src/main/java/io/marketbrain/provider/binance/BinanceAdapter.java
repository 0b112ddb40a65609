package io.marketbrain.provider.binance;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.provider.OperationAdapters;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.ResponseParser;
import io.marketbrain.provider.descriptor.Descriptor;
import java.util.Optional;

/**
 * Adapter for Binance's spot REST API, version 3. Weights, here and in the descriptor, are those of
 * https://developers.binance.com/docs/binance-spot-api-docs/rest-api.
 */
public final class BinanceAdapter implements ProviderAdapter {
    private final Descriptor descriptor;
    private final BinanceResponses responses;

    public BinanceAdapter(Descriptor descriptor) {
        this.descriptor = descriptor;
        this.responses = new BinanceResponses(descriptor);
    }

    @Override
    public OperationAdapters operations() {
        return OperationAdapters.none()
                .on(
                        Operation.QUOTE,
                        QuoteQuery.class,
                        q -> ask("/api/v3/ticker/24hr", q),
                        ResponseParser.ofJson(responses::quote))
                .on(Operation.CANDLES, CandlesQuery.class, this::candles, ResponseParser.ofJson(responses::candles))
                .on(
                        Operation.BOOK,
                        BookQuery.class,
                        q -> ask("/api/v3/depth", q).with("limit", q.depth()),
                        ResponseParser.ofJson(responses::book),
                        q -> depthWeight(q.depth()))
                .on(
                        Operation.TRADES,
                        TradesQuery.class,
                        q -> ask("/api/v3/trades", q).with("limit", q.limit()),
                        ResponseParser.ofJson(responses::trades))
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
}
