package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts that the dashboard makes of numbers and problems, made by the browser. */
class DashboardFormatTest {
    private static TestBrowser browser;
    private static Page page;
    private static String module;

    @BeforeAll
    static void start() throws IOException {
        browser = new TestBrowser();
        page = browser.browser().newPage();
        module = TestBrowser.moduleAddress("format.js");
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grouped('0.00001234') | 0.00001234",
                "grouped('-37.63') | \u221237.63",
                "grouped('1234567890123.50') | 1,234,567,890,123.50",
                "grouped(null) | \u2013",
                "percent('101', '100') | +1.00 %",
                "percent('-5', '-10') | +50.00 %",
                "percent('-10', '5') | \u2212300.00 %",
                "percent('1', '0') | \u2013",
                "sizeText('1500000000', '0.00001234') | 1.50B",
                "sizeText('12.34', '-37.63') | 12",
                "inWords({title: 'Circuit open', detail: 'circuit open after failures'}) | Circuit open after failures",
                "inWords({title: 'No response', detail: 'try again'}) | No response: try again",
                "inWords({title: 'Forbidden'}) | Forbidden",
                "inWords(new Error('uplot.js could not be loaded')) | uplot.js could not be loaded"
            })
    void numbers_and_problems_are_written_as_expected(String expression, String expected) {
        assertThat(page.evaluate("module => import(module).then(it => String(it." + expression + "))", module))
                .isEqualTo(expected);
    }
}
