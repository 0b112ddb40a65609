package io.marketbrain.facade;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Packages of npm for tests with the programs of others, installed once per set of packages in the user's cache folder; two processes
 * never install the same set at once. Tests that need them are skipped, with the reason, where there is no npm or no registry.
 */
public final class NpmPackages {
    private static final Path PROJECTS = Path.of("src/test/node");
    private static final int INSTALL_SECONDS = 240;
    private static final int RUN_SECONDS = 60;

    private final Path folder;

    private NpmPackages(Path folder) {
        this.folder = folder;
    }

    /** The packages, each as {@code name@version}. */
    public static NpmPackages install(String... packages) {
        String names = String.join(" ", packages);
        return install(names, Map.of("package.json", "{\"private\":true,\"type\":\"module\"}"), "install", packages);
    }

    /** The packages in the lock file of a folder below {@code src/test/node}. */
    public static NpmPackages locked(String project) {
        String lock = read(project(project).resolve("package-lock.json"));
        String wanted = read(project(project).resolve("package.json"));
        return install(project + lock, Map.of("package.json", wanted, "package-lock.json", lock), "ci");
    }

    /** The folder with the scripts and the lock file of a project. */
    public static Path project(String name) {
        return PROJECTS.resolve(name);
    }

    private static synchronized NpmPackages install(
            String key, Map<String, String> files, String action, String... packages) {
        assumeTrue(isProgram("npm") && isProgram("node"), "skipped: npm and node are not installed");
        Path folder = Path.of(
                System.getProperty("user.home"),
                ".cache",
                "market-intel-brain-tests",
                "npm-" + Integer.toHexString(key.hashCode()));
        var npm = new NpmPackages(folder);
        try {
            Files.createDirectories(folder);
            try (FileChannel lock = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = lock.lock()) {
                if (!Files.exists(folder.resolve("installed"))) {
                    files.forEach(npm::write);
                    npm.install(action, packages);
                    Files.createFile(folder.resolve("installed"));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return npm;
    }

    private void install(String action, String... packages) {
        var command = new ArrayList<>(List.of(
                "npm",
                action,
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--prefer-offline",
                "--fetch-retries=1",
                "--fetch-retry-mintimeout=1000",
                "--fetch-timeout=30000"));
        command.addAll(List.of(packages));
        Result result = run(folder, INSTALL_SECONDS, command);
        if (result.status() != 0) {
            abort("skipped: npm cannot install the packages: " + result.output());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a program is on the path. */
    public static boolean isProgram(String name) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, name)));
    }

    /** Where a file of an installed package is. */
    public Path file(String name) {
        return folder.resolve("node_modules").resolve(name);
    }

    /** Runs a script of the test resources with Node; it must succeed. Returns what it printed. */
    public String node(String script, String... arguments) {
        try (var in = NpmPackages.class.getResourceAsStream("/clients/" + script)) {
            Path copy = folder.resolve(script);
            Files.copy(Objects.requireNonNull(in), copy, StandardCopyOption.REPLACE_EXISTING);
            var command = new ArrayList<>(List.of("node", copy.toString()));
            command.addAll(List.of(arguments));
            Result result = run(folder, RUN_SECONDS, command);
            if (result.status() != 0) {
                throw new AssertionError(script + " failed: " + result.output());
            }
            return result.output();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs code with Node; it must succeed. Returns what it printed. */
    public String code(String name, String code) {
        write(name, code);
        Result result = run("node", name);
        if (result.status() != 0) {
            throw new AssertionError(name + " failed: " + result.output());
        }
        return result.output();
    }

    /** Writes a file beside the packages. */
    public void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a program beside the packages. */
    public Result run(String... command) {
        return run(folder, RUN_SECONDS, List.of(command));
    }

    /** What a program printed, and its exit code. */
    public record Result(int status, String output) {}

    /** Runs a program and waits for its end. */
    public static Result run(Path folder, int seconds, List<String> command) {
        try {
            Path output = Files.createTempFile("program", ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output);
            Files.delete(output);
            return new Result(
                    ended ? process.exitValue() : -1, ended ? text : text + "\n(ended after " + seconds + " s)");
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
