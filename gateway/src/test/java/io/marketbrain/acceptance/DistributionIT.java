package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distribution that {@code ./brain dist} builds, unpacked in another folder and started without an installed Java.
 */
@Timeout(300)
class DistributionIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String NOBODY = "65534";

    @TempDir
    static Path folder;

    private static Path unpacked;

    private final List<Process> running = new ArrayList<>();

    @BeforeAll
    static void buildAndUnpack() throws Exception {
        run(
                Map.of("JAVA_HOME", System.getProperty("java.home"), "PATH", System.getenv("PATH")),
                ROOT + "/brain",
                "dist");
        Path archive;
        try (Stream<Path> made = Files.list(ROOT.resolve("gateway/target/dist"))) {
            archive = made.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        Path elsewhere = Files.createDirectory(folder.resolve("another folder"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        run(Map.of(), "/bin/tar", "-C", elsewhere.toString(), "-xzf", archive.toString());
        try (Stream<Path> inside = Files.list(elsewhere)) {
            unpacked = inside.findFirst().orElseThrow();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : running) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void the_ahead_of_time_cache_works_after_the_folder_was_moved() throws Exception {
        assertThat(version("-XX:AOTMode=on")).startsWith("Market Intel Brain ");
        assertThat(version("-XX:AOTMode=on -Xlog:aot=info:stdout")).contains("Using AOT-linked classes: true");
    }

    @Test
    void an_ahead_of_time_cache_that_does_not_match_is_ignored_silently() throws Exception {
        assertThat(version("-XX:-UseSerialGC -XX:+UseZGC")).startsWith("Market Intel Brain ");
    }

    @Test
    void a_gateway_with_a_live_provider_has_a_cache_of_its_own() throws Exception {
        assertThat(version("-Xlog:aot=info:stdout")).contains("/brain.aot");
        assertThat(version(Map.of("BRAIN_JAVA_OPTS", "-XX:AOTMode=on -Xlog:aot=info:stdout", "KRAKEN_MODE", "live")))
                .contains("/brain-live.aot", "Using AOT-linked classes: true");
    }

    @Test
    void another_user_can_run_it_from_a_read_only_folder_without_path_or_java() throws Exception {
        assumeTrue(isRoot(), "only root can switch to another user");
        Path writable = Files.createDirectory(folder.resolve("his"));
        Files.setPosixFilePermissions(writable, PosixFilePermissions.fromString("rwxrwxrwx"));
        int port = freePort();
        Process gateway = start(
                writable,
                Map.of(),
                "/usr/bin/setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                unpacked.resolve("brain").toString(),
                "--port",
                Integer.toString(port));
        assertThat(quote(gateway, port)).contains("\"mock\":true");
        assertThat(run(Map.of(), unpacked.resolve("brain").toString(), "health", "--port", Integer.toString(port)))
                .startsWith("ready: 127.0.0.1:" + port);
        try (Stream<Path> files = Files.walk(writable)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void health_reports_a_gateway_that_is_not_running() throws Exception {
        Process probe = start(
                folder,
                Map.of(),
                unpacked.resolve("brain").toString(),
                "health",
                "--port",
                Integer.toString(freePort()));
        assertThat(probe.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(probe.exitValue()).isEqualTo(1);
    }

    @Test
    void the_image_runs_with_a_read_only_root_and_an_unprivileged_user() throws Exception {
        assumeTrue(
                isRoot() && Files.exists(Path.of("/etc/debian_version")),
                "builds the image by hand, as root, on Debian");
        Path image = Files.createDirectory(folder.resolve("image"));
        List<String> docker = dockerfile();
        Path steps = Files.writeString(
                folder.resolve("steps"), instruction(docker, "RUN").replace("/image", image.toString()));
        run(Map.of("PATH", "/usr/bin:/bin"), "/bin/sh", "-eu", steps.toString());
        run(Map.of(), "/bin/mkdir", "-p", image + "/opt", image + "/proc", image + "/dev");
        run(Map.of(), "/bin/cp", "-rp", unpacked.toString(), image + "/opt/brain");
        assertThat(instruction(docker, "USER")).isEqualTo("65532:65532");
        assertThat(Files.exists(image.resolve("bin/sh"))).isFalse();

        int port = freePort();
        Process gateway = contained(image, words(instruction(docker, "ENTRYPOINT")), "serve", "--port", "" + port);
        assertThat(quote(gateway, port)).contains("\"mock\":true");
        String probe = instruction(docker, "HEALTHCHECK");
        Process health = contained(image, words(probe.substring(probe.indexOf('['))), "--port", "" + port);
        assertThat(health.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(health.exitValue()).as(output(health)).isZero();
    }

    @Test
    void systemd_accepts_the_unit_and_rates_its_exposure_as_low() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/systemd-analyze")), "systemd is not installed");
        Path unit = folder.resolve("market-intel-brain.service");
        Files.writeString(
                unit,
                Files.readString(unpacked.resolve("market-intel-brain.service"))
                        .replace("ExecStart=/opt/market-intel-brain/brain", "ExecStart=/bin/true"));
        run(Map.of(), "/usr/bin/systemd-analyze", "verify", "--man=no", unit.toString());
        run(Map.of(), "/usr/bin/systemd-analyze", "security", "--offline=true", "--threshold=20", unit.toString());
    }

    /**
     * Runs a command in the image as Docker would: a read-only root except for /data, an unprivileged user and an empty
     * environment.
     */
    private Process contained(Path image, List<String> entry, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("/usr/bin/unshare", "--mount", "/bin/sh", "-euc"));
        command.add("mount --bind $0 $0; mount -o remount,ro,bind $0; mount -t proc proc $0/proc;"
                + " mount --bind /dev $0/dev; mount -t tmpfs -o uid=65532 tmpfs $0/data;"
                + " exec /usr/sbin/chroot --userspec=65532:65532 --groups= $0 \"$@\"");
        command.add(image.toString());
        command.addAll(entry);
        command.addAll(List.of(arguments));
        return start(
                folder,
                Map.of("BRAIN_HOME", "/opt/brain", "STATE_FOLDER", "/data/state", "PATH", "/usr/bin:/bin"),
                command.toArray(String[]::new));
    }

    /** The lines of the Dockerfile, with continued lines joined and comments removed. */
    private static List<String> dockerfile() throws IOException {
        return Files.readString(unpacked.resolve("Dockerfile"))
                .replace("\\\n", " ")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private static String instruction(List<String> docker, String name) {
        return docker.stream()
                .filter(line -> line.startsWith(name + " "))
                .reduce((first, last) -> last)
                .orElseThrow()
                .substring(name.length() + 1);
    }

    private static List<String> words(String json) {
        return List.of(json.replaceAll("[\\[\\]\",]+", " ").strip().split(" +"));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process start(Path where, Map<String, String> environment, String... command) throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(folder, "out", "").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        running.add(process);
        return process;
    }

    private static String output(Process process) throws IOException {
        return process + " ended with " + process.exitValue();
    }

    /** The output of a command, which must succeed. */
    private static String run(Map<String, String> environment, String... command) throws Exception {
        Path out = Files.createTempFile(folder, "run", "");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(280, TimeUnit.SECONDS))
                .as(String.join(" ", command))
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readString(out);
    }

    /** The standard and error output of {@code brain version} with these JVM options. */
    private static String version(String options) throws Exception {
        return version(Map.of("BRAIN_JAVA_OPTS", options));
    }

    private static String version(Map<String, String> environment) throws Exception {
        return run(environment, unpacked.resolve("brain").toString(), "version");
    }

    private static String quote(Process gateway, int port) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + port + "/api/v1/data/binance/BTCUSDT");
        for (int i = 0; i < 600 && gateway.isAlive(); i++) {
            try (InputStream answer = uri.toURL().openStream()) {
                return new String(answer.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("no response; the gateway is " + (gateway.isAlive() ? "alive" : output(gateway)));
    }
}
