package io.marketbrain.facade;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The generator of clients from API descriptions, from the local Maven repository, where it is brought once. Tests that need it are
 * skipped, with the reason, where it cannot be had.
 */
final class GeneratorJar {
    private static final String VERSION = "7.17.0";
    private static final int DOWNLOAD_SECONDS = 240;

    private GeneratorJar() {}

    static Path find(Path folder) {
        Path jar = Path.of(
                System.getProperty("user.home"),
                ".m2/repository/org/openapitools/openapi-generator-cli",
                VERSION,
                "openapi-generator-cli-" + VERSION + ".jar");
        if (!Files.exists(jar)) {
            assumeTrue(NpmPackages.isProgram("mvn"), "skipped: the generator is not in the local Maven repository");
            NpmPackages.Result result = NpmPackages.run(
                    folder,
                    DOWNLOAD_SECONDS,
                    List.of(
                            "mvn",
                            "-q",
                            "-B",
                            "dependency:get",
                            "-Dartifact=org.openapitools:openapi-generator-cli:" + VERSION,
                            "-Dtransitive=false"));
            assumeTrue(Files.exists(jar), "skipped: the generator cannot be fetched: " + result.output());
        }
        return jar;
    }
}
