package io.marketbrain.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LogOutletTest {
    private static final byte[] LINE = "line\n".getBytes(StandardCharsets.UTF_8);

    private final List<String> written = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch drained = new CountDownLatch(1);

    @Test
    void a_line_admitted_before_the_end_and_delivered_after_it_counts_as_dropped() throws Exception {
        LogOutlet outlet = outlet(line -> written.add(text(line)));
        outlet.start();
        assertThat(outlet.admit(LogLevel.INFO)).isTrue();

        outlet.close();
        drained.await();
        outlet.abandon();
        outlet.put(LogLevel.INFO, LINE);

        assertThat(written).isEmpty();
        assertThat(outlet.counts().dropped()).isEqualTo(1);
        assertThat(outlet.counts().queued()).isZero();
    }

    @Test
    void a_closed_outlet_counts_rejected_lines_as_dropped() throws Exception {
        LogOutlet outlet = outlet(line -> written.add(text(line)));
        outlet.start();
        outlet.close();
        drained.await();

        assertThat(outlet.admit(LogLevel.ERROR)).isFalse();

        assertThat(outlet.counts().levels()).containsEntry(LogLevel.ERROR, new LogCounts.OfLevel(1, 0, 1));
    }

    @Test
    void lines_queued_at_the_end_are_still_written() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        LogOutlet outlet = outlet(line -> {
            await(gate);
            written.add(text(line));
        });
        outlet.start();
        for (int i = 0; i < 3; i++) {
            assertThat(outlet.admit(LogLevel.INFO)).isTrue();
            outlet.put(LogLevel.INFO, LINE);
        }

        outlet.close();
        gate.countDown();
        drained.await();

        assertThat(written).containsExactly("line\n", "line\n", "line\n");
    }

    @Test
    void a_forgone_line_frees_its_place_and_counts_as_dropped() {
        LogOutlet outlet = outlet(line -> {});
        assertThat(outlet.admit(LogLevel.WARN)).isTrue();

        outlet.forgo(LogLevel.WARN);

        assertThat(outlet.counts().levels()).containsEntry(LogLevel.WARN, new LogCounts.OfLevel(1, 0, 1));
        for (int place = 0; place < 3; place++) {
            assertThat(outlet.admit(LogLevel.WARN)).isTrue();
        }
        assertThat(outlet.admit(LogLevel.WARN)).isFalse();
    }

    @Test
    void a_sink_that_throws_loses_one_line_and_the_outlet_goes_on() throws Exception {
        LogOutlet outlet = outlet(line -> {
            if (written.isEmpty()) {
                written.add("tried");
                throw new IllegalStateException("a bug in a sink");
            }
            written.add(text(line));
        });
        outlet.start();

        put(outlet);
        Eventually.until("the first line is lost", () -> outlet.counts().dropped() == 1);
        put(outlet);
        outlet.close();
        drained.await();

        assertThat(written).containsExactly("tried", "line\n", "1 line was dropped here (INFO 1)");
        assertThat(outlet.counts().written()).isEqualTo(1);
    }

    @Test
    void an_error_in_a_sink_or_a_notice_loses_one_line_and_the_outlet_goes_on() throws Exception {
        LogOutlet outlet = outlet(line -> {
            String text = text(line);
            written.add(text);
            if (written.size() == 1) {
                throw new StackOverflowError();
            }
            if (written.size() == 3) {
                throw new NoClassDefFoundError();
            }
        });
        outlet.start();
        for (int lines = 1; lines <= 4; lines++) {
            put(outlet);
            Eventually.until("every line is settled", () -> outlet.counts().queued() == 0);
        }
        outlet.close();
        drained.await();

        assertThat(written).hasSizeGreaterThanOrEqualTo(4);
        assertThat(outlet.counts().written() + outlet.counts().dropped()).isEqualTo(4);
        assertThat(outlet.counts().dropped()).isBetween(1L, 2L);
    }

    @Test
    void lasting_overload_is_announced_although_the_queue_never_runs_empty() throws Exception {
        AtomicReference<LogOutlet> self = new AtomicReference<>();
        LogOutlet outlet = outlet(line -> {
            written.add(text(line));
            if (!text(line).contains("dropped here")) {
                fill(self.get());
            } else {
                self.get().close();
            }
        });
        self.set(outlet);
        fill(outlet);

        outlet.start();
        drained.await();

        assertThat(written).anyMatch(line -> line.matches("\\d+ lines were dropped here \\(INFO \\d+\\)"));
        assertThat(outlet.counts().queued()).isZero();
    }

    /** Fills the queue and drops one line. */
    private static void fill(LogOutlet outlet) {
        while (outlet.admit(LogLevel.INFO)) {
            outlet.put(LogLevel.INFO, LINE);
        }
    }

    private static void put(LogOutlet outlet) {
        assertThat(outlet.admit(LogLevel.INFO)).isTrue();
        outlet.put(LogLevel.INFO, LINE);
    }

    private LogOutlet outlet(Sink sink) {
        SinkNotices notices = new SinkNotices() {
            @Override
            public byte[] lost(String summary) {
                return summary.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public void failing(IOException cause) {}

            @Override
            public void recovered() {}
        };
        return new LogOutlet("test", new LineQueue(3, 1000), sink, notices, () -> 0, drained::countDown);
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
