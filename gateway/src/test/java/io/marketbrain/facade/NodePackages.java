package io.marketbrain.facade;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs from npm that tests run: installed once into the build folder, by the lock file beside their scripts. Tests that need them
 * are skipped, with the reason, where there is no npm or no registry.
 */
public final class NodePackages {
    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path INSTALLED = Path.of("target/node");
    private static final long INSTALL_SECONDS = 240;

    private NodePackages() {}

    /** The folder {@code node_modules} of the programs in a folder below {@code src/test/node}. */
    public static synchronized Path installed(String name) throws IOException, InterruptedException {
        assumeTrue(
                NpmPackages.isProgram("npm") && NpmPackages.isProgram("node"),
                "skipped: npm and node are not installed");
        Path folder = Files.createDirectories(INSTALLED.resolve(name));
        String lock = Files.readString(SOURCES.resolve(name).resolve("package-lock.json"));
        Path done = folder.resolve("installed.json");
        if (!Files.exists(done) || !Files.readString(done).equals(lock)) {
            for (String file : List.of("package.json", "package-lock.json")) {
                Files.writeString(
                        folder.resolve(file),
                        Files.readString(SOURCES.resolve(name).resolve(file)));
            }
            install(folder);
            Files.writeString(done, lock);
        }
        return folder.resolve("node_modules").toAbsolutePath();
    }

    private static void install(Path folder) throws IOException, InterruptedException {
        try {
            run(
                    folder,
                    INSTALL_SECONDS,
                    "npm",
                    "ci",
                    "--ignore-scripts",
                    "--prefer-offline",
                    "--fetch-retries=1",
                    "--fetch-retry-mintimeout=1000",
                    "--fetch-timeout=30000",
                    "--no-audit",
                    "--no-fund");
        } catch (AssertionError failed) {
            abort("skipped: npm cannot install the programs: " + failed.getMessage());
        }
    }

    /** Runs a script of a folder below {@code src/test/node}; returns what it printed. */
    public static String run(String name, String script, long seconds, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return run(SOURCES.resolve(name), seconds, command.toArray(String[]::new));
    }

    private static String run(Path folder, long seconds, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("node", ".out");
        Path err = Files.createTempFile("node", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command)
                        + (ended ? " failed: " : " took too long: ")
                        + Files.readString(err, StandardCharsets.UTF_8));
            }
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }
}
