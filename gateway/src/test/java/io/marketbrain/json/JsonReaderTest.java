package io.marketbrain.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reader accepts, what it refuses, and how values are read from it. */
class JsonReaderTest {
    private static final PayloadLimits SMALL = new PayloadLimits(1000, 1000, 20, 4, 5, 8, 6, 30, 5, 2);

    private static JsonValue parse(String text) throws MalformedPayload {
        return JsonValue.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] latin(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void refused(byte[] body) {
        assertThatThrownBy(() -> JsonValue.parse(body)).isInstanceOf(MalformedPayload.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "\"",
                "\"a",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "[1",
                "[1,",
                "tru",
                "nul",
                "-",
                "{a:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "{\"a\":1,}",
                "{,}",
                "{1:2}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1}",
                "{\"a\":1]",
                "1 2",
                "{} {}",
                "[]]",
                "null,",
                "[] x",
                "// no\n1",
                "[1/*no*/]",
                "#",
                "NaN",
                "Infinity",
                "-Infinity",
                "True",
                "nulL",
                "undefined",
                "01",
                "-01",
                "+1",
                ".5",
                "5.",
                "1e",
                "1e+",
                "1.e5",
                "0x1",
                "1_000",
                "--1",
                "1.2.3",
                "٥",
                "[1٥]",
                "１",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\\"",
                "\"\t\"",
                "\"\n\"",
                "\"\u0000\"",
                "\"\u001f\"",
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\ud800x\"",
                "\"\\ud800\\u0041\"",
                "\"\\ud800\\ud800\"",
                "\"\\ud83d\\n\"",
                "<html></html>",
                "\u000b1",
                "\u00a01",
                "\ufeff"
            })
    void refuses_what_is_not_json(String text) {
        refused(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0080",
                "\u00c0\u0080",
                "\u00c1\u00bf",
                "\u00c3",
                "\u00c3A",
                "\u00e0\u0080\u0080",
                "\u00e2\u0082",
                "\u00ed\u00a0\u0080",
                "\u00ed\u00b0\u0080",
                "\u00f0\u0080\u0080\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00f5\u0080\u0080\u0080",
                "\u00ff",
                "\u00fe",
                "\u00f0\u009f\u0098"
            })
    void refuses_texts_and_names_that_are_not_utf_8(String bytes) {
        refused(latin("\"" + bytes + "\""));
        refused(latin("{\"" + bytes + "\":1}"));
        refused(latin("[\"" + bytes));
    }

    @Test
    void ignores_a_byte_order_mark_of_utf_8_and_refuses_other_encodings() throws MalformedPayload {
        assertThat(parse("\ufeff{\"a\":1}").at("a").integer()).isEqualTo(1);
        refused("{\"a\":1}".getBytes(StandardCharsets.UTF_16));
        refused("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE));
        refused("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE));
        refused(latin("\u00ef\u00bb\u00bf\u00ef\u00bb\u00bf1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":2,\"a\":3}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"\":1,\"\":2}",
                "{\"x\":{\"é\":1,\"\\u00e9\":2}}",
                "[{\"a\":[],\"a\":{}}]",
                "{\"a\":{\"a\":1},\"b\":[{}],\"b\":0}",
                "{\"\\n\":1,\"\\u000a\":1}"
            })
    void refuses_an_object_with_a_name_twice(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("twice");
    }

    @Test
    void finds_a_name_that_stands_twice_among_thousands() {
        var body = new StringBuilder("{");
        for (int i = 0; i < 5000; i++) {
            body.append("\"m").append(i).append("\":[{}],");
        }
        assertThatThrownBy(() -> parse(body + "\"m17\":1}")).hasMessageContaining("twice");
        assertThatThrownBy(() -> parse(body + "\"m\\u00317\":1}")).hasMessageContaining("twice");
    }

    @Test
    void the_same_name_in_different_objects_is_no_duplicate() throws MalformedPayload {
        JsonValue json = parse("{\"a\":{\"a\":{\"a\":1}},\"aa\":2,\"A\":3,\"\":4,\"a \":5}");
        assertThat(json.at("a").at("a").at("a").integer()).isEqualTo(1);
        assertThat(json.at("aa").integer()).isEqualTo(2);
        assertThat(json.at("").integer()).isEqualTo(4);
        assertThat(json.members().keySet()).containsExactly("a", "aa", "A", "", "a ");
    }

    @Test
    void reads_texts_with_escapes_and_every_length_of_utf_8() throws MalformedPayload {
        assertThat(parse("\"\"").text()).isEmpty();
        assertThat(parse("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9z\"").text())
                .isEqualTo("a\"\\/\b\f\n\r\tAéz");
        assertThat(parse("\"é€😀\\ud83d\\ude00\\uD83D\\uDE00\"").text()).isEqualTo("é€😀😀😀");
        assertThat(parse("{\"caf\\u00e9\":1,\"naïve\":2}").at("café").integer()).isEqualTo(1);
        assertThat(parse("{\"caf\\u00e9\":1,\"naïve\":2}").at("naïve").integer())
                .isEqualTo(2);
        assertThat(parse("{\"a\\\"b\":1}").find("a")).isEmpty();
        assertThat(parse("{\"a\\\"b\":1}").at("a\"b").integer()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "-0.0",
                "1",
                "-1",
                "10",
                "0.00000000",
                "50123.45000000",
                "123456789012345678",
                "1234567890123456789",
                "0.123456789012345678",
                "0.1234567890123456789",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                "1e5",
                "1E-5",
                "1.50e+10",
                "-2.5E3",
                "1e100",
                "1e-100",
                "12345678901234567890123456789.123456789012345678901234567890"
            })
    void keeps_the_digits_of_numbers(String digits) throws MalformedPayload {
        assertThat(parse(digits).text()).isEqualTo(digits);
        assertThat(parse(digits).decimal()).isEqualTo(new BigDecimal(digits));
        assertThat(parse("[\"" + digits + "\"]").at(0).decimal()).isEqualTo(new BigDecimal(digits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", ".5", "5.", "+.5", "007", "\\u0031.5"})
    void reads_decimals_in_texts_as_freely_as_before(String digits) throws MalformedPayload {
        assertThat(parse("\"" + digits + "\"").decimal()).isEqualTo(new BigDecimal(digits.replace("\\u0031", "1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1 ",
                " 1",
                "٥",
                "1٥",
                "５",
                "NaN",
                "1e",
                ".",
                "-",
                "+-1",
                "1,5",
                "1..5",
                "0x10",
                "1e101",
                "1e-101",
                "1e999999999",
                "1e-999999999",
                "1e99999999999",
                "1f",
                "1d"
            })
    void refuses_decimals_in_other_scripts_or_sizes(String text) throws MalformedPayload {
        JsonValue value = parse("[\"" + text + "\"]").at(0);
        assertThatThrownBy(value::decimal)
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("$[0] is not a decimal");
    }

    @Test
    void an_exponent_beyond_the_limit_is_malformed_even_if_the_number_is_not_read() {
        for (String number : List.of("1e999999999", "1E-999999999", "0.1e401", "1e" + "9".repeat(90))) {
            refused(("{\"a\":" + number + "}").getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'[1,1,1,1,1,1]', elements",
        "'{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1}', elements",
        "'[[1,1,1,1,1],[1,1,1,1,1],[1,1,1,1,1],[1,1,1,1,1]]', tokens",
        "'[[[[[]]]]]', nesting",
        "'{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}', nesting",
        "'[\"123456789\"]', 'longer than 8'",
        "'{\"123456\":1}', 'longer than 5'",
        "1234567, 'more than 6'",
        "-1e-31, exponent"
    })
    void what_exceeds_a_limit_is_malformed(String text, String said) {
        assertThatThrownBy(() -> JsonValue.parse(text.getBytes(StandardCharsets.UTF_8), SMALL))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,1,1,1,1]",
                "[[[[]]]]",
                "[\"12345678\"]",
                "{\"12345\":1}",
                "123456",
                "1e-30",
                "[[1,1,1,1,1],[1,1,1,1,1],[1,1,1,1,1],[]]"
            })
    void what_reaches_a_limit_exactly_is_read(String text) throws MalformedPayload {
        assertThat(JsonValue.parse(text.getBytes(StandardCharsets.UTF_8), SMALL))
                .isNotNull();
    }

    @Test
    void says_where_in_the_document_something_is_wrong() throws MalformedPayload {
        JsonValue json = parse("{\"x\":[0,{\"rows\":[[1,2],[3,\"four\"]]}],\"\\u202e\":1,\"last\":[true]}");
        JsonValue four = json.at("x").at(1).at("rows").at(1).at(1);
        assertThat(four).hasToString("$.x[1].rows[1][1]");
        assertThatThrownBy(four::decimal).hasMessage("$.x[1].rows[1][1] is not a decimal");
        assertThatThrownBy(() -> json.at("last").at(1)).hasMessage("$.last has 1 items, not 2");
        assertThatThrownBy(() -> json.at("none")).hasMessage("$ has no 'none'");
        assertThat(json.members().get("\u202e").toString()).doesNotContain("\u202e");
    }

    @Test
    void views_of_an_array_go_through_it_in_order() throws MalformedPayload {
        List<JsonValue> items = parse("[1,[2],{\"a\":3},\"4\",[]]").items();
        assertThat(items).hasSize(5);
        assertThat(items.get(2).at("a").integer()).isEqualTo(3);
        assertThat(items.get(3).text()).isEqualTo("4");
        assertThat(items.get(4).items()).isEmpty();
        var read = new ArrayList<String>();
        items.forEach(item -> read.add(item.toString()));
        assertThat(read).containsExactly("$[0]", "$[1]", "$[2]", "$[3]", "$[4]");
        assertThat(parse("[1,2,3]").items().get(2).integer()).isEqualTo(3);
    }

    @Test
    void hands_out_a_long_list_item_by_item() throws MalformedPayload {
        byte[] body = "{\"skip\":[{\"a\":[1]}],\"list\":[{\"n\":1},{\"n\":[2]},3],\"after\":null}"
                .getBytes(StandardCharsets.UTF_8);
        var kept = new ArrayList<JsonValue>();
        JsonValue.forEach(body, PayloadLimits.defaults(), "list", kept::add);
        assertThat(kept).hasSize(3);
        assertThat(kept.get(0).at("n").integer()).isEqualTo(1);
        assertThat(kept.get(1).at("n").at(0)).hasToString("$.list[1].n[0]");
        assertThat(kept.get(2).integer()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"a\":1}",
                "{\"list\":{}}",
                "{\"list\":[1,]}",
                "{\"list\":[1}",
                "{\"list\":[]",
                "{\"list\":[]} x",
                "{\"list\":[],\"list\":[]}",
                "{\"a\":1,\"a\":2,\"list\":[]}",
                "{\"list\":[1,1,1,1,1,1]}",
                "{\"list\":[],}",
                "{\"list\":[[1,1,1,1,1,1]]}",
                "{\"a\":[[[[[]]]]],\"list\":[]}"
            })
    void refuses_a_list_that_is_not_there_or_not_valid_or_too_long(String text) {
        assertThatThrownBy(() -> JsonValue.forEach(text.getBytes(StandardCharsets.UTF_8), SMALL, "list", _ -> {}))
                .isInstanceOf(MalformedPayload.class);
    }

    @Test
    void limits_follow_what_was_asked_for() {
        PayloadLimits five = PayloadLimits.defaults().forRecords(5);
        assertThat(five.elements()).isEqualTo(1005);
        assertThat(five.tokens()).isLessThan(50_000);
        assertThat(five.bodyBytes()).isLessThan(2 << 20);
        PayloadLimits all = PayloadLimits.defaults().forRecords(Integer.MAX_VALUE);
        assertThat(all).isEqualTo(PayloadLimits.defaults());
        assertThat(all.withBodiesUpTo(1000).bodyBytes()).isEqualTo(1000);
        assertThatThrownBy(() -> new PayloadLimits(0, 1, 1, 1, 1, 1, 1, 1, 1, 1))
                .hasMessageContaining("wire_bytes");
    }
}
