package io.marketbrain.facade.mcp;

import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.facade.MarketReader;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Market data for tools, without calls that cost money where no budget limits them. May block. Thread-safe. */
final class ToolMarket {
    private final MarketReader market;
    private final PaidCallPolicy paidCalls;

    ToolMarket(MarketReader market, PaidCallPolicy paidCalls) {
        this.market = market;
        this.paidCalls = paidCalls;
    }

    Call call(ToolCall tool) throws RequestRejected {
        return market.call(tool.request());
    }

    Listed find(String symbol) throws RequestRejected {
        return RequestRejected.orReject(market.find(symbol));
    }

    String seriesId(ProviderId provider, String id) throws RequestRejected {
        return market.seriesId(provider, "subject", id);
    }

    Outcome<QueryResult> fetch(MarketQuery query, Call call) {
        Optional<Failure> refusal = findRefusal(query.provider(), query.operation(), call);
        return refusal.isPresent() ? Outcome.failed(refusal.get()) : market.fetch(query, call);
    }

    Optional<Failure> findRefusal(ProviderId provider, Operation operation, Call call) {
        return paidCalls.findRefusal(provider, operation, call.caller());
    }

    /** The result of a query for each symbol, all fetched at once. */
    List<Outcome<QueryResult>> all(List<String> symbols, Call call, Function<Listed, MarketQuery> query) {
        return market.each(
                symbols, call, symbol -> market.find(symbol).then(listed -> fetch(query.apply(listed), call)));
    }
}
