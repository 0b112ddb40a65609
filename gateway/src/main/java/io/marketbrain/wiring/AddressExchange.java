package io.marketbrain.wiring;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.LayerStack;
import io.marketbrain.provider.HttpStatusFailures;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Transport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A live provider's requests for the addresses of its feed, behind the layers that limit its other requests: each counts and costs
 * what a request for its list of symbols does, which the gateway makes itself as well. Thread-safe.
 */
final class AddressExchange {
    private final ProviderId provider;
    private final Transport transport;
    private final Layer[] limits;

    /** @param limits the layers that limit the provider's other requests, the outermost first */
    AddressExchange(ProviderId provider, Transport transport, Layer... limits) {
        this.provider = provider;
        this.transport = transport;
        this.limits = limits.clone();
    }

    /** Sends a request and waits for the body of a successful response. */
    Outcome<byte[]> send(ProviderRequest request, Call call) {
        var body = new AtomicReference<>(new byte[0]);
        return LayerStack.outermostFirst(limits)
                .over((query, attempt) -> transport.exchange(request, attempt).then(raw -> read(query, raw, body)))
                .fetch(new MarketQuery.SymbolsQuery(provider), call)
                .map(_ -> body.get());
    }

    private Outcome<QueryResult> read(MarketQuery query, RawPayload raw, AtomicReference<byte[]> body) {
        try (raw) {
            Optional<Failure> failure = HttpStatusFailures.find(query, raw);
            if (failure.isPresent()) {
                return Outcome.failed(failure.get());
            }
            body.set(raw.body());
            return Outcome.success(new QueryResult(
                    new MarketData.Symbols(List.of()),
                    new Provenance(
                            provider, Mode.LIVE, null, raw.receivedAt(), Freshness.FRESH, List.of(), List.of())));
        }
    }
}
