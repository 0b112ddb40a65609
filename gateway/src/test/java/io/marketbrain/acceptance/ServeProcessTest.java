package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway in a separate process, in environments that must not prevent it from running. */
class ServeProcessTest {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stopAll() {
        processes.forEach(Process::destroyForcibly);
    }

    private ProcessBuilder brain(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.marketbrain.Main"));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        return builder;
    }

    private Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** The lines of the banner, and the port on its first line. */
    private record Banner(List<String> lines, int port) {}

    private static Banner banner(Process process) throws IOException {
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        String line;
        while ((line = out.readLine()) != null) {
            lines.add(line);
            if (line.startsWith("  redis")) {
                Matcher address = ADDRESS.matcher(String.join("\n", lines));
                assertThat(address.find()).as("an address in %s", lines).isTrue();
                return new Banner(lines, Integer.parseInt(address.group(1)));
            }
        }
        throw new AssertionError(
                "ended after " + lines + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String get(int port, String path) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void starts_prints_its_address_and_endpoints_and_stops_on_sigterm() throws IOException, InterruptedException {
        Process process = start(brain("--port", "0"));
        Banner banner = banner(process);
        assertThat(String.join("\n", banner.lines()))
                .contains("Market Intel Brain", "http://127.0.0.1:" + banner.port() + "/docs")
                .contains("mock   ", " providers (\"brain providers\" shows which and why)")
                .contains("redis  not used");
        assertThat(get(banner.port(), "/api/v1/data/binance/BTCUSDT"))
                .startsWith("HTTP/1.1 200")
                .contains("\"success\":true", "\"mock\":true");
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void runs_in_a_read_only_folder_without_a_home_and_writes_nothing() throws IOException {
        Path bare = Files.createDirectory(folder.resolve("bare"));
        Files.setPosixFilePermissions(bare, PosixFilePermissions.fromString("r-xr-xr-x"));
        ProcessBuilder builder = brain("--port", "0").directory(bare.toFile());
        assertThat(builder.environment()).doesNotContainKey("HOME");
        Banner banner = banner(start(builder));
        assertThat(get(banner.port(), "/health")).startsWith("HTTP/1.1 200");
        try (Stream<Path> files = Files.list(bare)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void serves_and_warns_where_neither_state_nor_log_can_be_written() throws IOException {
        ProcessBuilder builder = brain("--port", "0");
        builder.environment().put("STATE_FOLDER", "/proc/none/state");
        builder.environment().put("LOG_FILE", "/proc/none/brain.log");
        builder.environment().put("LIVE_PROVIDERS", "binance");
        builder.environment().put("BINANCE_BASE_URL", "http://127.0.0.1:9");
        Banner banner = banner(start(builder));
        assertThat(get(banner.port(), "/api/v1/data/kraken/BTCUSD")).startsWith("HTTP/1.1 200");
        assertThat(get(banner.port(), "/api/v1/data/binance/BTCUSDT")).contains("upstream-unreachable");
        assertThat(get(banner.port(), "/health")).contains("\"degraded\"", "quota-binance cannot be written");
    }

    @Test
    void an_invalid_setting_gives_exit_code_2_and_one_line() throws IOException, InterruptedException {
        Files.writeString(folder.resolve(".env"), "# note\nSERVER_PORT=http\n");
        Process process = start(brain());
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(err).isEqualTo("brain: .env:2: SERVER_PORT is 'http', but must be a whole number from 0 to 65535\n");
    }

    @Test
    void a_second_start_on_the_same_port_gives_exit_code_3_and_does_not_affect_the_first()
            throws IOException, InterruptedException {
        Banner first = banner(start(brain("--port", "0")));
        Process second = start(brain("--port", String.valueOf(first.port())));
        String err = new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(3);
        assertThat(err.lines())
                .filteredOn(line -> line.startsWith("brain: "))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("port " + first.port() + " is already in use"));
        assertThat(err).doesNotContain("\tat ");
        assertThat(get(first.port(), "/health")).startsWith("HTTP/1.1 200");
    }
}
