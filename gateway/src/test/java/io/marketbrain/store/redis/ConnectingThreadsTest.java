package io.marketbrain.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.marketbrain.pipeline.ScriptRunner;
import io.marketbrain.pipeline.ScriptRunner.Script;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which threads connect to Redis and read from it: never one that runs a script for a request. */
class ConnectingThreadsTest {
    private static final Script ANSWER = new Script("return {7}");

    private final RecordingSockets sockets = new RecordingSockets();
    private final RedisServer redis = RedisServer.stopped();

    @AfterEach
    void stop() {
        redis.close();
    }

    private RedisScriptRunner runner(Duration longestWait) {
        RedisConfig config = RedisConfig.defaults()
                .withUrl(redis.url())
                .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20))
                .withProbes(Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(1));
        return new RedisScriptRunner(config, longestWait, System::nanoTime, new Random(1), sockets);
    }

    private static List<Long> eventually(ScriptRunner runner) throws Exception {
        for (int i = 0; i < 1000; i++) {
            try {
                return runner.run(ANSWER, "x", List.of());
            } catch (ScriptRunner.Unavailable notYet) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        return runner.run(ANSWER, "x", List.of());
    }

    @Test
    void no_request_thread_connects_whether_redis_is_there_or_gone_or_back() throws Exception {
        assumeThat(RedisServer.isInstalled()).isTrue();
        redis.start();
        try (RedisScriptRunner runner = runner(Duration.ofSeconds(20))) {
            assertThat(runner.run(ANSWER, "x", List.of())).containsExactly(7L);
            redis.kill();
            assertThatThrownBy(() -> runner.run(ANSWER, "x", List.of())).isInstanceOf(ScriptRunner.Unavailable.class);
            assertThat(runner.away()).isTrue();
            redis.start();
            assertThat(eventually(runner)).containsExactly(7L);
            assertThat(runner.away()).isFalse();
            assertThat(sockets.threads()).isNotEmpty().doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void a_silent_redis_costs_one_wait_and_then_none_until_it_responds() throws Exception {
        assumeThat(RedisServer.isInstalled()).isTrue();
        redis.start();
        try (RedisScriptRunner runner = runner(Duration.ofMillis(300))) {
            eventually(runner);
            redis.freeze();
            assertThatThrownBy(() -> runner.run(ANSWER, "x", List.of())).hasMessageContaining("no reply in 300 ms");
            // The probe waits for a reply for 20 s, so until then every call must fail without a wait.
            for (int i = 0; i < 1000; i++) {
                assertThatThrownBy(() -> runner.run(ANSWER, "x", List.of()))
                        .hasMessageContaining("no reply in 300 ms")
                        .hasNoCause();
            }
            redis.thaw();
            assertThat(eventually(runner)).containsExactly(7L);
            assertThat(sockets.threads()).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void a_call_that_is_cancelled_does_not_make_redis_unavailable() throws Exception {
        assumeThat(RedisServer.isInstalled()).isTrue();
        redis.start();
        try (RedisScriptRunner runner = runner(Duration.ofSeconds(20))) {
            eventually(runner);
            redis.freeze();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> runner.run(ANSWER, "x", List.of())).hasMessageContaining("cancelled");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(runner.away()).isFalse();
            redis.thaw();
            assertThat(runner.run(ANSWER, "x", List.of())).containsExactly(7L);
        }
    }
}
