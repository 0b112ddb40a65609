package io.marketbrain.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
    private static PayloadNode read(String text) throws MalformedPayload {
        return read(text, CsvFormat.USUAL, PayloadLimits.defaults());
    }

    private static PayloadNode read(String text, CsvFormat format, PayloadLimits limits) throws MalformedPayload {
        return CsvReader.read(text.getBytes(StandardCharsets.UTF_8), format, limits);
    }

    private static PayloadLimits limits(int tokens, int textLength, int elements) {
        return new PayloadLimits(1 << 20, 1 << 20, tokens, 64, 20, textLength, 30, 100, elements, 1);
    }

    private static PayloadNode cell(PayloadNode document, int row, String column) throws MalformedPayload {
        return document.items().get(row).named(column).getFirst();
    }

    @Test
    void a_page_is_no_table() {
        assertThatThrownBy(() -> read("\n<html>\n<body>a,b</body>\n</html>\n"))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage("a page of HTML or XML where CSV should be");
    }

    @Test
    void cells_are_found_by_the_name_of_their_column_with_every_digit() throws MalformedPayload {
        PayloadNode document = read("\uFEFFdate,rate\r\n2026-01-02,1.6600\r\n2026-01-03,1.5E-3\r\n");
        assertThat(document.items()).hasSize(2);
        assertThat(cell(document, 0, "rate").decimal()).isEqualTo(new BigDecimal("1.6600"));
        assertThat(cell(document, 1, "rate").decimal()).isEqualTo(new BigDecimal("1.5E-3"));
        assertThat(document.items().getFirst().named("other")).isEmpty();
    }

    @Test
    void quoted_cells_contain_separators_line_breaks_and_quotation_marks() throws MalformedPayload {
        PayloadNode document = read("a,b\n\"x,\n\"\"y\"\"\",2");
        assertThat(cell(document, 0, "a").text()).isEqualTo("x,\n\"y\"");
        assertThat(cell(document, 0, "b").text()).isEqualTo("2");
    }

    @Test
    void a_preamble_another_separator_and_a_decimal_comma_are_understood() throws MalformedPayload {
        var format = new CsvFormat(
                '|', true, 1, "", new NumberMarks(',', NumberMarks.NONE), true, false, "", StandardCharsets.UTF_8);
        PayloadNode document = read("05.04.2016 #65\ncode|rate\nEUR|27,0350\n", format, PayloadLimits.defaults());
        assertThat(document.named("@preamble").getFirst().text()).isEqualTo("05.04.2016 #65");
        assertThat(cell(document, 0, "rate").decimal()).isEqualTo(new BigDecimal("27.0350"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OBSERVATIONS", "\"OBSERVATIONS\""})
    void a_table_after_others_begins_after_its_heading(String heading) throws MalformedPayload {
        var format = new CsvFormat(
                ',',
                true,
                0,
                "OBSERVATIONS",
                new NumberMarks('.', NumberMarks.NONE),
                true,
                false,
                "",
                StandardCharsets.UTF_8);
        String text = "\"SERIES\"\n\"id\",\"label\"\n\"FX\",\"x\"\n\n%s\n\"date\",\"FX\"\n2026-03-13,1.3716\n";
        PayloadNode document = read(text.formatted(heading), format, PayloadLimits.defaults());
        assertThat(cell(document, 0, "FX").decimal()).isEqualTo(new BigDecimal("1.3716"));
        assertThatThrownBy(() -> read(text.formatted("NAMES"), format, PayloadLimits.defaults()))
                .isInstanceOf(MalformedPayload.class);
    }

    @Test
    void comments_and_another_encoding_are_understood() throws MalformedPayload {
        var format = new CsvFormat(
                ';', true, 0, "", new NumberMarks(',', '.'), false, false, "#", Charset.forName("windows-1252"));
        byte[] body =
                "# Kurse\n\nTag;Schluß\n\n# neu\r\n\r\n2.1.;1.234,50\n#".getBytes(Charset.forName("windows-1252"));
        PayloadNode document = CsvReader.read(body, format, PayloadLimits.defaults());
        assertThat(document.items()).hasSize(1);
        assertThat(cell(document, 0, "Schluß").decimal()).isEqualTo(new BigDecimal("1234.50"));
    }

    @Test
    void without_names_columns_are_found_by_place() throws MalformedPayload {
        PayloadNode document = read(
                "1;2\n3;4",
                new CsvFormat(
                        ';',
                        false,
                        0,
                        "",
                        new NumberMarks('.', NumberMarks.NONE),
                        false,
                        false,
                        "",
                        StandardCharsets.UTF_8),
                PayloadLimits.defaults());
        assertThat(cell(document, 1, "1").text()).isEqualTo("4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n ",
                "a,b",
                "a,b\n",
                "a,a\n1,2",
                "a,b\n1",
                "a,b\n1,2,3",
                "a\n\"x",
                "a\n\"x\"y",
                "a\nx\"y",
                "a\n\0"
            })
    void what_is_not_a_complete_table_is_malformed(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedPayload.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,000.5", "1 000", "0x10", "1e999999999", "NaN", "\u0661", "1.2.3", "--1", "", "1d"})
    void a_number_is_plain_digits_or_it_is_none(String text) throws MalformedPayload {
        PayloadNode cell = cell(read("a\n\"" + text + "\"\n"), 0, "a");
        assertThatThrownBy(cell::decimal).isInstanceOf(MalformedPayload.class);
    }

    @Test
    void a_point_is_no_decimal_where_the_comma_is_the_mark() throws MalformedPayload {
        var format = new CsvFormat(
                ';', true, 0, "", new NumberMarks(',', NumberMarks.NONE), false, false, "", StandardCharsets.UTF_8);
        PayloadNode cell = cell(read("a\n1.000,5\n", format, PayloadLimits.defaults()), 0, "a");
        assertThatThrownBy(cell::decimal).isInstanceOf(MalformedPayload.class);
    }

    @Test
    void a_table_that_ends_within_a_line_is_incomplete_where_every_line_has_an_end() {
        var format = new CsvFormat(
                ',', true, 0, "", new NumberMarks('.', NumberMarks.NONE), true, false, "", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read("a,b\n1,2.3", format, PayloadLimits.defaults()))
                .isInstanceOf(MalformedPayload.class);
    }

    @Test
    void rows_cells_and_texts_are_limited() {
        assertThatThrownBy(() -> read("a\n1\n2\n3\n", CsvFormat.USUAL, limits(100, 100, 2)))
                .hasMessageContaining("rows");
        assertThatThrownBy(() -> read("a,b\n1,2\n3,4\n", CsvFormat.USUAL, limits(5, 100, 100)))
                .hasMessageContaining("cells");
        assertThatThrownBy(() -> read("a\n123456\n", CsvFormat.USUAL, limits(100, 5, 100)))
                .hasMessageContaining("characters");
        assertThatThrownBy(() -> read("x".repeat(21) + "\n1\n", CsvFormat.USUAL, limits(100, 100, 100)))
                .hasMessageContaining("name");
    }

    @Test
    void bytes_that_are_not_utf_8_are_malformed() {
        byte[] body = {'a', '\n', (byte) 0xE9, '\n'};
        assertThatThrownBy(() -> CsvReader.read(body, CsvFormat.USUAL, PayloadLimits.defaults()))
                .isInstanceOf(MalformedPayload.class);
    }
}
