package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Main;
import io.marketbrain.cli.Invocation;
import io.marketbrain.cli.console.CommandContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code brain alerts} with and without a running gateway. */
class AlertsCommandTest {
    @TempDir
    Path folder;

    private record Result(int code, String out, String err) {}

    private Result alerts(int port, String... arguments) {
        var line = new ArrayList<>(List.of("alerts"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--port", Integer.toString(port)));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var around = new CommandContext(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                true,
                Map.of(),
                folder,
                folder,
                InstantSource.system());
        int code = Invocation.run(line.toArray(String[]::new), around, new Main());
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void alerts_are_added_listed_and_removed_as_documented() {
        int port;
        try (var gateway = TestGateway.with(folder)) {
            port = gateway.port();
            Result added = alerts(
                    port, "add", "binance:BTCUSDT", "--crosses", "70000", "--direction", "up", "--id", "btc-70k");
            assertThat(added).isEqualTo(new Result(0, "btc-70k\n", ""));
            assertThat(alerts(port).out()).isEqualTo("""
                ID       SUBJECT           CONDITION         STATE  FIRED  LAST  WEBHOOK
                btc-70k  binance:BTC/USDT  crosses 70000 up  armed  0      -     -
                """);
            assertThat(alerts(port, "add", "--provider-down", "kraken", "--cooldown", "1h")
                            .code())
                    .isZero();
            assertThat(alerts(port, "list").out()).contains("provider_down");
            assertThat(alerts(port, "log").out()).startsWith("TIME");
            assertThat(alerts(port, "add", "binance:BTCUSDT").err()).contains("--crosses");
            assertThat(alerts(port, "add", "binance:BTCUSDT", "--moves", "2").err())
                    .startsWith("brain: condition.window");
            assertThat(alerts(port, "remove", "btc-70k")).isEqualTo(new Result(0, "", ""));
            assertThat(alerts(port, "remove", "btc-70k").err()).contains("there is no alert 'btc-70k'");
        }
        assertThat(alerts(port, "list").err()).startsWith("brain: no gateway is running at http://127.0.0.1:" + port);
    }
}
