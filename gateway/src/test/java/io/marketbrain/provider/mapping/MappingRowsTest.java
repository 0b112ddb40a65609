package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.descriptor.InvalidDescriptor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of lists in lists, of one instrument or all, and rows that are not what they should be. */
class MappingRowsTest {
    private static final TradesQuery TRADES = new TradesQuery(MappedSample.ACME, MappedSample.PAIR, 10, null);

    private static List<Trade> trades(String rows, String fields, String body) {
        MappedSample sample = MappedSample.of("trades")
                .response("{'rows': " + rows + ", 'fields': {'time': {'path': 't', 'format': 'seconds'}, 'price': 'p', "
                        + fields + "}}");
        return ((Trades) sample.data(TRADES, body)).trades();
    }

    @Test
    void the_rows_may_be_items_of_a_list_in_each_row() {
        List<Trade> trades = trades("{'path': 'd', 'each': 'in'}", "'size': 's', 'id': 'i'", """
            {'d':[{'in':[{'t':3,'p':1,'s':1,'i':'c'}]},{'in':[{'t':1,'p':1,'s':1,'i':'a'},{'t':2,'p':1,'s':1,'i':'b'}]}]}
            """);
        assertThat(trades).extracting(Trade::id).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[[3, 100, 2]] | 3", "[ [1234567890, 100, 2] ] | 100", "[[3, 100, 2], [1234567890, 100, -2]] | 3"})
    void a_form_may_be_known_by_a_pattern_at_the_beginning_of_the_body(String body, BigDecimal price) {
        MappedSample sample = MappedSample.of("book").response("""
                {'forms': [{'pattern': '\\\\[\\\\[[0-9]{10},', 'rows': {'path': ''}, 'side_by_sign': 'size', 'fields': {'price': '1', 'size': '2'}}],
                 'rows': {'path': ''}, 'side_by_sign': 'size', 'fields': {'price': '0', 'size': '2'}}
                """);
        OrderBook book = (OrderBook) sample.data(new BookQuery(MappedSample.ACME, MappedSample.PAIR, 1, null), body);
        assertThat(book.bids()).extracting(Level::price).contains(price);
    }

    @Test
    void what_is_alone_in_an_element_needs_a_path_to_it() {
        assertThatThrownBy(() -> trades("{'path': '', 'alone': true}", "'size': 's'", "[]"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("'alone' needs a 'path'");
    }

    @Test
    void the_rows_may_be_members_of_an_object_in_each_row() {
        List<Trade> trades = trades("{'path': 'd', 'each': '', 'each_shape': 'map'}", "'size': 's', 'id': '@key'", """
            {'d':[{'c':{'t':3,'p':1,'s':1}},{'a':{'t':1,'p':1,'s':1},'b':{'t':2,'p':1,'s':1}}]}
            """);
        assertThat(trades).extracting(Trade::id).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'t':null,'p':null,'s':null}", "{'t':[],'p':[],'s':[]}"})
    void without_any_of_the_optional_columns_there_are_no_rows(String body) {
        String rows = "{'path': '', 'shape': 'columns', 'columns': {'t': 't', 'p': 'p', 's': 's'}, 'optional': true}";
        assertThat(trades(rows, "'size': 's'", body)).isEmpty();
    }

    @Test
    void one_optional_column_is_not_missing_without_the_others() {
        MappedSample sample = MappedSample.of("trades")
                .response("{'rows': {'path': '', 'shape': 'columns', "
                        + "'columns': {'t': 't', 'p': 'p', 's': 's'}, 'optional': true}, 'fields': "
                        + "{'time': {'path': 't', 'format': 'seconds'}, 'price': 'p', 'size': 's'}}");
        assertThat(sample.fetch(TRADES, "{'t':[1],'p':[2]}")).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void the_one_member_of_an_object_that_has_the_texts_is_selected() {
        String rows = "{'path': [{'meta.pair': '{base}'}, 'rows']}";
        List<Trade> trades = trades(rows, "'size': 's'", """
            {'x':{'meta':{'pair':'BTC'},'rows':[{'t':1,'p':5,'s':1}]},'y':{'meta':{'pair':'ETH'},'rows':[]},'z':{'p':7},'ok':true}
            """);
        assertThat(trades).extracting(Trade::price).containsExactly(new BigDecimal("5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'x':{'meta':{'pair':'ETH'},'rows':[]}}",
                "{'x':{'rows':[]}}",
                "{'x':{'meta':{'pair':'BTC'},'rows':[]},'y':{'meta':{'pair':'BTC'},'rows':[]}}"
            })
    void not_one_member_that_has_the_texts_is_malformed(String body) {
        MappedSample sample = MappedSample.of("trades")
                .response("{'rows': {'path': [{'meta.pair': '{base}'}, 'rows']}, 'fields': "
                        + "{'time': {'path': 't', 'format': 'seconds'}, 'price': 'p', 'size': 's'}}");
        assertThat(sample.fetch(TRADES, body)).isInstanceOf(Outcome.Failed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'k':'USD','t':1,'p':5,'s':1},{'k':'EUR','t':2,'p':6,'s':1}] | {'k': '{quote}'} | 5",
                "[{'k':'USD','t':1,'p':5,'s':1},{'k':'EUR','t':2,'p':6,'s':1}] | {'k': '{mic}'} | 5,6",
                "[{'k':'USD','t':1,'p':5,'s':1}] | {'k': '{quote}', 'x': '{mic}'} | 5"
            })
    void a_text_that_the_query_has_no_value_for_does_not_choose_rows(String body, String known, String prices) {
        List<Trade> trades = trades("{'path': '', 'where_known': " + known + "}", "'size': 's'", body);
        assertThat(trades).extracting(trade -> trade.price().toPlainString()).containsExactly(prices.split(","));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'k':'BTC','l':'','t':1,'p':5,'s':1} | true",
                "{'k':'XB','l':'BTC','t':1,'p':5,'s':1} | true",
                "{'k':'XB','l':'','t':1,'p':5,'s':1} | true",
                "{'k':'XB','l':null,'t':1,'p':5,'s':1} | true",
                "{'k':'XB','t':1,'p':5,'s':1} | true",
                "{'k':'ETH','l':'','t':1,'p':5,'s':1} | false",
                "{'k':'BTC','l':'ETH','t':1,'p':5,'s':1} | false"
            })
    void rows_with_another_code_of_the_same_length_do_not_count(String row, boolean counts) {
        MappedSample sample = MappedSample.of("trades")
                .response("{'rows': {'path': '', 'codes': {'k': '{base}', 'l?': '{base}'}}, 'fields': "
                        + "{'time': {'path': 't', 'format': 'seconds'}, 'price': 'p', 'size': 's'}}");
        assertThat(sample.fetch(TRADES, "[" + row + "]") instanceof Outcome.Success)
                .isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'r':[{'t':1,'p':5,'s':1}]} | true",
                "{'pair':null,'r':[{'t':1,'p':5,'s':1}]} | true",
                "{'pair':'BTC','r':[{'t':1,'p':5,'s':1}]} | true",
                "{'pair':'ETH','r':[{'t':1,'p':5,'s':1}]} | false"
            })
    void a_member_that_may_be_missing_is_compared_where_it_is_there(String body, boolean isRead) {
        MappedSample sample = MappedSample.of("trades")
                .response("{'check': {'pair?': '{base}'}, 'rows': {'path': 'r'}, 'fields': "
                        + "{'time': {'path': 't', 'format': 'seconds'}, 'price': 'p', 'size': 's'}}");
        assertThat(sample.fetch(TRADES, body) instanceof Outcome.Success).isEqualTo(isRead);
    }

    @Test
    void a_number_in_a_text_may_have_another_decimal_mark() {
        String fields = "'size': {'path': 's', 'decimal_mark': ','}";
        assertThat(trades("{'path': ''}", fields, "[{'t':1,'p':1,'s':'22,978'}]"))
                .extracting(Trade::size)
                .containsExactly(new BigDecimal("22.978"));
    }

    @Test
    void an_empty_list_to_select_from_says_that_there_are_no_rows() {
        String rows = "{'path': [{'pair': '{base}'}, 'rows'], 'nullable': true}";
        assertThat(trades(rows, "'size': 's'", "[]")).isEmpty();
        assertThat(trades(rows, "'size': 's'", "[{'pair':'BTC','rows':[{'t':1,'p':2,'s':3}]}]"))
                .hasSize(1);
        MappedSample sample = MappedSample.of("trades")
                .response("{'rows': " + rows + ", 'fields': {'time': {'path': 't', 'format': 'seconds'}, 'price': 'p', "
                        + "'size': 's'}}");
        assertThat(sample.fetch(TRADES, "[{'pair':'ETH','rows':[]}]")).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void the_sign_of_a_size_may_be_the_side() {
        String fields = """
            'id': 'i', 'size': {'path': 's', 'absolute': true}, 'side': {'path': 's', 'sign': true, 'values': {'+': 'buy', '-': 'sell'}}
            """;
        List<Trade> trades = trades("{'path': ''}", fields, "[{'t':1,'p':1,'s':-0.5,'i':1},{'t':2,'p':1,'s':2,'i':2}]");
        assertThat(trades).extracting(Trade::side).containsExactly(Side.SELL, Side.BUY);
        assertThat(trades).extracting(Trade::size).containsExactly(new BigDecimal("0.5"), new BigDecimal("2"));
    }

    @Test
    void trades_that_have_no_ids_get_some() {
        List<Trade> trades = trades("{'path': ''}", "'size': 's'", "[{'t':1,'p':10.50,'s':2},{'t':1,'p':11,'s':2}]");
        assertThat(trades).extracting(Trade::id).containsExactly("1000-10.50-2", "1000-11-2");
    }

    @Test
    void trades_of_the_same_time_keep_the_order_of_a_list_that_begins_with_the_newest() {
        List<Trade> trades = trades("{'path': ''}", "'size': 's', 'id': 'i'", """
            [{'t':2,'p':1,'s':1,'i':'d'},{'t':1,'p':1,'s':1,'i':'c'},{'t':1,'p':1,'s':1,'i':'b'},{'t':0,'p':1,'s':1,'i':'a'}]
            """);
        assertThat(trades).extracting(Trade::id).containsExactly("a", "b", "c", "d");
    }

    @Test
    void trades_of_one_time_are_turned_round_where_the_newest_is_documented_to_be_first() {
        MappedSample sample = MappedSample.of("trades").response("""
            {'rows': {'path': ''}, 'newest_first': true,
             'fields': {'time': {'path': 't', 'format': 'seconds'}, 'price': 'p', 'size': 's', 'id': 'i'}}
            """);
        var trades = (Trades) sample.data(TRADES, "[{'t':1,'p':1,'s':1,'i':'b'},{'t':1,'p':1,'s':1,'i':'a'}]");
        assertThat(trades.trades()).extracting(Trade::id).containsExactly("a", "b");
    }

    @Test
    void a_row_of_another_instrument_is_untrusted() {
        MappedSample sample = MappedSample.of("trades").response("""
            {'rows': {'path': '', 'check': {'m': '{symbol}'}},
             'fields': {'time': {'path': 't', 'format': 'seconds'}, 'price': 'p', 'size': 's'}}
            """);
        assertThat(sample.failure(TRADES, "[{'m':'BTC-USD','t':1,'p':1,'s':1},{'m':'ETH-USD','t':1,'p':1,'s':1}]"))
                .isInstanceOf(Failure.Untrusted.class)
                .extracting(Failure::message)
                .asString()
                .contains("of another instrument than BTC-USD")
                .doesNotContain("ETH");
    }

    @Test
    void a_row_that_does_not_say_which_instrument_it_is_about_is_malformed() {
        MappedSample sample = MappedSample.of("trades").response("""
            {'rows': {'path': '', 'check': {'m': '{symbol}'}},
             'fields': {'time': {'path': 't', 'format': 'seconds'}, 'price': 'p', 'size': 's'}}
            """);
        for (String member : List.of("'m':null,", "")) {
            assertThat(sample.failure(TRADES, "[{" + member + "'t':1,'p':1,'s':1}]"))
                    .isInstanceOf(Failure.Malformed.class);
        }
    }

    @Test
    void a_document_whose_fixed_text_is_another_one_is_malformed() {
        MappedSample sample = MappedSample.of("trades").response("""
            {'rows': {'path': '', 'check': {'status': 'ok'}},
             'fields': {'time': {'path': 't', 'format': 'seconds'}, 'price': 'p', 'size': 's'}}
            """);
        assertThat(sample.failure(TRADES, "[{'status':'late','t':1,'p':1,'s':1}]"))
                .isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void a_row_that_lacks_an_item_is_not_read_shifted() {
        var query = new CandlesQuery(MappedSample.ACME, MappedSample.PAIR, Interval.D1, null, null, 10);
        MappedSample sample = MappedSample.of("candles").response("""
            {'rows': {'path': '', 'least': 6}, 'fields': {'time': {'path': '0', 'format': 'seconds'},
              'open': '1', 'high': '2', 'low': '3', 'close': '4'}}
            """);
        assertThat(sample.fetch(query, "[[0,1,2,1,2,9,7]]")).isInstanceOf(Outcome.Success.class);
        assertThat(sample.failure(query, "[[0,1,2,1,2]]")).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void a_row_of_a_newer_form_is_not_read_as_an_older_one() {
        var query = new CandlesQuery(MappedSample.ACME, MappedSample.PAIR, Interval.D1, null, null, 10);
        MappedSample sample = MappedSample.of("candles").response("""
            {'rows': {'path': '', 'least': 5, 'most': 6}, 'fields': {'time': {'path': '0', 'format': 'seconds'},
              'open': '1', 'high': '2', 'low': '3', 'close': '4'}}
            """);
        assertThat(sample.fetch(query, "[[0,1,2,1,2,9]]")).isInstanceOf(Outcome.Success.class);
        assertThat(sample.failure(query, "[[0,1,2,1,2,9,7]]")).isInstanceOf(Failure.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'m':'BTC-USD','p':7}", "[{'m':'ETH-USD','p':8},{'m':'BTC-USD','p':7}]"})
    void an_endpoint_may_send_one_row_or_a_list_of_all(String body) {
        MappedSample sample = MappedSample.of("quote").response("""
            {'rows': {'path': '', 'shape': 'one_or_list', 'where': {'m': '{symbol}'}}, 'fields': {'price': 'p'}}
            """);
        var quote = (Quote) sample.data(new QuoteQuery(MappedSample.ACME, MappedSample.PAIR, null), body);
        assertThat(quote.price()).isEqualTo("7");
    }

    @Test
    void a_range_may_exclude_its_start() {
        var from = Instant.parse("2026-01-02T00:00:00Z");
        var query = new CandlesQuery(MappedSample.ACME, MappedSample.PAIR, Interval.D1, from, null, 10);
        MappedSample sample = MappedSample.of("candles")
                .request("{'path': '/c', 'query': {'after': '{from}'}, 'from': 'exclusive'}")
                .response("""
                    {'rows': {'path': ''}, 'fields': {'time': {'path': '0', 'format': 'seconds'},
                      'open': '1', 'high': '2', 'low': '3', 'close': '4'}}
                    """);
        var _ = sample.fetch(query, "[]");
        assertThat(sample.requests.getFirst().parameters()).containsEntry("after", "1767311999999");
    }
}
