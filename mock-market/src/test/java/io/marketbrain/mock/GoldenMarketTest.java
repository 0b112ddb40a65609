package io.marketbrain.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Market v1 produces the same data in every version and on every machine. If a hash here changes, users' recorded
 * expectations break: make the change in a market v2 beside this one.
 */
class GoldenMarketTest {
    private static final List<String> FLAGS = List.of(
            "-Xint",
            "-XX:TieredStopAtLevel=1",
            "-XX:-TieredCompilation",
            "-Duser.language=tr -Duser.country=TR -Duser.timezone=Pacific/Apia -Dfile.encoding=ISO-8859-1");

    private static final Map<String, Run> RUNS = new HashMap<>();

    private record Run(Process process, Path output) {}

    @Test
    void market_v1_is_unchanged() throws IOException {
        assertThat(GoldenMarket.hashes()).isEqualTo(expected());
    }

    @Tag("long")
    @ParameterizedTest
    @FieldSource("FLAGS")
    void the_hashes_do_not_depend_on_compiler_locale_or_time_zone(String flags) throws Exception {
        Run run = RUNS.get(flags);
        int status = run.process().waitFor();
        List<String> lines = Files.readAllLines(run.output());
        assertThat(status).describedAs(String.join("\n", lines)).isZero();
        assertThat(lines).isEqualTo(expected());
    }

    /** All at once, because the interpreter takes half a minute and leaves the other cores free. */
    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        for (String flags : FLAGS) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(flags.split(" ")));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), GoldenMarket.class.getName()));
            Path output = Files.createTempFile(folder, "hashes", ".txt");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            RUNS.put(flags, new Run(process, output));
        }
    }

    @AfterAll
    static void stop() {
        RUNS.values().forEach(run -> run.process().destroyForcibly());
    }

    private static List<String> expected() throws IOException {
        try (var in = GoldenMarketTest.class.getResourceAsStream("/mock/golden.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
