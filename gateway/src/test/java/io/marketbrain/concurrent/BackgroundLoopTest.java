package io.marketbrain.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackgroundLoopTest {
    private static final String NAME = "background-loop-test";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final AtomicInteger rounds = new AtomicInteger();
    private BackgroundLoop loop = loop(BackgroundLoop.Kind.VIRTUAL, () -> BackgroundLoop.END);

    private static BackgroundLoop loop(BackgroundLoop.Kind kind, BackgroundLoop.Round round) {
        return new BackgroundLoop(NAME, kind, () -> 0, round);
    }

    @AfterEach
    void stop() {
        loop.stopNow();
    }

    @ParameterizedTest
    @EnumSource
    void any_error_is_counted_and_the_next_round_follows(BackgroundLoop.Kind kind) throws InterruptedException {
        long before = crashes();
        var third = new CountDownLatch(3);
        loop = loop(kind, () -> {
                    third.countDown();
                    throw new StackOverflowError();
                })
                .start();
        assertThat(third.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.alive()).isTrue();
        assertThat(crashes()).isGreaterThanOrEqualTo(before + 2);
        loop.stopNow();
        assertThat(loop.awaitEnd(SOON)).isTrue();
    }

    @Test
    void a_loop_whose_thread_has_yet_to_start_is_not_reported_as_dead() throws InterruptedException {
        assertThat(loop.report().dead()).isZero();
        loop.start();
        assertThat(loop.awaitEnd(SOON)).isTrue();
        assertThat(loop.report().dead()).isZero();
    }

    @Test
    void a_loop_that_fails_repeatedly_is_reported_until_a_round_succeeds() throws InterruptedException {
        var failed = new CountDownLatch(ThreadCounts.Loops.FAILING + 1);
        var succeeded = new CountDownLatch(2);
        loop = loop(BackgroundLoop.Kind.VIRTUAL, () -> {
                    if (failed.getCount() > 1) {
                        failed.countDown();
                        throw new AssertionError("round failed");
                    }
                    failed.countDown();
                    succeeded.countDown();
                    return Duration.ofMillis(1);
                })
                .start();
        assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(succeeded.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(new ThreadCounts.Loops(NAME, 1, 0, 9, ThreadCounts.Loops.FAILING).failing())
                .isTrue();
        assertThat(reported().failing()).isFalse();
        assertThat(reported().running()).isOne();
    }

    @Test
    void the_pause_after_failures_grows_to_a_bound() {
        assertThat(BackgroundLoop.pauseAfter(0)).isEqualTo(BackgroundLoop.MIN_PAUSE);
        assertThat(BackgroundLoop.pauseAfter(1)).isEqualTo(BackgroundLoop.MIN_PAUSE.multipliedBy(2));
        assertThat(BackgroundLoop.pauseAfter(30)).isEqualTo(BackgroundLoop.MAX_PAUSE);
        assertThat(BackgroundLoop.pauseAfter(Integer.MAX_VALUE)).isEqualTo(BackgroundLoop.MAX_PAUSE);
    }

    @Test
    void waking_ends_a_pause_also_if_a_round_was_still_running() throws InterruptedException {
        var third = new CountDownLatch(3);
        loop = loop(BackgroundLoop.Kind.VIRTUAL, () -> {
            third.countDown();
            loop.wake();
            return Duration.ofHours(1);
        });
        loop.start();
        assertThat(third.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stopping_ends_a_pause_and_the_loop_is_no_longer_reported() throws InterruptedException {
        var first = new CountDownLatch(1);
        loop = loop(BackgroundLoop.Kind.VIRTUAL, () -> {
                    first.countDown();
                    return Duration.ofHours(1);
                })
                .start();
        assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
        loop.stop();
        assertThat(loop.awaitEnd(SOON)).isTrue();
        assertThat(ThreadCounts.loops()).noneMatch(loops -> loops.name().equals(NAME));
    }

    @Test
    void an_interrupt_that_is_not_a_stop_is_a_failure_of_the_round_only() throws InterruptedException {
        var second = new CountDownLatch(2);
        loop = loop(BackgroundLoop.Kind.VIRTUAL, () -> {
                    second.countDown();
                    Thread.currentThread().interrupt();
                    Thread.sleep(1);
                    return Duration.ZERO;
                })
                .start();
        assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.alive()).isTrue();
    }

    @Test
    void a_round_can_end_the_loop() throws InterruptedException {
        loop = loop(BackgroundLoop.Kind.DAEMON, () -> {
                    rounds.incrementAndGet();
                    return BackgroundLoop.END;
                })
                .start();
        assertThat(loop.awaitEnd(SOON)).isTrue();
        assertThat(rounds).hasValue(1);
        assertThat(ThreadCounts.loops()).noneMatch(loops -> loops.name().equals(NAME));
    }

    private static ThreadCounts.Loops reported() {
        return ThreadCounts.loops().stream()
                .filter(loops -> loops.name().equals(NAME))
                .findFirst()
                .orElseThrow();
    }

    private static long crashes() {
        return ThreadCounts.crashes().getOrDefault(NAME, 0L);
    }
}
