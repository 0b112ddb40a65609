package io.marketbrain.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeArgumentsTest {

    @Test
    void nothing_is_a_plain_serve() {
        assertThat(ServeArguments.find()).contains(new ServeArguments(Map.of(), Optional.empty()));
        assertThat(ServeArguments.find("serve")).contains(new ServeArguments(Map.of(), Optional.empty()));
    }

    @Test
    void flags_may_have_their_value_apart_or_attached() {
        assertThat(ServeArguments.find(
                        "serve", "--port", "9000", "--host=::1", "--config", "x.yaml", "--set", "a.b=c=d", "--set=e=f"))
                .contains(new ServeArguments(
                        Map.of("server.port", "9000", "server.host", "::1", "a.b", "c=d", "e", "f"),
                        Optional.of(Path.of("x.yaml"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "quote binance BTC",
                "serve --prot 1",
                "--port",
                "--port --host x",
                "--set novalue",
                "--set =x",
                "help",
                "serve serve",
                "-h",
                "9000"
            })
    void anything_else_is_left_to_the_library(String line) {
        assertThat(ServeArguments.find(line.split(" "))).isEmpty();
    }
}
