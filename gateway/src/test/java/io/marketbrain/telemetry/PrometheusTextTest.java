package io.marketbrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.telemetry.Metric.Distribution;
import io.marketbrain.telemetry.Metric.Kind;
import io.marketbrain.telemetry.Metric.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks the output against the examples in Prometheus's description of the format. */
class PrometheusTextTest {
    @Test
    void a_counter_has_help_type_and_one_line_per_sample_with_sorted_labels() {
        var metric = new Metric(
                "http_requests_total",
                Kind.COUNTER,
                "The total number of HTTP requests.",
                List.of(new Value(Map.of("method", "post", "code", "200"), 1027)));
        assertThat(PrometheusText.write(List.of(metric))).isEqualTo("""
                        # HELP http_requests_total The total number of HTTP requests.
                        # TYPE http_requests_total counter
                        http_requests_total{code="200",method="post"} 1027
                        """);
    }

    @Test
    void line_ends_and_quotes_are_escaped() {
        var metric = new Metric(
                "files",
                Kind.GAUGE,
                "A \\ and a\nnew \"line\"",
                List.of(new Value(Map.of("path", "C:\\DIR\\\"x\"\n"), 1.458255915e9)));
        assertThat(PrometheusText.write(List.of(metric))).isEqualTo("""
                        # HELP files A \\\\ and a\\nnew "line"
                        # TYPE files gauge
                        files{path="C:\\\\DIR\\\\\\"x\\"\\n"} 1458255915
                        """);
    }

    @Test
    void a_histogram_counts_upwards_and_ends_with_infinity_sum_and_count() {
        var metric = new Metric(
                "seconds",
                Kind.HISTOGRAM,
                "Time.",
                List.of(new Distribution(Map.of("path", "/"), List.of(0.05, 1.0), List.of(3L, 2L, 1L), 53.5)));
        assertThat(PrometheusText.write(List.of(metric))).endsWith("""
                        seconds_bucket{le="0.05",path="/"} 3
                        seconds_bucket{le="1",path="/"} 5
                        seconds_bucket{le="+Inf",path="/"} 6
                        seconds_sum{path="/"} 53.5
                        seconds_count{path="/"} 6
                        """);
    }

    @Test
    void nan_and_infinity_are_written_by_name() {
        var metric = new Metric(
                "x",
                Kind.GAUGE,
                "X.",
                List.of(
                        new Value(Map.of(), Double.NaN),
                        new Value(Map.of(), Double.POSITIVE_INFINITY),
                        new Value(Map.of(), Double.NEGATIVE_INFINITY),
                        new Value(Map.of(), 1e300)));
        assertThat(PrometheusText.write(List.of(metric))).endsWith("x NaN\nx +Inf\nx -Inf\nx 1.0E300\n");
    }
}
