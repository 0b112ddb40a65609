package io.marketbrain.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marketbrain.http.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway process: system limits that it tolerates, and how it stops. */
@Timeout(120)
class GatewayProcessTest {
    private static final String QUOTE = "/api/v1/data/binance/BTCUSDT";
    /** The exit code of the JVM after SIGTERM. */
    private static final int TERMINATED = 143;

    private static final String TICKER = """
            {"symbol":"BTCUSDT","priceChange":"1.0","priceChangePercent":"0.1","weightedAvgPrice":"50100.0",
             "prevClosePrice":"50000.0","lastPrice":"50123.45","lastQty":"0.1","bidPrice":"50123.44","bidQty":"1.0",
             "askPrice":"50123.46","askQty":"2.0","openPrice":"50000.0","highPrice":"51000.0","lowPrice":"49000.0",
             "volume":"1234.5","quoteVolume":"61000000.0","openTime":1700000000000,"closeTime":1700086400000,
             "firstId":1,"lastId":2,"count":2}""";

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Starts a gateway process; its environment contains only the given variables. */
    private Process start(Path where, Map<String, String> environment, List<String> before, String... arguments)
            throws IOException {
        var command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add("io.marketbrain.Main");
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(where.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(folder.resolve("stderr-" + processes.size()).toFile());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private Process start(String... arguments) throws IOException {
        return start(folder, Map.of(), List.of(), arguments);
    }

    /** The port that a process reports to listen on. */
    private int port(Process process) throws IOException {
        BufferedReader out = process.inputReader(UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            int at = line.indexOf("http://127.0.0.1:");
            if (at >= 0) {
                String digits = line.substring(at + "http://127.0.0.1:".length());
                return Integer.parseInt(digits.split("[^0-9]", 2)[0]);
            }
        }
        throw new AssertionError("the gateway did not start: " + errors(processes.indexOf(process)));
    }

    private String errors(int process) throws IOException {
        return Files.readString(folder.resolve("stderr-" + process));
    }

    private static void assertResponds(int port) throws IOException {
        try (RawClient wire = new RawClient(port)) {
            RawClient.Answer answer = wire.get(QUOTE).answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("\"mock\":true");
        }
    }

    @Test
    void sigterm_lets_a_request_in_flight_finish() throws Exception {
        try (var upstream = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            int port = port(startLive(upstream, "--port", "0"));
            try (RawClient wire = new RawClient(port)) {
                wire.get(QUOTE);
                try (Socket connection = upstream.accept()) {
                    processes.getFirst().destroy();
                    awaitConnectionRefused(port);
                    connection
                            .getOutputStream()
                            .write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + "Content-Length: "
                                            + TICKER.length() + "\r\n\r\n" + TICKER)
                                    .getBytes(UTF_8));
                    RawClient.Answer answer = wire.answer();
                    assertThat(answer.body()).contains("50123.45").contains("\"mock\":false");
                    assertThat(answer.headers()).containsEntry("connection", "close");
                }
            }
            assertThat(processes.getFirst().waitFor()).isEqualTo(TERMINATED);
        }
    }

    @Test
    void sigterm_does_not_wait_for_a_hanging_request() throws Exception {
        try (var upstream = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            int port = port(startLive(upstream, "--port", "0", "--set", "api.timeout=60s"));
            try (RawClient wire = new RawClient(port)) {
                wire.get(QUOTE);
                try (Socket connection = upstream.accept()) {
                    assertThat(connection.isConnected()).isTrue();
                    processes.getFirst().destroy();
                    // It takes 3 s; the margin is for a machine that is busy with other tests.
                    assertThat(processes.getFirst().waitFor(10, TimeUnit.SECONDS))
                            .isTrue();
                    assertThat(processes.getFirst().exitValue()).isEqualTo(TERMINATED);
                    assertThat(wire.ends()).isTrue();
                }
            }
        }
    }

    private Process startLive(ServerSocket upstream, String... arguments) throws IOException {
        String url = "http://127.0.0.1:" + upstream.getLocalPort();
        return start(
                folder,
                Map.of("BINANCE_MODE", "live", "BINANCE_BASE_URL", url, "BRAIN_HOME", folder.toString()),
                List.of(),
                arguments);
    }

    private static void awaitConnectionRefused(int port) throws InterruptedException {
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                Thread.sleep(10);
            } catch (IOException refused) {
                return;
            }
        }
    }

    @Test
    void an_idle_gateway_stops_at_once_and_frees_its_port() throws Exception {
        Process process = start("--port", "0");
        int port = port(process);
        assertResponds(port);
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(TERMINATED);
        assertThatThrownBy(() -> new RawClient(port)).isInstanceOf(IOException.class);
        assertResponds(port(start("--port", String.valueOf(port))));
    }

    @Test
    void needs_no_home_folder_and_no_writable_folder() throws Exception {
        Path readOnly = Path.of("/proc");
        assumeTrue(Files.isDirectory(readOnly), "needs a folder that not even root can write to");
        Process process = start(readOnly, Map.of(), List.of(), "--port", "0");
        assertResponds(port(process));
        assertThat(errors(0)).isEmpty();
    }

    @Test
    void survives_running_out_of_file_descriptors() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a shell that can lower the limit");
        Process process =
                start(folder, Map.of(), List.of("/bin/sh", "-c", "ulimit -n 150 && exec \"$0\" \"$@\""), "--port", "0");
        int port = port(process);
        assertResponds(port);
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                var socket = new Socket();
                idle.add(socket);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
            assertResponds(port);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
        assertResponds(port);
        assertThat(process.isAlive()).isTrue();
    }
}
