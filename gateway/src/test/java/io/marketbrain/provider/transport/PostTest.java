package io.marketbrain.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.resilience.RetryConfig;
import io.marketbrain.pipeline.resilience.RetryLayer;
import io.marketbrain.provider.OperationAdapters;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.RequestBody;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.PayloadKind;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.RequestMethod;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests by POST over a real socket, and when they are repeated. */
class PostTest {
    private static final ProviderId ACME = new ProviderId("acme");
    private static final MarketQuery QUOTE = new QuoteQuery(ACME, Instrument.crypto("BTC", "USD"), null);

    private final PlaybackServer server = PlaybackServer.start();
    private final HttpConnections connections = new HttpConnections(TransportConfig.defaults());

    @AfterEach
    void stop() {
        connections.close();
        server.close();
    }

    @Test
    void a_json_body_arrives_with_every_digit() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "candle \"snapshot\" é");
        members.put("size", new BigDecimal("0.10000000000000000001"));
        members.put("exponent", new BigDecimal("1E+3"));
        members.put("at", 1_700_000_000_000L);
        members.put("depth", 5);
        members.put("all", true);
        members.put("none", null);
        members.put("nested", Map.of("list", Arrays.asList(1, "two", null)));
        server.on("/p", PlaybackServer.json("{}"));
        exchange(ProviderRequest.post("/p", RequestBody.json(members)).with("v", 2));
        PlaybackServer.Asked asked = server.asked().getFirst();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.parameters()).containsEntry("v", "2");
        assertThat(asked.headers()).containsEntry("content-type", "application/json");
        assertThat(asked.body())
                .isEqualTo("{\"type\":\"candle \\\"snapshot\\\" é\",\"size\":0.10000000000000000001,\"exponent\":1000,"
                        + "\"at\":1700000000000,\"depth\":5,\"all\":true,\"none\":null,"
                        + "\"nested\":{\"list\":[1,\"two\",null]}}");
    }

    @Test
    void a_form_arrives_encoded() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("symbol", "Ä&b=c d");
        fields.put("limit", "5");
        server.on("/p", PlaybackServer.json("{}"));
        exchange(ProviderRequest.post("/p", RequestBody.form(fields)));
        PlaybackServer.Asked asked = server.asked().getFirst();
        assertThat(asked.headers()).containsEntry("content-type", "application/x-www-form-urlencoded");
        assertThat(asked.body()).isEqualTo("symbol=%C3%84%26b%3Dc%20d&limit=5");
    }

    @Test
    void a_post_is_not_redirected() {
        for (int status : List.of(301, 302, 303, 307, 308)) {
            server.on("/p", PlaybackServer.redirect(status, "/q")).on("/q", PlaybackServer.json("{}"));
            Outcome<RawPayload> outcome = exchange(post());
            assertThat(((Outcome.Failed<RawPayload>) outcome).failure()).isInstanceOf(Failure.Malformed.class);
        }
        assertThat(server.asked("/q")).isEmpty();
    }

    @Test
    void a_get_has_no_body() {
        assertThatThrownBy(() -> new ProviderRequest(
                        RequestMethod.GET,
                        "",
                        "/p",
                        new LinkedHashMap<>(),
                        post().body(),
                        PayloadKind.JSON,
                        PayloadLimits.defaults()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"quote\": {\"method\": \"post\"}} | 1",
                "{\"quote\": {\"method\": \"post\", \"repeatable\": true}} | 3"
            })
    void a_post_that_may_have_arrived_is_repeated_only_where_the_descriptor_says_so(String operations, int requests) {
        server.on("/p", PlaybackServer.status(503, ""));
        source(operations, server.url().toString()).fetch(QUOTE, TestCalls.patient());
        assertThat(server.asked()).hasSize(requests);
    }

    @Test
    void a_post_that_certainly_never_arrived_is_repeated() {
        server.close();
        var counting = new int[1];
        MarketDataSource source = new RetryLayer(RetryConfig.defaults(), new Random(1), _ -> {}, _ -> false)
                .around((query, call) -> {
                    counting[0]++;
                    return Outcome.failed(new Failure.Unreachable(ACME, "no connection", false));
                });
        source.fetch(QUOTE, TestCalls.patient());
        assertThat(counting[0]).isEqualTo(3);
    }

    @Test
    void an_adapter_that_posts_where_the_descriptor_says_get_is_a_defect() {
        MarketDataSource source = source("[\"quote\"]", server.url().toString());
        assertThatThrownBy(() -> source.fetch(QUOTE, TestCalls.patient()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the descriptor says GET, the adapter POST");
    }

    private static ProviderRequest post() {
        return ProviderRequest.post("/p", RequestBody.json(new LinkedHashMap<>()));
    }

    private Outcome<RawPayload> exchange(ProviderRequest request) {
        return new HttpTransport(
                        descriptor("[\"quote\"]", server.url().toString()),
                        ProviderConfig.defaults(),
                        connections,
                        InstantSource.system())
                .exchange(request, TestCalls.patient());
    }

    /** A provider whose quotes are asked for by POST, behind the layer that retries. */
    private MarketDataSource source(String operations, String url) {
        Descriptor descriptor = descriptor(operations, url);
        ProviderAdapter adapter =
                () -> OperationAdapters.none().on(Operation.QUOTE, QuoteQuery.class, _ -> post(), (_, _) -> {
                    throw new MalformedPayload("not read here");
                });
        var module = new ProviderModule(descriptor, adapter);
        var transport = new HttpTransport(descriptor, ProviderConfig.defaults(), connections, InstantSource.system());
        return new RetryLayer(RetryConfig.defaults(), new Random(1), _ -> {}, module::isRepeatable)
                .around(new ProviderSource(module, Mode.LIVE, transport));
    }

    private static Descriptor descriptor(String operations, String url) {
        return DescriptorReader.read("test.json", """
                {"id": "acme", "name": "Acme", "exchange": "Acme", "base_url": "%s", "zone": "UTC",
                 "asset_types": ["crypto"], "operations": %s, "limits": {}}
                """.formatted(url, operations).getBytes(StandardCharsets.UTF_8));
    }
}
