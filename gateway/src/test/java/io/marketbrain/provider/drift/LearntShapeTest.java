package io.marketbrain.provider.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.json.PlaceValue;
import io.marketbrain.payload.CsvFormat;
import io.marketbrain.payload.CsvReader;
import io.marketbrain.payload.JsonPayloadNode;
import io.marketbrain.payload.PlaceWalker;
import io.marketbrain.payload.XmlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearntShapeTest {
    private static List<PlaceValue> json(String json) throws MalformedPayload {
        return PlaceWalker.places(
                new JsonPayloadNode(JsonValue.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))));
    }

    private static List<String> paths(List<PlaceValue> places) {
        return places.stream().map(PlaceValue::path).toList();
    }

    private static LearntShape learnt(String... documents) throws MalformedPayload {
        var shape = new LearntShape();
        for (int i = 0; i < 200; i++) {
            shape.learn(json(documents[i % documents.length]), LearntShape.MAX_PLACES);
        }
        assertThat(shape.isKnown()).isTrue();
        return shape;
    }

    private static List<String> news(LearntShape shape, String json) throws MalformedPayload {
        return shape.news(json(json)).stream()
                .map(one -> one.place() + " " + one.what())
                .toList();
    }

    @Test
    void places_are_those_of_members_at_every_depth() throws MalformedPayload {
        assertThat(paths(json("{'a':1,'b':[{'c':2},{'d':{'e':[3]}}]}")))
                .containsExactly("$.a", "$.b", "$.b[].c", "$.b[].d", "$.b[].d.e");
    }

    @Test
    void places_are_the_columns_of_tables_and_the_elements_and_attributes_of_xml() throws MalformedPayload {
        byte[] csv = "Date,Close,Volume\n2026-05-15,219.3,\n".getBytes(StandardCharsets.UTF_8);
        assertThat(PlaceWalker.places(CsvReader.read(csv, CsvFormat.USUAL, PayloadLimits.defaults())))
                .extracting(value -> value.path() + " " + value.kind())
                .containsExactly("column Date TEXT", "column Close NUMERIC_TEXT", "column Volume null");
        byte[] xml = "<a><b day='x'><c rate='1.5'/><c rate='2'>t</c></b></a>".getBytes(StandardCharsets.UTF_8);
        assertThat(paths(PlaceWalker.places(XmlReader.read(xml, PayloadLimits.defaults()))))
                .contains("a", "a/b", "a/b/@day", "a/b/c", "a/b/c/@rate");
    }

    @Test
    void nothing_is_new_before_enough_responses_in_a_row_had_nothing_new() throws MalformedPayload {
        var learnt = new LearntShape();
        for (int i = 0; i < LearntShape.QUIET_RESPONSES; i++) {
            assertThat(learnt.contains("$.b")).isTrue();
            learnt.learn(json("{'a':1}"), LearntShape.MAX_PLACES);
        }
        assertThat(learnt.isKnown()).as("the first response had something new").isFalse();
        learnt.learn(json("{'a':1}"), LearntShape.MAX_PLACES);
        assertThat(learnt.isKnown()).isTrue();
        assertThat(learnt.contains("$.a")).isTrue();
        assertThat(learnt.contains("$.b")).isFalse();
    }

    @Test
    void names_that_are_data_are_given_up_within_the_limit() throws MalformedPayload {
        var learnt = new LearntShape();
        for (int i = 0; i < 10_000; i++) {
            learnt.learn(json("{'coin" + i + "':1}"), LearntShape.MAX_PLACES);
        }
        assertThat(learnt.isGivenUp()).isTrue();
        assertThat(learnt.contains("$.another")).isTrue();
    }

    @Test
    void another_kind_value_or_magnitude_is_new_and_a_null_is_not() throws MalformedPayload {
        LearntShape shape = learnt("{'p':'1.5','s':'buy','n':3}", "{'p':'2.5','s':'sell','n':null}");
        assertThat(news(shape, "{'p':'150','s':'sell','n':4}")).isEmpty();
        assertThat(news(shape, "{'p':null,'s':null,'n':null}")).isEmpty();
        assertThat(news(shape, "{'p':'2','s':'short','n':4,'q':1}"))
                .containsExactly("$.s has a value that was never seen", "$.q is new");
        assertThat(news(shape, "{'p':2,'s':'buy','n':'x'}"))
                .containsExactly("$.p is a number, not a number in a text", "$.n is a text, not a number");
        assertThat(news(shape, "{'p':'123456789.5','s':'buy','n':3}"))
                .containsExactly("$.p is of another order of magnitude");
    }

    @Test
    void texts_that_may_be_anything_are_no_closed_set() throws MalformedPayload {
        var names = new String[12];
        for (int i = 0; i < names.length; i++) {
            names[i] = "{'id':'coin-" + i + "'}";
        }
        var shape = new LearntShape();
        for (int i = 0; i < 200; i++) {
            shape.learn(json(names[i % names.length]), LearntShape.MAX_PLACES);
        }
        assertThat(news(shape, "{'id':'another'}")).isEmpty();
    }

    @Test
    void a_row_with_fewer_columns_or_one_of_another_kind_has_moved() throws MalformedPayload {
        LearntShape shape = learnt("[[1,'2.5','x'],[2,null,'y']]");
        assertThat(shape.moved(json("[[3,'4','z']]"))).isEmpty();
        assertThat(shape.moved(json("[[3,'4',null]]"))).isEmpty();
        assertThat(shape.moved(json("[[3,'4']]"))).containsExactly("$[] has 2 items, not 3");
        assertThat(shape.moved(json("[[3,'z','4']]")))
                .containsExactly(
                        "$[][1] is a text, not a number in a text", "$[][2] is a number in a text, not a text");
        assertThat(shape.moved(json("[['3',4,'z']]")))
                .containsExactly(
                        "$[][0] is a number in a text, not a number", "$[][1] is a number, not a number in a text");
        assertThat(shape.moved(json("[['x','3','4','z']]")))
                .as("with a column before the others")
                .isNotEmpty();
        assertThat(news(shape, "[[3,'4','x',5]]")).containsExactly("$[] has more than 3 items");
    }

    @Test
    void a_row_whose_numbers_all_stand_in_texts_or_no_longer_do_has_not_moved() throws MalformedPayload {
        LearntShape numbers = learnt("[[1,2.5,3],[2,null,4]]");
        assertThat(numbers.moved(json("[['1','2.5','3']]"))).isEmpty();
        assertThat(numbers.moved(json("[['1',2.5,'3']]"))).isNotEmpty();
        assertThat(numbers.moved(json("[['9','1','2.5','3']]")))
                .as("with a column before the others")
                .isNotEmpty();
        assertThat(learnt("[['1','2.5','3']]").moved(json("[[1,2.5,3]]"))).isEmpty();
        LearntShape mixed = learnt("[['1','2.5',3]]");
        assertThat(mixed.moved(json("[['1','2.5','3']]"))).isEmpty();
        assertThat(mixed.moved(json("[['9','1','2.5','3']]"))).isNotEmpty();
        assertThat(mixed.moved(json("[['9','1','2.5',3]]"))).isNotEmpty();
    }

    @Test
    void a_row_of_both_that_is_written_anew_has_moved_unless_each_magnitude_is_one_of_its_column()
            throws MalformedPayload {
        LearntShape candles = learnt("[[1710327600000,'73260.0','49.56',1710331200000,'3633995.45']]");
        assertThat(candles.moved(json("[['1710327600000','73260.0','49.56','1710331200000','3633995.45']]")))
                .isEmpty();
        assertThat(candles.moved(json("[[1710327600000,71000,0,1710331200000,2633995]]")))
                .isEmpty();
        assertThat(candles.moved(json("[['1710327600000','73260.0','3633995.45','1710331200000','49.56']]")))
                .contains("$[][0] is a number in a text, not a number");
        assertThat(candles.moved(json("[[1710327600000,73260.0,3633995.45,1710331200000,49.56]]")))
                .contains("$[][2] is a number, not a number in a text");
    }

    @Test
    void a_row_whose_numbers_have_become_words_has_moved() throws MalformedPayload {
        LearntShape levels = learnt("{'bids':[['1.2','3.4']]}");
        assertThat(levels.moved(json("{'bids':[['$1.2','$3.4']]}"))).hasSize(2);
        assertThat(news(levels, "{'bids':[['1.2','3.4']],'tags':[['a','b']]}")).containsExactly("$.tags is new");
    }

    @Test
    void a_text_that_stands_for_a_missing_number_is_no_value() throws MalformedPayload {
        LearntShape shape = learnt("[[1,'2.5','3']]");
        for (String none : List.of("", "NaN", "-", "N/A")) {
            assertThat(shape.moved(json("[[1,'" + none + "','3']]"))).isEmpty();
        }
    }

    @Test
    void a_list_of_names_may_become_shorter() throws MalformedPayload {
        LearntShape shape = learnt("[['BTCUSD','ETHUSD','LTCUSD']]");
        assertThat(shape.moved(json("[['BTCUSD','ETHUSD']]"))).isEmpty();
    }

    @Test
    void what_has_no_room_is_given_up_and_keeps_nothing() throws MalformedPayload {
        var shape = new LearntShape();
        for (int i = 0; i < 40; i++) {
            shape.learn(json("{'a':1,'b':2,'c':3}"), 2);
        }
        assertThat(shape.isGivenUp()).isTrue();
        assertThat(shape.isKnown()).isFalse();
        assertThat(shape.size()).isZero();
    }

    @Test
    void only_rows_count_unless_the_document_could_not_be_read() throws MalformedPayload {
        LearntShape shape = learnt("{'price':1.5,'note':'x'}");
        assertThat(shape.moved(json("{'price':{'last':1.5},'note':'x'}"))).isEmpty();
        assertThat(shape.retyped(json("{'price':{'last':1.5},'note':'x'}")))
                .containsExactly("$.price is an object, not a number");
    }

    @Test
    void what_was_learnt_is_the_same_after_it_was_written_and_read() throws MalformedPayload {
        LearntShape shape = learnt("[[1,'2.5','buy'],[2,null,'sell']]");
        LearntShape read = LearntShape.parse(shape.lines()).orElseThrow();
        assertThat(read.lines()).isEqualTo(shape.lines());
        assertThat(read.isKnown()).isTrue();
        assertThat(read.moved(json("[[3,'4']]"))).containsExactly("$[] has 2 items, not 3");
        assertThat(news(read, "[[3,'4','short']]")).containsExactly("$[][2] has a value that was never seen");
    }

    @Test
    void lines_that_are_none_teach_nothing() {
        assertThat(LearntShape.parse(List.of("x"))).isEmpty();
        assertThat(LearntShape.parse(List.of("1f 1 2"))).isEmpty();
        assertThat(LearntShape.parse(List.of("1f 1 2 3 4 5 zz"))).isEmpty();
        assertThat(LearntShape.parse(List.of())).isEmpty();
    }
}
