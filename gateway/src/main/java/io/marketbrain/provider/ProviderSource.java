package io.marketbrain.provider;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.Reporting;
import java.util.List;

/**
 * One provider as a source: the adapter's request goes through the transport, and what comes back is a failure or is
 * parsed. An adapter's exception becomes a value here and goes no further.
 */
public final class ProviderSource implements MarketDataSource, Reporting {
    private final ProviderId provider;
    private final Mode mode;
    private final ProviderAdapter adapter;
    private final Transport transport;
    private final PayloadLimitPolicy limits;

    /**
     * @param limits how much of the provider's payloads is read
     */
    public ProviderSource(
            ProviderId provider, Mode mode, ProviderAdapter adapter, Transport transport, PayloadLimitPolicy limits) {
        this.provider = provider;
        this.mode = mode;
        this.adapter = adapter;
        this.transport = transport;
        this.limits = limits;
    }

    @Override
    public String name() {
        return "provider";
    }

    @Override
    public Outcome<Answer> fetch(MarketQuery query, Call call) {
        if (mode == Mode.LIVE && isAboutThePast(query)) {
            return Outcome.failed(new Failure.Unsupported(provider, provider + " only answers for now"));
        }
        PayloadLimits most = limits.of(query);
        try {
            return transport
                    .exchange(adapter.request(query).within(most), call)
                    .then(raw -> read(query, raw.within(most)));
        } catch (StackOverflowError e) {
            // Whatever the parser, a payload that nests deeper than the stack is the payload's fault.
            return Outcome.failed(new Failure.Malformed(provider, provider + " sent a payload that nests too deeply"));
        }
    }

    private Outcome<Answer> read(MarketQuery query, RawPayload raw) {
        try (raw) {
            var failure = adapter.findFailure(query, raw);
            if (failure.isPresent()) {
                return Outcome.failed(failure.get());
            }
            MarketData data = adapter.parse(query, raw);
            return Outcome.success(new Answer(
                    data,
                    new Provenance(provider, mode, null, raw.receivedAt(), Freshness.FRESH, List.of(), List.of())));
        } catch (MalformedPayload e) {
            return Outcome.failed(
                    new Failure.Malformed(provider, provider + " sent what it does not document: " + e.getMessage()));
        }
    }

    private static boolean isAboutThePast(MarketQuery query) {
        return switch (query) {
            case QuoteQuery q -> q.at() != null;
            case BookQuery q -> q.at() != null;
            case TradesQuery q -> q.at() != null;
            case CandlesQuery _, SeriesQuery _, NewsQuery _ -> false;
        };
    }

    @Override
    public String toString() {
        return provider + " over " + transport;
    }
}
