package io.marketbrain.cli.providers;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.descriptor.InvalidDescriptor;
import io.marketbrain.provider.descriptor.RequestUri;
import io.marketbrain.provider.drift.DriftGuard;
import io.marketbrain.provider.drift.ShapeReader;
import io.marketbrain.provider.mapping.MappedAdapter;
import io.marketbrain.security.KnownSecrets;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A provider tried without a network: a response that somebody has saved is read as if the provider had just sent it. Nothing is
 * sent.
 */
final class ResponseCheck {
    private final ProviderModule module;
    private final Descriptor descriptor;
    private final Instant now;
    private final DriftGuard guard;
    private final ProviderQueries queries;

    /** @param now when the responses are taken to have arrived */
    ResponseCheck(ProviderModule module, Instant now) {
        this.module = module;
        this.now = now;
        descriptor = module.descriptor();
        queries = new ProviderQueries(module, now);
        guard = ShapeReader.builtIn(descriptor.id().value()).isEmpty()
                ? DriftGuard.NONE
                : DriftGuard.of(descriptor.id(), new KnownSecrets(List.of()), () -> 0);
    }

    /**
     * The check of a descriptor with a mapping.
     *
     * @throws InvalidDescriptor if the content is not a descriptor, with file, line and column
     * @throws IllegalArgumentException if it has no mapping
     */
    static ResponseCheck ofDescriptor(String file, byte[] content, Instant now) {
        Descriptor descriptor = DescriptorReader.read(file, content);
        return new ResponseCheck(
                new ProviderModule(
                        descriptor,
                        MappedAdapter.of(
                                descriptor,
                                descriptor
                                        .mapping()
                                        .orElseThrow(
                                                () -> new IllegalArgumentException(file + ": it has no 'mapping'")))),
                now);
    }

    /** Whether an id is that of a built-in provider, or means something else. */
    static boolean isTaken(String id) {
        return id.equals(ProviderId.AUTO.value())
                || id.equals(ProviderId.MOCK.value())
                || Descriptors.builtIn().stream()
                        .anyMatch(builtIn -> builtIn.id().value().equals(id));
    }

    /** The id of the provider. */
    String provider() {
        return descriptor.id().value();
    }

    /** What the provider offers, in one sentence. */
    String summary() {
        return descriptor.id() + " (" + descriptor.name() + ") offers "
                + operations().stream().map(Operation::wire).collect(Collectors.joining(", "));
    }

    /** The operation that is tried if none is named. */
    Operation firstOperation() {
        return operations().getFirst();
    }

    /** The symbols that are tried if none is named; the first one is the provider's usual example. */
    List<String> examples() {
        return descriptor.examples();
    }

    /** Whether a response of this operation can be read. */
    boolean offers(Operation operation) {
        return descriptor.operations().contains(operation);
    }

    /** Whether the provider has candles of this interval. */
    boolean offers(Interval interval) {
        return descriptor.intervals().contains(interval);
    }

    /** Whether the provider has series of this kind. */
    boolean offers(SeriesKind kind) {
        return descriptor.terms(Operation.SERIES).kinds().contains(kind);
    }

    /** What the provider offers. */
    List<Operation> operations() {
        return descriptor.operations().stream().sorted().toList();
    }

    /** The queries of the provider, of which a response may be the answer to one. */
    ProviderQueries queries() {
        return queries;
    }

    /** The address that the provider is asked for a query; empty if it cannot be asked. */
    Optional<RequestAddress> address(MarketQuery query) {
        var addresses = new ArrayList<RequestAddress>();
        fetch(query, (request, _) -> {
            SampleAddress.find(address(request))
                    .ifPresent(address -> addresses.add(new RequestAddress(address, queries.names(query))));
            return Outcome.failed(new Failure.Unsupported(descriptor.id(), "nothing is sent"));
        });
        return addresses.stream().findFirst();
    }

    /**
     * What a response means as the answer to the first of the queries for which it is data. If it is data for none, the failure
     * is the one of the first query for which a request could be made.
     */
    Reading read(List<MarketQuery> queries, int status, byte[] body) {
        Optional<Reading> failed = Optional.empty();
        for (MarketQuery query : queries) {
            Reading reading = read(query, status, body);
            if (reading.data().isPresent()) {
                return reading;
            }
            if (failed.isEmpty() || failed.get().requests().isEmpty()) {
                failed = Optional.of(reading);
            }
        }
        return failed.orElseThrow();
    }

    private Reading read(MarketQuery query, int status, byte[] body) {
        List<String> requests = new ArrayList<>();
        Outcome<MarketData> outcome = fetch(query, (request, _) -> {
            requests.add(request.method() + " " + address(request)
                    + request.body().map(posted -> " " + posted.text()).orElse(""));
            return Outcome.success(new RawPayload(status, Map.of(), body, now));
        });
        return new Reading(query, requests, outcome);
    }

    private Outcome<MarketData> fetch(MarketQuery query, Transport transport) {
        var call = new Call(
                new CallId("check"), Caller.LOCAL, Priority.HIGH, Deadline.in(Duration.ofMinutes(1), () -> 0), false);
        return new ProviderSource(module, Mode.LIVE, transport, guard, Optional.empty())
                .fetch(query, call)
                .map(QueryResult::data);
    }

    /**
     * What a response means.
     *
     * @param query the question that it was read as the answer to
     * @param requests the request that the query makes; none if the provider cannot be asked for it
     */
    record Reading(MarketQuery query, List<String> requests, Outcome<MarketData> outcome) {
        Optional<MarketData> data() {
            return outcome instanceof Outcome.Success<MarketData>(MarketData data)
                    ? Optional.of(data)
                    : Optional.empty();
        }

        /** The interval that candles are apart; empty if it is none, or the data is of another kind. */
        Optional<Interval> interval() {
            return outcome instanceof Outcome.Success<MarketData>(MarketData.Candles candles)
                    ? SampleIntervals.between(candles.candles())
                    : Optional.empty();
        }

        Optional<Failure> failure() {
            return outcome instanceof Outcome.Failed<MarketData>(Failure failure)
                    ? Optional.of(failure)
                    : Optional.empty();
        }
    }

    private String address(ProviderRequest request) {
        URI base = descriptor
                .hosts()
                .byName()
                .getOrDefault(request.host(), List.of(descriptor.hosts().main()))
                .getFirst();
        String query = RequestUri.encoded(request.parameters());
        return base + request.path() + (query.isEmpty() ? "" : "?" + query);
    }
}
