package io.marketbrain.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {
    private static final int[] HARMFUL = {
        0, 7, '\t', '\n', '\r', 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x200B, 0x200E, 0x200F, 0x061C, 0x202A, 0x202E, 0x2028,
        0x2029, 0x2060, 0x2066, 0x2069, 0xFEFF, 0xE000, 0xE0041, 0xFFFE, 0x3164, 0x2800, 0xFE0F
    };

    @ParameterizedTest
    @ValueSource(strings = {"BTC", "USDT", "1000SATS", "ADA.S", "BRK-B", "1INCH", "$PEPE", "币安人生", "ETHw", "GBp"})
    void codes_that_markets_use_are_accepted(String code) {
        assertThat(IdentifierText.CODE.findProblem(code)).isEmpty();
        assertThat(IdentifierText.SYMBOL.findProblem(code)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTC-USD", "XBT/USD", "^GSPC", "EURUSD=X", "ES=F", "AAPL@XNAS", "BTC/USDT:USDT", ".BXBT"})
    void symbols_that_providers_use_are_accepted(String symbol) {
        assertThat(IdentifierText.SYMBOL.findProblem(symbol)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "=cmd|' /C calc'!A0", "+1", "-BTC", "@SUM(A1)", "BTC USD", " BTC", "BTC\r\nX-Header: 1",
                        "\u202EBTC",
                "BTC\u200B", "B\u0000", "\u0665\u0666", "BTC\uD83D", "a,b", "\"BTC\"", "<b>", "B|C", "B/C", "A\u3164"
            })
    void codes_that_could_mislead_or_run_are_refused(String code) {
        assertThat(IdentifierText.CODE.findProblem(code)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void no_identifier_is_empty_too_long_or_has_characters_that_are_not_seen(IdentifierText rule) {
        assertThat(rule.findProblem("")).contains("is empty");
        assertThat(rule.findProblem("A".repeat(rule.maxLength()))).isEmpty();
        assertThat(rule.findProblem("A".repeat(rule.maxLength() + 1))).isPresent();
        for (int c : HARMFUL) {
            String text = "A" + Character.toString(c) + "B";
            assertThat(rule.findProblem(text)).as("U+%04X", c).isPresent();
        }
        assertThat(rule.findProblem("A\uDC00B")).isPresent();
        assertThat(rule.findProblem("A\uD83D")).isPresent();
    }

    @Test
    void an_identifier_has_one_form_of_each_letter() {
        assertThat(IdentifierText.CODE.isValid("CAF\u00C9")).isTrue();
        assertThat(IdentifierText.CODE.findProblem("\u212BX")).contains("is not in Unicode normalization form C");
    }

    @Test
    void symbols_are_compared_without_the_case_of_a_to_z_and_in_one_form_of_each_letter() {
        assertThat(SymbolText.canonical("BTC/USDT")).isEqualTo("BTC/USDT");
        assertThat(SymbolText.canonical("btc/Usdt")).isEqualTo("BTC/USDT");
        assertThat(SymbolText.canonical("Cafe\u0301")).isEqualTo("CAF\u00E9");
        assertThat(SymbolText.canonical("b\u0131t")).as("not BIT").isEqualTo("B\u0131T");
        assertThat(SymbolText.canonical("stra\u00DFe")).isEqualTo("STRA\u00DFE");
    }

    @Test
    void what_is_wrong_is_said_without_quoting_the_text() {
        assertThat(IdentifierText.CODE.findProblem("BTC\u202Eevil"))
                .contains("has a character that is not allowed: U+202E");
    }

    @ParameterizedTest
    @EnumSource
    void prose_loses_what_is_not_seen_and_keeps_the_rest(ProseText rule) {
        for (int c : HARMFUL) {
            if (c != 0xFE0F) {
                String cleaned = rule.clean("A" + Character.toString(c) + "B");
                assertThat(cleaned).as("U+%04X", c).isIn("AB", "A B");
            }
        }
        assertThat(rule.clean("Bank says \u201Eno\u201C \u2014 5 % – 東京, שלום"))
                .isEqualTo("Bank says \u201Eno\u201C \u2014 5 % – 東京, שלום");
        assertThat(rule.clean("👩\u200D🚀 up \u2764\uFE0F")).isEqualTo("👩\u200D🚀 up \u2764\uFE0F");
        assertThat(rule.clean("  two\r\n\r\nlines  ")).isEqualTo("two lines");
        assertThat(rule.clean("half \uD83D pair")).isEqualTo("half \uFFFD pair");
        assertThat(rule.clean("")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void prose_that_is_too_long_is_cut_with_a_mark_and_never_within_a_character(ProseText rule) {
        assertThat(rule.clean("x".repeat(rule.maxLength())))
                .hasSize(rule.maxLength())
                .doesNotContain("…");
        assertThat(rule.clean("x".repeat(500_000))).hasSize(rule.maxLength()).endsWith("x…");
        for (int shift : new int[] {0, 1}) {
            String cut = rule.clean("x".repeat(shift) + "🚀".repeat(rule.maxLength()));
            assertThat(cut).endsWith("🚀…");
            assertThat(cut.length()).isBetween(rule.maxLength() - 1, rule.maxLength());
        }
    }

    @Test
    void only_web_addresses_are_links() {
        assertThat(LinkText.find("https://example.com/a?b=c#d")).contains("https://example.com/a?b=c#d");
        for (String bad : new String[] {
            "",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//example.com",
            "https://",
            "https:///x",
            "https://user:secret@example.com/",
            "https://example.com/ a",
            "https://example.com/\u202E",
            "HTTP//x",
            "https://example.com/" + "x".repeat(LinkText.MAX_LENGTH)
        }) {
            assertThat(LinkText.find(bad)).as(bad).isEmpty();
        }
    }

    @Test
    void a_cell_is_never_a_formula() {
        assertThat(CsvCell.of("=cmd|' /C calc'!A0")).isEqualTo("'=cmd|' /C calc'!A0");
        assertThat(CsvCell.of("@SUM(A1)")).startsWith("'@");
        assertThat(CsvCell.of("-2+3")).startsWith("'-");
        assertThat(CsvCell.of("\tx")).startsWith("\"'\t");
        assertThat(CsvCell.of("\r=1")).startsWith("\"'\r");
        assertThat(CsvCell.of("-12.5e-3")).isEqualTo("-12.5e-3");
        assertThat(CsvCell.of("+1")).isEqualTo("+1");
        assertThat(CsvCell.of("say \"no\", twice")).isEqualTo("\"say \"\"no\"\", twice\"");
        assertThat(CsvCell.of("binance")).isEqualTo("binance");
    }

    @Test
    void every_character_is_either_kept_or_removed_the_same_way_twice() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT).forEach(c -> {
            String once = ProseText.TITLE.clean("A" + Character.toString(c) + "B");
            if (!ProseText.TITLE.clean(once).equals(once)) {
                throw new AssertionError("U+%04X".formatted(c));
            }
        });
    }
}
