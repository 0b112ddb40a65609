package io.marketbrain.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.cli.doctor.CheckResult.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineCheckTest {
    private static final long MIB = 1024 * 1024;
    private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"17.0.15, WRONG", "24, WRONG", "25, GOOD", "25.0.3, GOOD", "26-ea, GOOD"})
    void java_must_be_new_enough(String version, Grade grade) {
        CheckResult finding = MachineCheck.java(Runtime.Version.parse(version), "/jdk");
        assertThat(finding.grade()).isEqualTo(grade);
        assertThat(finding.words()).contains(version, "/jdk");
    }

    @Test
    void a_clock_before_the_build_is_wrong() {
        assertThat(MachineCheck.clock(BUILT.minusSeconds(7200), Optional.of(BUILT))
                        .grade())
                .isEqualTo(Grade.WRONG);
        assertThat(MachineCheck.clock(BUILT.plusSeconds(1), Optional.of(BUILT)).grade())
                .isEqualTo(Grade.GOOD);
        assertThat(MachineCheck.clock(Instant.EPOCH, Optional.empty()).grade()).isEqualTo(Grade.GOOD);
    }

    @ParameterizedTest
    @CsvSource({"127, WRONG", "128, NOTE", "255, NOTE", "256, GOOD"})
    void memory_must_suffice(long mebibytes, Grade grade) {
        assertThat(MachineCheck.memory(OptionalLong.of(mebibytes * MIB)).grade())
                .isEqualTo(grade);
    }

    @Test
    void unknown_memory_is_a_note() {
        assertThat(MachineCheck.memory(OptionalLong.empty()).grade()).isEqualTo(Grade.NOTE);
    }

    @Test
    void the_kernel_says_what_is_available(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("meminfo");
        Files.writeString(file, "MemTotal:       16000 kB\nMemAvailable:    8000 kB\n");
        assertThat(MachineCheck.availableOf(file)).hasValue(8000 * 1024);
        Files.writeString(file, "MemTotal:       16000 kB\n");
        assertThat(MachineCheck.availableOf(file)).isEmpty();
        assertThat(MachineCheck.availableOf(folder.resolve("missing"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"50, true, WRONG", "5000, true, GOOD", "5000, false, NOTE"})
    void the_disk_must_have_room_and_may_be_read_only(long mebibytes, boolean writable, Grade grade) {
        assertThat(MachineCheck.disk(Path.of("/x"), mebibytes * MIB, writable).grade())
                .isEqualTo(grade);
    }
}
