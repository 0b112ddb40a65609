package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Main;
import io.marketbrain.api.ContractDocument;
import io.marketbrain.cli.Invocation;
import io.marketbrain.cli.console.CommandContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code brain watch} with and without a running gateway. */
@Timeout(120)
class WatchCommandTest {
    @TempDir
    Path folder;

    private record Result(String out, String err) {}

    /** Whoever reads the output of the command, until it has seen so many lines. */
    private static final class Reader extends OutputStream {
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
        private final int most;
        private int lines;

        Reader(int most) {
            this.most = most;
        }

        @Override
        public void write(int b) throws IOException {
            if (lines >= most) {
                throw new IOException("Broken pipe");
            }
            seen.write(b);
            lines += b == '\n' ? 1 : 0;
        }
    }

    private Result watch(boolean terminal, int lines, int port, String... arguments) {
        var line = new ArrayList<>(List.of("watch", "--port", Integer.toString(port)));
        line.addAll(List.of(arguments));
        var out = new Reader(lines);
        var err = new ByteArrayOutputStream();
        var around = new CommandContext(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                Map.of(),
                folder,
                folder,
                InstantSource.system());
        Invocation.run(line.toArray(String[]::new), around, new Main());
        return new Result(out.seen.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void a_pipe_gets_one_json_object_an_event_from_the_running_gateway() {
        try (var gateway = TestGateway.with(folder)) {
            Result result = watch(false, 5, gateway.port(), "binance:BTCUSDT", "--kinds", "quote,trade");
            assertThat(result.err()).isEmpty();
            assertThat(result.out().lines())
                    .hasSize(5)
                    .allSatisfy(line -> assertThat(ContractDocument.JSON
                                    .readTree(line)
                                    .get("provider")
                                    .asString())
                            .isEqualTo("binance"));
            assertThat(gateway.counter("stream", "sharing", "delivered")).isPositive();
        }
    }

    @Test
    void without_a_gateway_it_runs_its_own() throws Exception {
        Result result = watch(false, 3, freePort(), "binance:BTCUSDT");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("\"event\":\"snapshot\"").hasLineCount(3);
    }

    @Test
    void a_terminal_shows_a_line_for_each_symbol() throws Exception {
        Result result = watch(true, 16, freePort(), "binance:BTCUSDT", "kraken:ETH/EUR");
        assertThat(result.out()).contains("binance:BTC/USDT", "kraken:ETH/EUR", "simulated", "\u001b[3A");
    }

    @Test
    void an_unknown_symbol_is_an_error() throws Exception {
        Result result = watch(false, 3, freePort(), "binance:NOSUCHTHING");
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("brain: binance has no instrument");
    }
}
