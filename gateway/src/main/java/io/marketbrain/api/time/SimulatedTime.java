package io.marketbrain.api.time;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** What the time is for the requests below a path. Immutable. */
public sealed interface SimulatedTime {
    /** Always the same instant. */
    record Standing(Instant instant) implements SimulatedTime {}

    /**
     * A time that runs: it was {@code start} at {@code since}, and has passed {@code speed} times as fast from then on.
     *
     * @param since an instant of the gateway's clock; until then it is {@code start}
     */
    record Running(Instant start, BigDecimal speed, Instant since) implements SimulatedTime {
        private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

        /** The time when the gateway's clock says {@code now}. */
        public Instant at(Instant now) {
            if (!now.isAfter(since)) {
                return start;
            }
            Duration real = Duration.between(since, now);
            BigDecimal nanos = BigDecimal.valueOf(real.getSeconds())
                    .multiply(NANOS)
                    .add(BigDecimal.valueOf(real.getNano()))
                    .multiply(speed)
                    .setScale(0, RoundingMode.DOWN);
            BigDecimal[] parts = nanos.divideAndRemainder(NANOS);
            return start.plusSeconds(parts[0].longValueExact()).plusNanos(parts[1].longValueExact());
        }
    }

    /** The time of a clock that the client sets and advances. */
    record Stepped(String clock) implements SimulatedTime {}
}
