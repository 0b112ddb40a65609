package io.marketbrain.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log in a separate process, whose standard output is a real pipe. The time limit only ends a test that hangs. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogProcessTest {
    @TempDir
    Path folder;

    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void endAll() {
        children.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flood", "virtual"})
    void a_stopped_pipe_holds_up_no_thread_and_every_line_is_accounted_for(String how) throws Exception {
        Process child = start(how, "PT10S");
        BufferedReader reports = child.errorReader();

        Counts stopped = Counts.parse("logged", reports.readLine());
        assertThat(stopped.emitted).isEqualTo(LogChild.FLOOD);
        assertThat(stopped.queued).isBetween(1L, 1000L);
        assertThat(stopped.dropped).isPositive();

        BufferedReader pipe = child.inputReader();
        List<String> lines = new ArrayList<>();
        for (String line = pipe.readLine(); line != null; line = pipe.readLine()) {
            lines.add(line);
            if (line.contains(" dropped here (")) {
                child.outputWriter().close();
            }
        }
        Counts end = Counts.parse("closed", reports.readLine());

        assertThat(end.queued).isZero();
        assertThat(end.emitted).isEqualTo(LogChild.FLOOD);
        assertThat(end.written + end.dropped).isEqualTo(LogChild.FLOOD);
        assertThat(lines.stream().filter(line -> line.endsWith(" of the flood")))
                .hasSize((int) end.written);
        assertThat(GatewayLogTest.announced(lines)).isEqualTo(end.dropped);
        assertThat(child.waitFor()).isZero();
    }

    @Test
    void a_pipe_that_stays_stopped_does_not_keep_the_process_from_ending() throws Exception {
        Process child = start("flood", "PT0.2S");
        BufferedReader reports = child.errorReader();
        Counts.parse("logged", reports.readLine());

        child.outputWriter().close();

        Counts end = Counts.parse("closed", reports.readLine());
        assertThat(child.waitFor()).isZero();
        assertThat(end.queued).isZero();
        assertThat(end.written + end.dropped).isEqualTo(LogChild.FLOOD);
    }

    @Test
    void a_closed_pipe_loses_only_the_lines() throws Exception {
        Process child = start("flood", "PT10S");
        child.inputReader().close();
        BufferedReader reports = child.errorReader();
        Counts.parse("logged", reports.readLine());

        child.outputWriter().close();

        Counts end = Counts.parse("closed", reports.readLine());
        assertThat(child.waitFor()).isZero();
        assertThat(end.dropped).isPositive();
        assertThat(end.written + end.dropped).isEqualTo(LogChild.FLOOD);
    }

    @Test
    void a_run_without_errors_writes_no_byte_to_disk() throws Exception {
        Process child = start("calm", "PT10S");
        child.outputWriter().close();
        long lines = child.inputReader().lines().count();
        List<String> reports = child.errorReader().lines().toList();

        assertThat(child.waitFor()).isZero();
        assertThat(lines).isPositive();
        assertThat(reports).last().isEqualTo("disk 0");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_is_logged_through_the_platform_logger_goes_the_same_way() throws Exception {
        Process child = start("system-logger", "PT10S");
        child.outputWriter().close();
        List<String> lines = child.inputReader().lines().toList();

        assertThat(child.waitFor()).isZero();
        assertThat(lines).first().asString().endsWith(" INFO  Edge [-] served BTCUSDT in 3 ms");
        assertThat(lines).element(1).asString().endsWith(" ERROR Edge [-] failed");
        assertThat(lines).element(2).isEqualTo("    java.lang.IllegalStateException: a bug");
        assertThat(Files.readString(file(), StandardCharsets.UTF_8)).contains(" ERROR Edge [-] failed");
    }

    @Test
    void uncaught_exceptions_are_logged_and_not_printed_past_the_log() throws Exception {
        Process child = start("uncaught", "PT10S");
        child.outputWriter().close();
        List<String> lines = child.inputReader().lines().toList();
        List<String> reports = child.errorReader().lines().toList();

        assertThat(child.waitFor()).isZero();
        assertThat(lines).first().asString().endsWith(" ERROR GatewayLog [-] thread doomed ended");
        assertThat(lines).element(1).isEqualTo("    java.lang.IllegalStateException: a bug");
        assertThat(reports).noneMatch(line -> line.contains("doomed"));
    }

    private Path file() {
        return folder.resolve("logs/critical_errors.log");
    }

    private Process start(String what, String drainTime) throws IOException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+PerfDisableSharedMem",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LogChild.class.getName(),
                        what,
                        file().toString(),
                        drainTime)
                .start();
        children.add(child);
        return child;
    }

    private record Counts(long emitted, long written, long dropped, long queued) {
        static Counts parse(String when, String report) {
            String[] words = report.split(" ");
            assertThat(words).as(report).hasSize(5).startsWith(when);
            return new Counts(
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4]));
        }
    }
}
