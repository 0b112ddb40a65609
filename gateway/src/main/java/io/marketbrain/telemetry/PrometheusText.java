package io.marketbrain.telemetry;

import io.marketbrain.telemetry.Metric.Distribution;
import io.marketbrain.telemetry.Metric.Sample;
import io.marketbrain.telemetry.Metric.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes metrics in Prometheus's text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/).
 * Written without a library, because the format is small and a library would slow down the start.
 */
public final class PrometheusText {
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private PrometheusText() {}

    public static String write(List<Metric> metrics) {
        var out = new StringBuilder(4096);
        for (Metric metric : metrics) {
            out.append("# HELP ").append(metric.name()).append(' ');
            escape(out, metric.help(), false);
            out.append("\n# TYPE ").append(metric.name()).append(' ');
            out.append(metric.kind().wire()).append('\n');
            for (Sample sample : metric.samples()) {
                switch (sample) {
                    case Value value -> line(out, metric.name(), value.labels(), number(value.value()));
                    case Distribution distribution -> distribution(out, metric.name(), distribution);
                }
            }
        }
        return out.toString();
    }

    private static void distribution(StringBuilder out, String name, Distribution d) {
        long upTo = 0;
        for (int i = 0; i < d.counts().size(); i++) {
            upTo += d.counts().get(i);
            var labels = new TreeMap<>(d.labels());
            labels.put("le", i < d.bounds().size() ? number(d.bounds().get(i)) : "+Inf");
            line(out, name + "_bucket", labels, Long.toString(upTo));
        }
        line(out, name + "_sum", d.labels(), number(d.sum()));
        line(out, name + "_count", d.labels(), Long.toString(upTo));
    }

    private static void line(StringBuilder out, String name, Map<String, String> labels, String value) {
        out.append(name);
        if (!labels.isEmpty()) {
            char before = '{';
            for (var label : new TreeMap<>(labels).entrySet()) {
                out.append(before).append(label.getKey()).append("=\"");
                escape(out, label.getValue(), true);
                out.append('"');
                before = ',';
            }
            out.append('}');
        }
        out.append(' ').append(value).append('\n');
    }

    private static void escape(StringBuilder out, String text, boolean quotes) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '"' -> out.append(quotes ? "\\\"" : "\"");
                default -> out.append(c);
            }
        }
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
