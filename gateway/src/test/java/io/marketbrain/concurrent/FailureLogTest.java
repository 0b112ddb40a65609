package io.marketbrain.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailureLogTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private boolean broken;

    private final System.Logger log = new System.Logger() {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable cause) {
            if (broken) {
                throw new StackOverflowError();
            }
            lines.add(text + ": " + cause);
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, Object @Nullable ... values) {
            throw new AssertionError("not used");
        }
    };

    private final FailureLog failures = new FailureLog(log, "a load failed", now::get);

    @Test
    void ten_thousand_failures_within_an_interval_are_one_line_and_the_next_line_counts_them() {
        for (int i = 0; i < 10_000; i++) {
            failures.record(new AssertionError(i));
        }
        assertThat(lines).containsExactly("a load failed: java.lang.AssertionError: 0");

        now.addAndGet(FailureLog.INTERVAL.toNanos());
        failures.record(new AssertionError("later"));
        assertThat(lines)
                .hasSize(2)
                .last()
                .isEqualTo("a load failed (9999 more failures were not logged): java.lang.AssertionError: later");
    }

    @Test
    void a_log_that_fails_does_not_fail_the_caller() {
        broken = true;
        failures.record(new AssertionError());
        assertThat(lines).isEmpty();
    }
}
