package io.marketbrain.acceptance;

import io.marketbrain.http.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway in a separate process that tests can send requests to, pause and kill. Its environment contains only the
 * given variables.
 */
final class GatewayProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path out;
    private int port;

    private GatewayProcess(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    /** Starts a gateway in a new folder under {@code folder}; {@link #port} waits until it listens. */
    static GatewayProcess start(Path folder, Map<String, String> environment) throws IOException {
        return start(folder, environment, "-Xmx128m");
    }

    /** Starts a gateway with another heap. */
    static GatewayProcess start(Path folder, Map<String, String> environment, String heap) throws IOException {
        return start(folder, System.getProperty("java.class.path"), environment, heap);
    }

    /** Starts a gateway with another class path, so that resources can be replaced. */
    static GatewayProcess start(Path folder, String classPath, Map<String, String> environment) throws IOException {
        return start(folder, classPath, environment, "-Xmx128m");
    }

    private static GatewayProcess start(Path folder, String classPath, Map<String, String> environment, String heap)
            throws IOException {
        Path own = Files.createTempDirectory(folder, "gateway");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                heap,
                "-cp",
                classPath,
                "io.marketbrain.Main",
                "--port",
                "0"));
        var builder = new ProcessBuilder(command).directory(own.toFile());
        builder.environment().clear();
        builder.environment().put("BRAIN_HOME", own.toString());
        builder.environment().putAll(environment);
        Path out = own.resolve("out");
        builder.redirectErrorStream(true).redirectOutput(out.toFile());
        return new GatewayProcess(builder.start(), out);
    }

    int port() throws IOException, InterruptedException {
        for (int i = 0; port == 0 && i < 1200 && process.isAlive(); i++) {
            Matcher address = ADDRESS.matcher(Files.readString(out));
            if (address.find()) {
                port = Integer.parseInt(address.group(1));
            } else {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        if (port == 0) {
            throw new IllegalStateException("the gateway did not start: " + Files.readString(out));
        }
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has written to its standard and error output. */
    String output() throws IOException {
        return Files.readString(out);
    }

    RawClient.Answer get(String path) throws IOException, InterruptedException {
        try (var wire = new RawClient(port())) {
            return wire.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .answer();
        }
    }

    /** The most memory that the process has had in use at once, as the operating system counts it, in MiB. */
    long peakMemory() throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
        Matcher peak = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$").matcher(status);
        if (!peak.find()) {
            throw new IllegalStateException("no VmHWM in " + status);
        }
        return Long.parseLong(peak.group(1)) >> 10;
    }

    /** The value of a metric in {@code /metrics}; 0 if it is missing. */
    long metric(String name) throws IOException, InterruptedException {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$")
                .matcher(get("/metrics").body());
        return line.find() ? (long) Double.parseDouble(line.group(1)) : 0;
    }

    /** Whether the gateway currently uses its Redis. */
    boolean isUp() throws IOException, InterruptedException {
        return metric("marketbrain_cache_redis_state{state=\"up\"}") == 1;
    }

    void awaitUp(boolean up) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (isUp() == up) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("redis is up: " + !up + "\n" + Files.readString(out));
    }

    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        resume();
        process.destroyForcibly().waitFor();
    }
}
