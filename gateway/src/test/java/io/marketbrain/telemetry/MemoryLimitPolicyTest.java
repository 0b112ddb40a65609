package io.marketbrain.telemetry;

import static io.marketbrain.telemetry.MemoryLimitPolicy.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryLimitPolicyTest {
    @Test
    void it_starts_without_a_limit_and_from_96_megabytes_on() {
        assertThat(MemoryLimitPolicy.refusal(OptionalLong.empty())).isEmpty();
        assertThat(MemoryLimitPolicy.refusal(OptionalLong.of(96 * MIB))).isEmpty();
    }

    @Test
    void below_96_megabytes_it_does_not_start() {
        assertThat(MemoryLimitPolicy.refusal(OptionalLong.of(96 * MIB - 1)))
                .contains("the memory limit of this control group is 95 MiB, "
                        + "but the gateway needs at least 96 MiB; raise the limit");
    }
}
