package io.marketbrain.api.access;

import io.marketbrain.telemetry.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/** Counts requests that access control rejected, by reason. Thread-safe. */
public final class RejectionCounters {
    /** Why a request was rejected. */
    enum Reason {
        WRONG_KEY,
        NO_KEY,
        NOT_ADMIN,
        TOO_MANY,
        UNKNOWN_HOST,
        OTHER_ORIGIN;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

    RejectionCounters() {
        for (Reason reason : Reason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    void count(Reason reason) {
        adder(reason).increment();
    }

    long of(Reason reason) {
        return adder(reason).sum();
    }

    private LongAdder adder(Reason reason) {
        return java.util.Objects.requireNonNull(counts.get(reason));
    }

    public void each(ObjLongConsumer<String> use) {
        counts.forEach((reason, count) -> use.accept(reason.wire(), count.sum()));
    }

    public Metric metric() {
        List<Metric.Sample> samples = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            samples.add(new Metric.Value(Map.of("reason", reason.wire()), of(reason)));
        }
        return new Metric(
                "marketbrain_turned_away_total", Metric.Kind.COUNTER, "Requests rejected by access control.", samples);
    }
}
