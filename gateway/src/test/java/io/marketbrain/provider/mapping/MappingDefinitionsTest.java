package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.provider.descriptor.InvalidDescriptor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects of a mapping that stand in several places under one name. */
class MappingDefinitionsTest {
    private static final String OF_BOTH = """
            'f': {'price': 'p'},
            'r': {'forms': [{'start': ['\\"list\\"'], 'rows': {'path': 'list'}, 'fields': 'f'}],
                  'rows': {'path': '', 'shape': 'one'}, 'fields': 'f'}
            """;

    private static final QuoteQuery QUOTE = new QuoteQuery(MappedSample.ACME, MappedSample.PAIR, null);

    private static MappedSample sample(String definitions) {
        return MappedSample.of("quote").definitions(definitions).response("'r'");
    }

    @Test
    void a_name_stands_for_its_object_in_several_places() {
        assertThat(price("{'p': '1.50'}")).isEqualTo("1.50");
        assertThat(price("{'list': [{'p': '2.50'}]}")).isEqualTo("2.50");
    }

    private static String price(String body) {
        return ((Quote) sample(OF_BOTH).data(QUOTE, body)).price().toPlainString();
    }

    @Test
    void an_object_has_the_members_of_a_definition_that_it_extends_and_its_own_first() {
        var sample = MappedSample.of("quote")
                .definitions("""
                        'row': {'path': '', 'shape': 'one'},
                        'old': {'price': 'p', 'bid': 'b', 'ask': 'a'},
                        'new': {'extends': 'old', 'price': 'last'}
                        """)
                .response("{'rows': 'row', 'fields': {'extends': 'new', 'ask': 'offer'}}");
        var quote = (Quote) sample.data(QUOTE, "{'p': 1, 'b': 2, 'a': 3, 'last': 4, 'offer': 5}");
        assertThat(List.of(quote.price(), quote.bid(), quote.ask()))
                .containsExactly(new BigDecimal("4"), new BigDecimal("2"), new BigDecimal("5"));
    }

    @Test
    void what_an_object_extends_must_be_a_definition() {
        assertThatThrownBy(() -> sample(
                                "'fields': {'bid': 'b'}, 'r': {'rows': {'path': ''}, 'fields': {'extends': 'field', 'price': 'p'}}")
                        .data(QUOTE, "{}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("'field' is no definition; did you mean 'fields'?");
        assertThatThrownBy(() -> sample("'r': {'rows': {'path': ''}, 'fields': {'extends': 'other', 'price': 'p'}}")
                        .data(QUOTE, "{}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("'other' is no definition");
        assertThatThrownBy(() -> MappedSample.of("quote")
                        .definitions("'r': {'rows': {'path': '', 'shape': 'one'}, 'fields': {'price': 'p'}}")
                        .request("{'path': '/x', 'query': {'extends': 'common'}}")
                        .response("'r'")
                        .data(QUOTE, "{'p': 1}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("'common' is no definition");
        assertThatThrownBy(
                        () -> sample("'f': {'extends': 'f', 'price': 'p'}, 'r': {'rows': {'path': ''}, 'fields': 'f'}")
                                .data(QUOTE, "{}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("'f' contains itself");
    }

    @Test
    void an_object_and_a_form_of_it_may_extend_the_same_definition() {
        var sample = MappedSample.of("quote")
                .definitions("'r': {'rows': {'path': '', 'shape': 'one'}, 'fields': {'price': 'p'}}")
                .response(
                        "{'extends': 'r', 'forms': [{'extends': 'r', 'start': ['last'], 'fields': {'price': 'last'}}]}");
        assertThat(((Quote) sample.data(QUOTE, "{'p': 7}")).price()).isEqualByComparingTo("7");
        assertThat(((Quote) sample.data(QUOTE, "{'last': 8}")).price()).isEqualByComparingTo("8");
    }

    @Test
    void a_definition_does_not_contain_itself_through_what_it_extends() {
        assertThatThrownBy(() -> sample(
                                "'a': {'rows': {'path': ''}, 'forms': ['r'], 'fields': {'price': 'p'}}, 'r': {'extends': 'a'}")
                        .data(QUOTE, "{'p': 1}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("'r' contains itself");
    }

    @Test
    void a_form_may_be_a_name() {
        var sample = MappedSample.of("quote")
                .definitions(
                        "'old': {'start': ['last'], 'rows': {'path': '', 'shape': 'one'}, 'fields': {'price': 'last'}}")
                .response("{'forms': ['old'], 'rows': {'path': '', 'shape': 'one'}, 'fields': {'price': 'p'}}");
        assertThat(((Quote) sample.data(QUOTE, "{'last': 7}")).price()).isEqualByComparingTo("7");
    }

    @Test
    void the_place_of_what_is_wrong_is_in_the_definition() {
        assertThatThrownBy(() -> sample("'f': {'prize': 'p'},\n'r': {'rows': {'path': ''}, 'fields': 'f'}")
                        .data(QUOTE, "{}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessage("acme.json:8:37: the key 'price' is missing; is 'prize' meant to be it?");
    }

    @Test
    void a_field_with_a_name_of_its_own_is_not_taken_for_one_that_is_missing() {
        assertThatThrownBy(() -> MappedSample.of("trades")
                        .response(
                                "{'rows': {'path': ''}, 'fields': {'time': {'path': 't', 'format': 'seconds'}, 'price': 'p', 'side': 's'}}")
                        .data(new TradesQuery(MappedSample.ACME, MappedSample.PAIR, 10, null), "[]"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageEndingWith("the key 'size' is missing");
    }

    @Test
    void a_name_that_is_not_defined_is_refused() {
        assertThatThrownBy(() -> sample("'other': {'rows': {'path': ''}, 'fields': {'price': 'p'}}")
                        .data(QUOTE, "{}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("'response' must be an object");
    }

    @Test
    void a_definition_that_is_not_used_is_refused() {
        assertThatThrownBy(() -> sample(OF_BOTH + ", 'g': {}").data(QUOTE, "{'p': 1}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("the definition 'g' is not used");
    }

    @Test
    void a_definition_does_not_contain_itself() {
        assertThatThrownBy(() -> sample("'r': {'forms': ['r'], 'rows': {'path': ''}, 'fields': {'price': 'p'}}")
                        .data(QUOTE, "{}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("'r' contains itself");
    }

    @Test
    void a_name_that_is_nearly_that_of_a_definition_is_refused_with_it() {
        assertThatThrownBy(() -> MappedSample.of("quote")
                        .definitions("'quote_response': {'rows': {'path': ''}, 'fields': {'price': 'p'}}")
                        .response("'qoute_response'")
                        .data(QUOTE, "{}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("'qoute_response' is no definition; did you mean 'quote_response'?");
    }

    @Test
    void a_time_may_be_a_name() {
        var sample = MappedSample.of("quote")
                .definitions("'at': {'path': 't', 'format': 'seconds'}")
                .response("{'rows': {'path': '', 'shape': 'one'}, 'fields': {'price': 'p', 'time': 'at'}}");
        assertThat(((Quote) sample.data(QUOTE, "{'p': 1, 't': 1767312000}")).asOf())
                .isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
    }

    @Test
    void a_body_that_is_posted_may_be_a_name_and_its_texts_are_texts() {
        var sample = MappedSample.of("quote")
                .terms("{'method': 'post'}")
                .definitions("'body': {'type': 'body', 'coin': '{base}'}")
                .request("{'path': '/x', 'json': 'body'}")
                .response("{'rows': {'path': '', 'shape': 'one'}, 'fields': {'price': 'p'}}");
        assertThat(sample.data(QUOTE, "{'p': 1}")).isNotNull();
        assertThat(sample.requests.getFirst().body().orElseThrow().text())
                .isEqualTo("{\"type\":\"body\",\"coin\":\"BTC\"}");
    }

    @Test
    void definitions_do_not_multiply_without_limit() {
        String forms = String.join(",", Collections.nCopies(1001, "'f'"));
        assertThatThrownBy(() -> MappedSample.of("quote")
                        .definitions(
                                "'f': {'start': ['x'], 'rows': {'path': ''}, 'fields': {'price': 'p'}},\n'r': {'forms': ["
                                        + forms + "], 'rows': {'path': ''}, 'fields': {'price': 'p'}}")
                        .response("'r'")
                        .data(QUOTE, "{}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageMatching("acme\\.json:9:\\d+: definitions are used more than 1000 times");
    }

    @Test
    void forms_of_a_series_have_its_constant_title_and_unit() {
        var sample = MappedSample.of("series").response("""
                        {'forms': [{'start': ['old'], 'rows': {'path': 'old'}, 'fields': {'time': {'path': 't', 'format': 'date'}, 'value': 'v'}}],
                         'title': 'Price of {id}', 'unit': {'path': 'u'},
                         'rows': {'path': 'new'}, 'fields': {'time': {'path': 't', 'format': 'date'}, 'value': 'v'}}
                        """);
        MarketQuery query = new SeriesQuery(MappedSample.ACME, "GOLD", null, null, 10);
        var series = (Series) sample.data(query, "{'old': [{'t': '2024-01-02', 'v': 1}]}");
        assertThat(series.title()).isEqualTo("Price of GOLD");
        assertThat(series.unit()).isNull();
    }
}
