package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.cli.Invocation;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConsoleOutput;
import io.marketbrain.cli.console.Launcher;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code brain candles} while the source of the data fails, and while its output is written. */
class CandleCommandFailureTest {
    private final AtomicInteger queries = new AtomicInteger();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ApiFixture fixture = new ApiFixture(ApiFixture.SAMPLES);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        fixture.close();
    }

    private int month(OutputStream out, String format) {
        var context = new CommandContext(
                new ConsoleOutput(out),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Map.of(),
                folder,
                folder,
                InstantSource.system());
        String line = "candles exchange BTCUSDT --interval 1m --from 2024-01-01 --to 2024-02-01 --format " + format;
        return Invocation.run(line.split(" "), context, new Launcher() {
            @Override
            public Running serve(GatewayConfig config) {
                throw new UnsupportedOperationException();
            }

            @Override
            public <T> T locally(GatewayConfig config, Function<LocalApi, T> use) {
                return use.apply(new LocalApi(fixture.api));
            }
        });
    }

    @Test
    void a_range_that_fails_midway_says_where_to_resume() {
        for (String format : new String[] {"csv", "ndjson", "json", "table"}) {
            queries.set(0);
            err.reset();
            fixture.source = (query, call) -> queries.incrementAndGet() < 3
                    ? ApiFixture.SAMPLES.fetch(query, call)
                    : Outcome.failed(new Failure.Unreachable(ApiSamples.PROVIDER, "the line is dead"));
            var out = new ByteArrayOutputStream();
            assertThat(month(out, format)).as(format).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .as(format)
                    .contains("the line is dead")
                    .endsWith("brain: incomplete after 2000 candles; to continue, run it again with --from"
                            + " 2024-01-02T09:20:00Z\n");
            assertThat(out.toString(StandardCharsets.UTF_8)).as(format).contains("2024-01-02T09:19:00Z");
        }
    }

    @Test
    void each_page_is_written_before_the_next_one_is_fetched() {
        fixture.source = (query, call) -> {
            queries.incrementAndGet();
            return ApiFixture.SAMPLES.fetch(query, call);
        };
        var mostAhead = new AtomicInteger();
        var written = new AtomicInteger();
        int code = month(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        for (int i = offset; i < offset + length; i++) {
                            written.addAndGet(bytes[i] == '\n' ? 1 : 0);
                        }
                        mostAhead.accumulateAndGet(queries.get() * 1000 - written.get(), Math::max);
                    }
                },
                "csv");
        assertThat(code).isZero();
        assertThat(written.get()).isEqualTo(1 + 44_640);
        assertThat(mostAhead.get()).isLessThan(2000);
    }
}
