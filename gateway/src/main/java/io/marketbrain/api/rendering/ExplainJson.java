package io.marketbrain.api.rendering;

import io.marketbrain.pipeline.TraceRecorder;
import java.math.BigDecimal;
import java.time.Duration;

/** Writes what every layer did for one request as JSON. Durations are in seconds, with microsecond precision. */
final class ExplainJson {
    private ExplainJson() {}

    static void write(JsonDocument json, TraceRecorder recorder) {
        json.child(
                "explain",
                explain -> explain.number("total", seconds(recorder.elapsed()))
                        .objects("layers", recorder.steps(), (item, step) -> {
                            item.put("layer", step.layer())
                                    .put("depth", (long) step.depth())
                                    .number("start", seconds(step.start()))
                                    .number("took", seconds(step.took()))
                                    .put("outcome", step.outcome());
                            item.child(
                                    "notes", notes -> step.notes().forEach((name, value) -> note(notes, name, value)));
                        }));
    }

    private static void note(JsonDocument json, String name, Object value) {
        switch (value) {
            case Duration duration -> json.number(name, seconds(duration));
            case Boolean flag -> json.put(name, flag.booleanValue());
            case Long number -> json.put(name, number.longValue());
            case Integer number -> json.put(name, number.longValue());
            default -> json.put(name, value.toString());
        }
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos() / 1000, 6);
    }
}
