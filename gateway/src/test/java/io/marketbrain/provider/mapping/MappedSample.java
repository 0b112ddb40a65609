package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One operation of a provider that is a descriptor only; apostrophes stand for quotation marks. */
@SuppressWarnings("InlineFormatString")
final class MappedSample {
    static final ProviderId ACME = new ProviderId("acme");
    static final Instrument PAIR = Instrument.crypto("BTC", "USD");

    private static final String DESCRIPTOR = """
            {
              "id": "acme", "name": "Acme", "exchange": "Acme",
              "hosts": {"main": ["https://acme.example"], "data": ["https://data.acme.example"]},
              "asset_types": ["crypto"], "zone": "UTC",
              "operations": {"%s": %s}, "intervals": ["1m", "1d"],
              "limits": {"candles_per_call": 100, "candle_paging": "none", "trades_per_call": 100, "book_depth": 100},
              "symbols": {"separator": "-", "quotes": ["USD"]},
              "mapping": {%s"errors": [%s], "cases": [%s], "%s": %s}
            }
            """;

    final List<ProviderRequest> requests = new ArrayList<>();

    private final String operation;
    private String terms = "{}";
    private String definitions = "";
    private String errors = "";
    private String cases = "";
    private String request = "{'path': '/x'}";
    private String response = "";

    private MappedSample(String operation) {
        this.operation = operation;
    }

    static MappedSample of(String operation) {
        return new MappedSample(operation);
    }

    MappedSample terms(String json) {
        terms = json;
        return this;
    }

    MappedSample definitions(String json) {
        definitions = "'definitions': {" + json + "}, ";
        return this;
    }

    MappedSample errors(String json) {
        errors = json;
        return this;
    }

    MappedSample cases(String json) {
        cases = json;
        return this;
    }

    MappedSample request(String json) {
        request = json;
        return this;
    }

    MappedSample response(String json) {
        response = json;
        return this;
    }

    /** The rules of a quote's fields, in a document that is its only row. */
    static MappedSample quote(String fields) {
        return of("quote").response("{'rows': {'path': '', 'shape': 'one'}, 'fields': {" + fields + "}}");
    }

    Outcome<QueryResult> fetch(MarketQuery query, String body) {
        String mapping = "{'request': " + request + ", 'response': " + response + "}";
        byte[] content = DESCRIPTOR
                .formatted(operation, terms, definitions, errors, cases, operation, mapping)
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        Descriptor descriptor = DescriptorReader.read("acme.json", content);
        var module = new ProviderModule(
                descriptor, MappedAdapter.of(descriptor, descriptor.mapping().orElseThrow()));
        Transport transport = (asked, _) -> {
            requests.add(asked);
            byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            return Outcome.success(new RawPayload(200, Map.of(), bytes, Instant.EPOCH));
        };
        return new ProviderSource(module, Mode.LIVE, transport).fetch(query, TestCalls.patient());
    }

    Object data(MarketQuery query, String body) {
        Outcome<QueryResult> outcome = fetch(query, body);
        assertThat(outcome).as(body).isInstanceOf(Outcome.Success.class);
        return ((Outcome.Success<QueryResult>) outcome).value().data();
    }

    Failure failure(MarketQuery query, String body) {
        Outcome<QueryResult> outcome = fetch(query, body);
        assertThat(outcome).as(body).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<QueryResult>) outcome).failure();
    }
}
