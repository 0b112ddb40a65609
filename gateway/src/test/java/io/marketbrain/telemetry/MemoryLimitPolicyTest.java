package io.marketbrain.telemetry;

import static io.marketbrain.telemetry.MemoryLimitPolicy.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryLimitPolicyTest {
    @Test
    void without_a_limit_or_with_enough_memory_it_starts() {
        assertThat(MemoryLimitPolicy.refusal(OptionalLong.empty(), MemoryLimitPolicyTest::unasked))
                .isEmpty();
        assertThat(MemoryLimitPolicy.refusal(OptionalLong.of(96 * MIB), MemoryLimitPolicyTest::unasked))
                .isEmpty();
    }

    private static boolean unasked() {
        throw new AssertionError("asked for the compiler although it does not matter");
    }

    @Test
    void from_64_to_96_megabytes_it_starts_without_the_optimizing_compiler_only() {
        assertThat(MemoryLimitPolicy.refusal(OptionalLong.of(64 * MIB), () -> false))
                .isEmpty();
        assertThat(MemoryLimitPolicy.refusal(OptionalLong.of(96 * MIB - 1), () -> true))
                .hasValueSatisfying(line -> assertThat(line)
                        .contains("is 95 MiB", "at least 96 MiB", "set JDK_JAVA_OPTIONS=-XX:TieredStopAtLevel=1"));
    }

    @Test
    void below_64_megabytes_it_does_not_start() {
        assertThat(MemoryLimitPolicy.refusal(OptionalLong.of(64 * MIB - 1), () -> false))
                .contains("the memory limit of this control group is 63 MiB, "
                        + "but the gateway needs at least 64 MiB; raise the limit");
    }

    @Test
    void the_last_compiler_flag_counts() {
        assertThat(MemoryLimitPolicy.optimizes(List.of())).isTrue();
        assertThat(MemoryLimitPolicy.optimizes(List.of("-Xint"))).isFalse();
        assertThat(MemoryLimitPolicy.optimizes(List.of("-XX:TieredStopAtLevel=1")))
                .isFalse();
        assertThat(MemoryLimitPolicy.optimizes(List.of("-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=4")))
                .isTrue();
    }

    @Test
    void the_launchers_turn_the_optimizing_compiler_off_below_the_same_limit() throws Exception {
        assertThat(Files.readString(Path.of("src/dist/memory.sh")))
                .contains("\noptimizing_from=" + MemoryLimitPolicy.OPTIMIZING_FROM + "\n");
    }
}
