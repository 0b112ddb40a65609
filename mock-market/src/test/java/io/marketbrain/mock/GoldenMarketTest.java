package io.marketbrain.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Market v1 produces the same data in every version and on every machine. If a hash here changes, users' recorded
 * expectations break: make the change in a market v2 beside this one.
 */
class GoldenMarketTest {

    @Test
    void market_v1_is_unchanged() throws IOException {
        assertThat(GoldenMarket.hashes()).isEqualTo(expected());
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xint",
                "-XX:TieredStopAtLevel=1",
                "-XX:-TieredCompilation",
                "-Duser.language=tr -Duser.country=TR -Duser.timezone=Pacific/Apia -Dfile.encoding=ISO-8859-1"
            })
    void the_hashes_do_not_depend_on_compiler_locale_or_time_zone(String flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags.split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), GoldenMarket.class.getName()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).describedAs(String.join("\n", lines)).isZero();
        assertThat(lines).isEqualTo(expected());
    }

    private static List<String> expected() throws IOException {
        try (var in = GoldenMarketTest.class.getResourceAsStream("/mock/golden.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
