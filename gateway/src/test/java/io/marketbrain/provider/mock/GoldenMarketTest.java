package io.marketbrain.provider.mock;

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
 * That market v1 is the same for ever and everywhere. If a hash here changes, users' recorded expectations break: the
 * change belongs into a market v2 beside this one.
 */
class GoldenMarketTest {

    @Test
    void market_v1_is_what_it_was() throws IOException {
        assertThat(GoldenMarket.hashes()).isEqualTo(committed());
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
    void another_process_computes_the_same(String flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags.split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), GoldenMarket.class.getName()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).describedAs(String.join("\n", lines)).isZero();
        assertThat(lines).isEqualTo(committed());
    }

    private static List<String> committed() throws IOException {
        try (var in = GoldenMarketTest.class.getResourceAsStream("/mock/golden.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
