package io.marketbrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options before and after the command mean the same for every command. */
class OptionPlacesTest {
    @TempDir
    Path folder;

    private BrainRun brain(String line) {
        return BrainRun.of(folder, line.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "quote binance BTCUSDT",
                "candles binance BTCUSDT",
                "book binance BTCUSDT",
                "trades binance BTCUSDT",
                "series mock GDP",
                "news mock",
                "explain binance BTCUSDT",
                "providers",
                "config",
                "keys",
                "keys list",
                "keys create bob",
                "keys revoke bob",
                "budget",
                "report recording",
                "secrets",
                "secrets list",
                "secrets set BINANCE_API_KEY",
                "secrets remove BINANCE_API_KEY",
                "health",
            })
    void settings_and_files_are_read_in_either_place(String command) {
        for (String option : new String[] {"--set server.prot=1", "--config missing.yaml", "--set cache.l1_ttl=x"}) {
            BrainRun before = brain(option + " " + command);
            BrainRun after = brain(command + " " + option);
            assertThat(before.code()).as(option).isEqualTo(2);
            assertThat(before.err()).as(option).containsAnyOf("server.port?", "missing.yaml: does not exist", "l1_ttl");
            assertThat(after).as(option).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "config", "health", "budget", "explain binance BTCUSDT"})
    void a_port_is_read_in_either_place(String command) {
        BrainRun before = brain("--port x " + command);
        assertThat(before.code()).isEqualTo(2);
        assertThat(before.err()).contains("--port: server.port is 'x'");
        assertThat(brain(command + " --port x")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quote binance BTCUSDT", "candles binance BTCUSDT", "providers", "news mock"})
    void a_command_that_asks_no_gateway_rejects_a_port_in_either_place(String command) {
        BrainRun before = brain("--port 9000 " + command);
        assertThat(before.code()).isEqualTo(2);
        assertThat(before.err()).contains("has no option --port");
        assertThat(brain(command + " --port 9000").code()).isEqualTo(2);
    }

    @Test
    void the_port_is_described_as_what_it_is_for_the_command() {
        assertThat(brain("serve --help").out()).contains("The port to listen on");
        for (String command : new String[] {"health", "budget", "explain"}) {
            assertThat(brain(command + " --help").out())
                    .as(command)
                    .contains("The port of the gateway to ask")
                    .doesNotContain("listen on");
        }
    }
}
