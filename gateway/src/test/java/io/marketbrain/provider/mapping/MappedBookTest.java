package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.pipeline.ImpossiblePrices;
import io.marketbrain.provider.descriptor.InvalidDescriptor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Order books in each of the forms that providers use. */
class MappedBookTest {
    private static BookQuery book(int depth) {
        return new BookQuery(MappedSample.ACME, MappedSample.PAIR, depth, null);
    }

    private static Level level(String price, String size) {
        return new Level(new BigDecimal(price), new BigDecimal(size));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'bids': {'path': 'b'}, 'asks': {'path': 'a'}, 'fields': {'price': '0', 'size': '1'} | {'b':[['9','2'],['10.50',1]],'a':[['11',3]]}",
                "'bids': {'path': 'r.0.bids'}, 'asks': {'path': 'r.0.asks'}, 'fields': {'price': 'p', 'size': 's'} | {'r':[{'bids':[{'p':10.50,'s':1},{'p':9,'s':2}],'asks':[{'p':11,'s':3}]}]}",
                "'bids': {'path': '', 'shape': 'columns', 'columns': {'p': 'bp', 's': 'bs'}}, 'asks': {'path': '', 'shape': 'columns', 'columns': {'p': 'ap', 's': 'as'}}, 'fields': {'price': 'p', 'size': 's'} | {'bp':[10.50,9],'bs':[1,2],'ap':[11],'as':[3]}",
                "'bids': {'path': 'b', 'shape': 'map'}, 'asks': {'path': 'a', 'shape': 'map'}, 'fields': {'price': '@key', 'size': '@value'} | {'b':{'9':2,'10.50':1},'a':{'11':3}}",
                "'rows': {'path': ''}, 'side_by_sign': 'size', 'fields': {'price': '0', 'size': '2'} | [[9,1,2],[10.50,1,1],[11,1,-3]]",
                "'rows': {'path': ''}, 'fields': {'price': 'p', 'size': 's', 'side': {'path': 't', 'values': {'B': 'bid', 'S': 'ask'}}} | [{'t':'S','p':11,'s':3},{'t':'B','p':10.50,'s':1},{'t':'B','p':9,'s':2}]",
                "'bids': {'path': ''}, 'asks': {'path': '', 'fields': {'price': 'ap', 'size': 'as'}}, 'fields': {'price': 'bp', 'size': 'bs'} | [{'bp':10.50,'bs':1,'ap':11,'as':3},{'bp':9,'bs':2,'ap':12,'as':0}]",
                "'bids': {'path': 'b'}, 'asks': {'path': 'a'}, 'fields': {'price': '0', 'size': {'path': '1', 'times': '2'}} | {'b':[[9,1,2],[10.50,1,1],[8,0,5]],'a':[[11,1,3]]}",
            })
    void levels_are_read_in_every_form_and_put_in_order(String response, String body) {
        var found = (OrderBook)
                MappedSample.of("book").response("{" + response + "}").data(book(10), body);
        assertThat(found.bids()).containsExactly(level("10.50", "1"), level("9", "2"));
        assertThat(found.asks()).containsExactly(level("11", "3"));
        assertThat(found.sequence()).isNull();
        assertThat(found.asOf()).isNull();
    }

    private static MappedSample usual() {
        return MappedSample.of("book")
                .request("{'path': '/b', 'limits': [5, 20, 100], 'query': {'n': '{limit}'}}")
                .response("""
                {'bids': {'path': 'b'}, 'asks': {'path': 'a'}, 'empty': 'unknown_instrument', 'fields': {
                  'price': '0', 'size': '1', 'sequence': 'u', 'time': {'path': 'ts', 'format': 'millis'}}}
                """);
    }

    @Test
    void sequence_and_time_are_those_of_the_document() {
        var found = (OrderBook) usual().data(book(1), "{'u':42,'ts':1767312000000,'b':[[1,1],[2,1]],'a':[]}");
        assertThat(found.sequence()).isEqualTo(42);
        assertThat(found.asOf()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
        assertThat(found.bids()).containsExactly(level("2", "1"));
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "5, 5", "6, 20", "20, 20", "99, 100", "101, 100"})
    void the_smallest_allowed_depth_that_is_enough_is_asked_for(int depth, String asked) {
        MappedSample sample = usual();
        var _ = sample.fetch(book(depth), "{'u':42,'ts':1767312000000,'b':[],'a':[[1,1]]}");
        assertThat(sample.requests.getFirst().parameters()).containsEntry("n", asked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'ts':1767312000000,'b':[[1,1]],'a':[]}",
                "{'u':1,'b':[[1,1]],'a':[]}",
                "{'u':1.5,'ts':1767312000000,'b':[[1,1]],'a':[]}",
                "{'u':1,'ts':1767312000000,'b':[[1,1]]}",
                "{'u':1,'ts':1767312000000,'b':[[1]],'a':[]}",
                "{'u':1,'ts':1767312000000,'b':[[1,null]],'a':[]}",
                "{'u':1,'ts':1767312000000,'b':[[1,-1]],'a':[]}",
                "{'u':1,'ts':1767312000000,'b':null,'a':[]}",
            })
    void a_book_that_is_not_as_documented_is_malformed(String body) {
        assertThat(usual().failure(book(5), body)).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void a_price_of_zero_is_read_and_found_to_be_impossible() {
        var book = (MarketData) usual().data(book(5), "{'u':1,'ts':1767312000000,'b':[[0,1]],'a':[]}");
        assertThat(ImpossiblePrices.find(book)).isEqualTo("a bid is 0");
    }

    @Test
    void an_empty_book_means_what_the_mapping_says() {
        assertThat(usual().failure(book(5), "{'u':1,'ts':1767312000000,'b':[],'a':[]}"))
                .isInstanceOf(Failure.UnknownInstrument.class);
    }

    @Test
    void a_book_that_is_much_longer_than_requested_is_cut_off_at_its_best_levels() {
        String bids = IntStream.rangeClosed(1, 200)
                .mapToObj("[%d,1]"::formatted)
                .collect(Collectors.joining(",", "'b':[", "]"));
        String asks = IntStream.rangeClosed(1, 400)
                .mapToObj(i -> "[%d,1]".formatted(700 - i % 200))
                .collect(Collectors.joining(",", "'a':[", "]"));
        String rules = "'bids': {'path': 'b'}, 'asks': {'path': 'a'}, 'fields': {'price': '0', 'size': '1'}";
        String body = "{" + bids + "," + asks + "}";
        var levels =
                (OrderBook) MappedSample.of("book").response("{" + rules + "}").data(book(2), body);
        assertThat(levels.bids()).containsExactly(level("200", "1"), level("199", "1"));
        assertThat(levels.asks()).containsExactly(level("501", "1"), level("501", "1"));
        var orders = (OrderBook) MappedSample.of("book")
                .response("{'orders': true, " + rules + "}")
                .data(book(2), body);
        assertThat(orders.asks()).containsExactly(level("501", "2"), level("502", "2"));
    }

    @Test
    void a_book_needs_both_sides() {
        MappedSample sample =
                MappedSample.of("book").response("{'bids': {'path': 'b'}, 'fields': {'price': '0', 'size': '1'}}");
        assertThatThrownBy(() -> sample.fetch(book(5), "{}"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("the key 'asks' is missing");
    }
}
