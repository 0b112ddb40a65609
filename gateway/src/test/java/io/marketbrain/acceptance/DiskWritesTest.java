package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Main;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the running gateway uses terminal and disk. The time limit only stops a test that hangs. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DiskWritesTest {
    private static final int PIPE_BYTES = 64 * 1024;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> gateways = new ArrayList<>();

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Process gateway : gateways) {
            gateway.destroyForcibly().waitFor();
        }
        client.close();
    }

    @Test
    void requests_and_shutdown_succeed_while_its_output_is_not_read() throws Exception {
        Path fifo = folder.resolve("stopped");
        Assumptions.assumeTrue(run("mkfifo", fifo.toString()), "this system has no mkfifo");
        try (var pipe = new RandomAccessFile(fifo.toFile(), "rw")) {
            pipe.write(new byte[PIPE_BYTES]);
            int port = freePort();
            Process gateway = start(ProcessBuilder.Redirect.to(fifo.toFile()), port);
            awaitResponse(gateway, port);

            for (int i = 0; i < 50; i++) {
                assertThat(get(port, "/api/v1/data/binance/BTCUSDT").statusCode())
                        .isEqualTo(200);
            }

            assertThat(get(port, "/api/v1/status").body())
                    .contains("\"async_logging\":true")
                    .containsPattern("\"log_dropped\":\\d+");
            gateway.destroy();
            assertThat(gateway.waitFor()).isEqualTo(128 + 15);
        }
    }

    @Test
    void a_gateway_without_errors_writes_nothing_to_disk() throws Exception {
        int port = freePort();
        Process gateway = start(ProcessBuilder.Redirect.DISCARD, port);
        awaitResponse(gateway, port);
        long atFirst = diskBytesAfterRequests(port);

        long later = diskBytesAfterRequests(port);
        gateway.destroy();
        assertThat(gateway.waitFor()).isEqualTo(128 + 15);

        assertThat(later).isEqualTo(atFirst);
        assertThat(folder).isEmptyDirectory();
    }

    /** Sends warm-up requests: the first ones load classes, and reading a file may write its access time. */
    private long diskBytesAfterRequests(int port) throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(get(port, "/api/v1/data/binance/BTCUSDT").statusCode()).isEqualTo(200);
            assertThat(get(port, "/api/v1/data/binance/NOSUCHPAIR").statusCode())
                    .isGreaterThanOrEqualTo(400);
        }
        String status = get(port, "/api/v1/status").body();
        Matcher figure = Pattern.compile("\"disk_bytes_written\":(\\d+)").matcher(status);
        Assumptions.assumeTrue(figure.find(), "this system does not count what a process writes");
        return Long.parseLong(figure.group(1));
    }

    private Process start(ProcessBuilder.Redirect terminal, int port) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+PerfDisableSharedMem",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "--port",
                        Integer.toString(port))
                .directory(folder.toFile())
                .redirectOutput(terminal)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LOG_LEVEL", "TRACE");
        builder.environment().put("BRAIN_HOME", folder.toString());
        Process gateway = builder.start();
        gateways.add(gateway);
        return gateway;
    }

    private void awaitResponse(Process gateway, int port) throws InterruptedException {
        while (gateway.isAlive()) {
            try {
                if (get(port, "/health/live").statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        throw new AssertionError("the gateway ended with " + gateway.exitValue());
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
