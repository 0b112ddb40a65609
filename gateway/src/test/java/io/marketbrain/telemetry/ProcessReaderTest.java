package io.marketbrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessReaderTest {
    private final AtomicLong now = new AtomicLong();

    @TempDir
    private Path proc;

    private void stat(long user, long system) throws IOException {
        Files.writeString(
                proc.resolve("stat"),
                "77 (a (very) odd name) S 1 77 77 0 -1 4194304 100 0 0 0 " + user + " " + system + " 5 6 20 0 9 0 1\n");
    }

    @Test
    void reads_memory_and_disk_from_their_lines() throws IOException {
        Files.writeString(proc.resolve("status"), "Name:\tjava\nVmHWM:\t  9 kB\nVmRSS:\t   59904 kB\nThreads:\t20\n");
        Files.writeString(proc.resolve("io"), "rchar: 1\nwrite_bytes: 4096\ncancelled_write_bytes: 7\n");
        var reader = new ProcessReader(proc, now::get);
        assertThat(reader.rssBytes()).isEqualTo(59904L * 1024);
        assertThat(reader.diskBytesWritten()).isEqualTo(4096);
    }

    @Test
    void cpu_is_the_share_of_a_core_since_the_last_reading() throws IOException {
        stat(100, 20);
        var reader = new ProcessReader(proc, now::get);
        assertThat(reader.cpu()).isNull();
        now.addAndGet(2_000_000_000L);
        assertThat(reader.cpu()).as("since the start").isEqualByComparingTo("0.6");
        now.addAndGet(2_000_000_000L);
        stat(140, 30);
        assertThat(reader.cpu()).isEqualByComparingTo("0.25");
        now.addAndGet(500_000_000L);
        stat(999, 999);
        assertThat(reader.cpu()).as("less than a second later").isEqualByComparingTo("0.25");
        now.addAndGet(1_500_000_000L);
        stat(140, 30);
        assertThat(reader.cpu()).isEqualByComparingTo("0");
    }

    @Test
    void missing_values_are_null() {
        var reader = new ProcessReader(proc.resolve("nowhere"), now::get);
        assertThat(reader.rssBytes()).isNull();
        assertThat(reader.diskBytesWritten()).isNull();
        now.addAndGet(10_000_000_000L);
        assertThat(reader.cpu()).isNull();
        assertThat(reader.heapBytes()).isPositive();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void reads_this_process() {
        var reader = new ProcessReader(System::nanoTime);
        assertThat(reader.rssBytes()).isBetween(10_000_000L, 100_000_000_000L);
    }
}
