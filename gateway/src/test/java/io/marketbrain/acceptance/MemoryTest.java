package io.marketbrain.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.cli.console.ExitCode;
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
        try (var group = MemoryGroup.make(96)) {
            Process process = start(group.inside());
            int port = port(process);
            flood(process, port, 1000, 120);
            checkAlive(process, port, group);
            stop();
        }
    }

    @Test
    void a_control_group_of_96_megabytes_is_enough_for_large_requests_streams_and_slow_readers() throws Exception {
        try (var group = MemoryGroup.make(96)) {
            Process process = start(group.inside());
            int port = port(process);
            var slow = new ArrayList<RawClient>();
            for (int i = 0; i < 50; i++) {
                slow.add(new RawClient(port, 4096).get(candles("L" + i, 5000)));
                slow.add(new RawClient(port, 4096).get(stream("M" + i)));
            }
            flood(process, port, 5000, 100);
            for (RawClient client : slow) {
                client.close();
            }
            checkAlive(process, port, group);
            stop();
        }
    }

    @Test
    void a_control_group_of_64_megabytes_is_refused_with_one_line() throws Exception {
        assertThat(refused(64)).isEqualTo("""
                brain: the memory limit of this control group is 64 MiB, but the gateway needs at least 96 MiB; raise the limit
                """);
    }

    /** The error output of a gateway that does not start in a group of this size. */
    private String refused(int mebibytes) throws Exception {
        try (var group = MemoryGroup.make(mebibytes)) {
            Process process = start(group.inside());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCode.USAGE);
            assertThat(group.killed()).isFalse();
            return Files.readString(folder.resolve("stderr"));
        }
    }

    private static void checkAlive(Process process, int port, MemoryGroup group) throws IOException {
        assertThat(group.killed()).as("killed").isFalse();
        assertThat(process.isAlive()).isTrue();
        try (RawClient wire = new RawClient(port)) {
            assertThat(wire.get(QUOTE).answer().status()).isEqualTo(200);
        }
    }

    private static String candles(String symbol, int candles) {
        return "/api/v1/candles/binance/" + symbol + "-USDT?interval=1m&limit=" + candles;
    }

    private static String stream(String symbol) {
        return "/api/v1/candles/binance/" + symbol
                + "-USDT?interval=1m&format=csv&from=2025-01-01T00:00:00Z&to=2025-03-11T00:00:00Z";
    }

    /** Requests uncached candles, sixteen requests at a time, until the process ends or all have completed. */
    private static void flood(Process process, int port, int candles, int requests) throws InterruptedException {
        var askers = Executors.newFixedThreadPool(16);
        for (int i = 0; i < requests; i++) {
            String path = candles("S" + i, candles);
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
