package io.marketbrain.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marketbrain.http.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway in a process with little memory. */
@Timeout(180)
class MemoryTest {
    private static final Path OPTIONS = Path.of("src/dist/jvm.options").toAbsolutePath();
    private static final Path GROUPS = Path.of("/sys/fs/cgroup/memory");
    private static final String QUOTE = "/api/v1/data/binance/BTCUSDT";
    private static final int OUT_OF_MEMORY = 3;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_heap_that_is_too_small_ends_the_process_with_a_clear_line() throws Exception {
        Process process = start(List.of(), "-Xms8m", "-Xmx12m", "-XX:TieredStopAtLevel=1");
        int port = port(process);
        flood(process, port, 5000, 500);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends").isTrue();
        assertThat(process.exitValue()).isEqualTo(OUT_OF_MEMORY);
        assertThat(Files.readString(folder.resolve("stderr")))
                .containsAnyOf(
                        "Terminating due to java.lang.OutOfMemoryError: Java heap space", "brain: out of memory: ");
    }

    @Test
    void a_control_group_of_96_megabytes_is_enough() throws Exception {
        assumeTrue(Files.isWritable(GROUPS), "no control groups of the first version to make one in");
        Path group =
                GROUPS.resolve("market-intel-brain-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(group);
        } catch (IOException forbidden) {
            assumeTrue(false, "control groups may not be made here");
        }
        try {
            Files.writeString(group.resolve("memory.limit_in_bytes"), "96M");
            var inside = List.of("/bin/sh", "-c", "echo $$ >" + group.resolve("cgroup.procs") + "; exec \"$0\" \"$@\"");
            Process process = start(inside);
            int port = port(process);
            flood(process, port, 1000, 120);
            assertThat(process.isAlive()).isTrue();
            try (RawClient wire = new RawClient(port)) {
                assertThat(wire.get(QUOTE).answer().status()).isEqualTo(200);
            }
            assertThat(Files.readString(group.resolve("memory.oom_control"))).contains("oom_kill 0");
            stop();
        } finally {
            Files.delete(group);
        }
    }

    /** Requests uncached candles, sixteen requests at a time, until the process ends or all have completed. */
    private static void flood(Process process, int port, int candles, int requests) throws InterruptedException {
        var askers = Executors.newFixedThreadPool(16);
        for (int i = 0; i < requests; i++) {
            String path = "/api/v1/candles/binance/S" + i + "-USDT?interval=1m&limit=" + candles;
            askers.execute(() -> {
                if (process.isAlive()) {
                    try (RawClient wire = new RawClient(port)) {
                        wire.get(path).answer();
                    } catch (IOException | RuntimeException | AssertionError gone) {
                        // The process ended or was too busy: the caller checks the process itself.
                    }
                }
            });
        }
        askers.shutdown();
        assertThat(askers.awaitTermination(150, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(List<String> before, String... flags) throws IOException {
        var command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + OPTIONS);
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.marketbrain.Main", "--port", "0"));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().clear();
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private int port(Process process) throws IOException {
        BufferedReader out = process.inputReader(UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            int at = line.indexOf("http://127.0.0.1:");
            if (at >= 0) {
                return Integer.parseInt(
                        line.substring(at + "http://127.0.0.1:".length()).split("[^0-9]", 2)[0]);
            }
        }
        throw new AssertionError("the gateway did not start: " + Files.readString(folder.resolve("stderr")));
    }
}
