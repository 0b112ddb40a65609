package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The indicators of the dashboard, computed by the browser, against formulas that are written out here. */
class DashboardIndicatorsTest {
    private static final int BARS = 80;
    private static final Offset<Double> EXACT = within(1e-9);

    private static TestBrowser browser;
    private static Page page;
    private static String module;

    private final double[] closes = new double[BARS];

    DashboardIndicatorsTest() {
        for (int i = 0; i < BARS; i++) {
            closes[i] = 100 + 10 * Math.sin(i * 0.7) + i * 0.13 + (i * 7919 % 13) * 0.31;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        browser = new TestBrowser();
        page = browser.browser().newPage();
        module = TestBrowser.moduleAddress("indicators.js");
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    private Object inBrowser(String expression) {
        return page.evaluate(
                "({values, module}) => import(module).then(it => " + expression + ")",
                Map.of("values", Arrays.stream(closes).boxed().toList(), "module", module));
    }

    @Test
    void a_comparison_moves_in_the_direction_of_the_other_symbol_also_below_zero() {
        String bars = "[%s, %s, %s].map((close, time) => ({time, close}))";
        String call = "it.rebased(%s.map(bar => ({bar})), %s, 0)".formatted(bars, bars);
        assertThat(inBrowser(call.formatted(100, 1, 1, 50, 55, 45) + ".values")).isEqualTo(List.of(100, 110, 90));
        assertThat(inBrowser(call.formatted(-100, 1, 1, 50, 55, 45) + ".values"))
                .isEqualTo(List.of(-100, -90, -110));
        assertThat(inBrowser(call.formatted(100, 1, 1, -50, -45, -55) + ".values"))
                .isEqualTo(List.of(100, 110, 90));
        assertThat(inBrowser(call.formatted(100, 200, 1, 0, 50, 25) + ".values"))
                .isEqualTo(List.of(0, 200, 100));
    }

    private static List<?> list(Object result) {
        return (List<?>) result;
    }

    private static @Nullable Double at(List<?> values, int i) {
        return values.get(i) == null ? null : ((Number) values.get(i)).doubleValue();
    }

    private double mean(int last, int length) {
        double sum = 0;
        for (int i = last - length + 1; i <= last; i++) {
            sum += closes[i];
        }
        return sum / length;
    }

    /** An exponential average, begun with the mean of the first values, unrolled from its definition for each place. */
    private static double exponential(double[] values, int last, int length) {
        double factor = 2.0 / (length + 1);
        double seed = 0;
        for (int i = 0; i < length; i++) {
            seed += values[i];
        }
        double result = seed / length * Math.pow(1 - factor, last - length + 1);
        for (int i = length; i <= last; i++) {
            result += factor * values[i] * Math.pow(1 - factor, last - i);
        }
        return result;
    }

    @Test
    void averages_are_those_of_their_definition() {
        List<?> sma = list(inBrowser("it.sma(values, 20)"));
        List<?> ema = list(inBrowser("it.ema(values, 20)"));
        assertThat(at(sma, 18)).isNull();
        assertThat(at(ema, 18)).isNull();
        for (int i = 19; i < BARS; i++) {
            assertThat(at(sma, i)).isCloseTo(mean(i, 20), EXACT);
            assertThat(at(ema, i)).isCloseTo(exponential(closes, i, 20), EXACT);
        }
    }

    @Test
    void bollinger_bands_are_two_deviations_around_the_mean() {
        Map<?, ?> bands = (Map<?, ?>) inBrowser("it.bollinger(values, 20, 2)");
        for (int i = 19; i < BARS; i++) {
            double squares = 0;
            for (int j = i - 19; j <= i; j++) {
                squares += closes[j] * closes[j];
            }
            double deviation = Math.sqrt(squares / 20 - mean(i, 20) * mean(i, 20));
            assertThat(at(list(bands.get("upper")), i)).isCloseTo(mean(i, 20) + 2 * deviation, within(1e-6));
            assertThat(at(list(bands.get("lower")), i)).isCloseTo(mean(i, 20) - 2 * deviation, within(1e-6));
        }
    }

    @Test
    void the_relative_strength_is_smoothed_as_by_wilder() {
        List<?> rsi = list(inBrowser("it.rsi(values, 14)"));
        assertThat(at(rsi, 13)).isNull();
        for (int last = 14; last < BARS; last++) {
            double up = 0;
            double down = 0;
            for (int i = 1; i <= last; i++) {
                double weight = i <= 14 ? Math.pow(13 / 14.0, last - 14) / 14 : Math.pow(13 / 14.0, last - i) / 14;
                up += weight * Math.max(0, closes[i] - closes[i - 1]);
                down += weight * Math.max(0, closes[i - 1] - closes[i]);
            }
            assertThat(at(rsi, last)).isCloseTo(100 * up / (up + down), EXACT);
        }
    }

    @Test
    void macd_is_the_difference_of_two_averages_and_its_signal_their_average() {
        Map<?, ?> macd = (Map<?, ?>) inBrowser("it.macd(values, 12, 26, 9)");
        double[] line = new double[BARS - 25];
        for (int i = 25; i < BARS; i++) {
            line[i - 25] = exponential(closes, i, 12) - exponential(closes, i, 26);
            assertThat(at(list(macd.get("line")), i)).isCloseTo(line[i - 25], EXACT);
        }
        assertThat(at(list(macd.get("signal")), 32)).isNull();
        for (int i = 33; i < BARS; i++) {
            double signal = exponential(line, i - 25, 9);
            assertThat(at(list(macd.get("signal")), i)).isCloseTo(signal, EXACT);
            assertThat(at(list(macd.get("histogram")), i)).isCloseTo(line[i - 25] - signal, EXACT);
        }
    }

    @Test
    void the_volume_weighted_average_begins_anew_with_each_session() {
        List<?> vwap = list(inBrowser(
                "it.vwap(values.map((close, i) => ({time: i, high: close + 2, low: close - 1, close, volume: i + 1})),"
                        + " time => Math.floor(time / 10))"));
        for (int i = 0; i < BARS; i++) {
            double value = 0;
            double volume = 0;
            for (int j = i - i % 10; j <= i; j++) {
                value += (closes[j] + 1 / 3.0) * (j + 1);
                volume += j + 1;
            }
            assertThat(at(vwap, i)).isCloseTo(value / volume, EXACT);
        }
    }
}
