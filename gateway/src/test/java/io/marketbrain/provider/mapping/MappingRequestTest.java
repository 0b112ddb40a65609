package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RequestBody;
import io.marketbrain.provider.descriptor.InvalidDescriptor;
import io.marketbrain.provider.descriptor.RequestMethod;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests with bodies, with headers, and to other hosts. */
class MappingRequestTest {
    private static final String RESPONSE = """
            {'rows': {'path': ''}, 'fields': {'time': {'path': '0', 'format': 'millis'},
              'open': '1', 'high': '2', 'low': '3', 'close': '4'}}
            """;

    private static CandlesQuery candles(@Nullable String from) {
        return new CandlesQuery(
                MappedSample.ACME, MappedSample.PAIR, Interval.D1, from == null ? null : Instant.parse(from), null, 10);
    }

    private static ProviderRequest request(String terms, String request, CandlesQuery query) {
        MappedSample sample =
                MappedSample.of("candles").terms(terms).request(request).response(RESPONSE);
        var _ = sample.fetch(query, "[]");
        return sample.requests.getFirst();
    }

    @Test
    void a_json_body_has_values_of_the_query_as_texts_and_numbers() {
        ProviderRequest sent = request("{'method': 'post', 'repeatable': true}", """
                {'path': '/info', 'json': {'type': 'candles', 'all': true, 'none': null, 'n': 1.50, 'req': {
                  'coin': '{base}', 'max': {'$number': '{limit}'}, 'start': {'$number': '{from}', '$optional': true},
                  'tags': ['{quote}', {'$text': '{to}', '$optional': true}]}}}
                """, candles("2026-01-02T00:00:00Z"));
        assertThat(sent.method()).isEqualTo(RequestMethod.POST);
        assertThat(sent.body()).contains(new RequestBody("application/json", """
                {"type":"candles","all":true,"none":null,"n":1.50,"req":{"coin":"BTC","max":10,"start":1767312000000,"tags":["USD"]}}""".strip()));
    }

    @Test
    void what_is_optional_is_left_out_of_a_body_without_a_value() {
        ProviderRequest sent = request(
                "{'method': 'post', 'repeatable': true}",
                "{'path': '/info', 'json': {'coin': '{base}', 'start': {'$number': '{from}', '$optional': true}}}",
                candles(null));
        assertThat(sent.body()).map(RequestBody::text).contains("{\"coin\":\"BTC\"}");
    }

    @Test
    void a_form_is_posted() {
        ProviderRequest sent = request(
                "{'method': 'post', 'repeatable': true}",
                "{'path': '/info', 'form': {'symbol': '{symbol|lower}', 'n': '{limit}'}}",
                candles(null));
        assertThat(sent.body())
                .isEqualTo(Optional.of(new RequestBody("application/x-www-form-urlencoded", "symbol=btc-usd&n=10")));
    }

    @Test
    void headers_and_another_host_are_those_of_the_request() {
        ProviderRequest sent = request(
                "{}",
                "{'path': '/x', 'host': 'data', 'headers': {'Accept': 'application/vnd.acme+json'}}",
                candles(null));
        assertThat(sent.host()).isEqualTo("data");
        assertThat(sent.headers()).containsEntry("Accept", "application/vnd.acme+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 'headers': {'Authorization': 'x'} | may carry credentials; use 'authentication'",
                "{} | 'headers': {'X-Api-Key': 'x'} | may carry credentials; use 'authentication'",
                "{} | 'headers': {'Host': 'x'} | is not a header that a descriptor can set",
                "{} | 'headers': {'Accept': ' x'} | must be one line",
                "{} | 'host': 'other' | there is no such host in 'hosts'",
                "{} | 'json': {'a': 'b'} | is for operations whose method is post",
                "{} | 'form': {'a': 'b'} | is for operations whose method is post",
                "{'method': 'post'} | 'without': [] | 'form' or 'json' is missing for the method post",
                "{'method': 'post'} | 'json': {'a': '{coin}'} | '{coin}' may name only values of a query",
                "{'method': 'post'} | 'json': {'a': {'$number': '{limit}', 'x': 1}} | beside '$number' only",
                "{'method': 'post'} | 'json': {}, 'form': {'a': 'b'} | exclude each other",
            })
    void a_request_that_cannot_be_sent_is_refused_with_its_place(String terms, String key, String reason) {
        assertThatThrownBy(() -> request(terms, "{'path': '/x', " + key + "}", candles(null)))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageMatching("(?s)acme.json:\\d+:\\d+: .*")
                .hasMessageContaining(reason);
    }
}
