package io.marketbrain.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;

/** Prometheus' tool, which fetches metrics and checks them. Tests that need it are skipped, with the reason, where it is not installed. */
final class Promtool {
    private static final int SECONDS = 60;

    private Promtool() {}

    /** Has it fetch the metrics of the gateway at an address and find nothing wrong with them. */
    static void check(String address, Path folder) {
        assumeTrue(NpmPackages.isProgram("promtool"), "skipped: promtool (the package prometheus) is not installed");
        run(folder, List.of("promtool", "debug", "metrics", address));
        run(folder, List.of("sh", "-c", "tar -xzOf debug.tar.gz metrics.txt | promtool check metrics"));
    }

    private static void run(Path folder, List<String> command) {
        NpmPackages.Result result = NpmPackages.run(folder, SECONDS, command);
        assertThat(result.status()).as(result.output()).isZero();
    }
}
