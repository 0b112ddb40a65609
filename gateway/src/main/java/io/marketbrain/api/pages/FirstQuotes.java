package io.marketbrain.api.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.api.streams.EventJson;
import io.marketbrain.model.Call;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamEvent.Snapshot;
import io.marketbrain.model.stream.StreamEvent.Status;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.stream.EventRenderer;
import io.marketbrain.stream.StreamHub;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The quotes that the dashboard has in its page, so that its first paint shows them: those that the gateway has already, because
 * somebody listens to them, and those of mock providers. No provider is called for them. Thread-safe.
 */
final class FirstQuotes {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(50);
    private static final StreamKind QUOTES = new StreamKind.Quotes();

    private final SymbolResolver resolver;
    private final QueryExecutor executor;
    private final ProviderCatalog catalogue;
    private final NanoClock nanoClock;
    private final Optional<StreamHub> hub;
    private final boolean keyless;
    private final EventRenderer renderer;

    FirstQuotes(ApiServices services) {
        this.resolver = services.resolver();
        this.executor = services.executor();
        this.catalogue = services.catalogue();
        this.nanoClock = services.nanoClock();
        this.hub = services.streams().map(live -> live.hub());
        this.keyless = services.access().keyless();
        this.renderer = new EventJson(services.config().pathPrefix());
    }

    /**
     * A JSON array of events as of a stream, one for each symbol whose quote is known; none if the gateway requires keys, which a
     * page is requested without.
     */
    String json(List<String> symbols, Request request) {
        if (!keyless || hub.isEmpty()) {
            return "[]";
        }
        Call call = executor.call(request).until(Deadline.in(LONGEST_WAIT, nanoClock));
        Set<ProviderId> mocked = catalogue.modes().stream()
                .filter(one -> one.mode() == Mode.MOCK)
                .map(one -> one.id())
                .collect(Collectors.toSet());
        return symbols.stream()
                .flatMap(symbol -> find(symbol, call, hub.get(), mocked).stream())
                .map(event -> "{\"type\":\"snapshot\"," + new String(event, UTF_8).replace("<", "\\u003c"))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private Optional<byte[]> find(String symbol, Call call, StreamHub known, Set<ProviderId> mocked) {
        if (!(resolver.findListed(symbol) instanceof Outcome.Success<SymbolResolver.Listed>(var listed))) {
            return Optional.empty();
        }
        var channel = new Channel(listed.provider(), listed.instrument(), QUOTES);
        Optional<byte[]> event = known.findState(channel);
        return event.isPresent() || !mocked.contains(channel.provider()) ? event : simulated(channel, call);
    }

    private Optional<byte[]> simulated(Channel channel, Call call) {
        var query = new QuoteQuery(channel.provider(), channel.instrument(), null);
        if (!(executor.execute(query, call).outcome() instanceof Outcome.Success<QueryResult>(QueryResult answer))) {
            return Optional.empty();
        }
        Provenance from = answer.provenance();
        var snapshot = new Snapshot(answer.data(), from.receivedAt(), from.flags());
        var status =
                new Status(FeedState.UP, from.mode(), FeedTransport.SIMULATED, from.mockReason(), from.receivedAt());
        return Optional.of(renderer.render(channel, snapshot, status));
    }
}
