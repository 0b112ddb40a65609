package io.marketbrain.provider.kraken;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.OfInstrument;
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

/** Adapter for Kraken's spot REST API, https://docs.kraken.com/api/docs/rest-api/get-ticker-information. */
public final class KrakenAdapter implements ProviderAdapter {
    private final Descriptor descriptor;
    private final KrakenResponses responses;

    public KrakenAdapter(Descriptor descriptor) {
        this.descriptor = descriptor;
        this.responses = new KrakenResponses(descriptor);
    }

    @Override
    public OperationAdapters operations() {
        return OperationAdapters.none()
                .on(Operation.QUOTE, QuoteQuery.class, q -> ask("Ticker", q), ofResult(responses::quote))
                .on(Operation.CANDLES, CandlesQuery.class, this::candles, ofResult(responses::candles))
                .on(
                        Operation.BOOK,
                        BookQuery.class,
                        q -> ask("Depth", q).with("count", q.depth()),
                        ofResult(responses::book))
                .on(
                        Operation.TRADES,
                        TradesQuery.class,
                        q -> ask("Trades", q).with("count", q.limit()),
                        ofResult(responses::trades))
                .on(
                        Operation.SYMBOLS,
                        SymbolsQuery.class,
                        _ -> KrakenSymbols.request(),
                        ofResult((_, result) -> KrakenSymbols.parse(descriptor.symbols(), result)));
    }

    /** Kraken wraps its data in a member {@code result}. */
    private static <Q extends MarketQuery> ResponseParser<Q> ofResult(ResponseParser.OfJson<Q> parser) {
        return ResponseParser.ofJson((query, json) -> parser.parse(query, json.at("result")));
    }

    private ProviderRequest ask(String what, OfInstrument query) {
        return ProviderRequest.get("/0/public/" + what)
                .with("pair", descriptor.symbols().spell(query.instrument()));
    }

    /** Kraken's {@code since} leaves out the candle of that very second. */
    private ProviderRequest candles(CandlesQuery q) {
        ProviderRequest request =
                ask("OHLC", q).with("interval", q.interval().length().toMinutes());
        return q.from() == null
                ? request
                : request.with("since", q.from().minusSeconds(1).getEpochSecond());
    }

    @Override
    public Optional<Failure> findFailure(MarketQuery query, RawPayload raw) {
        return KrakenFailures.find(query, raw);
    }
}
