package io.marketbrain.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.marketbrain.pipeline.ScriptRunner;
import io.marketbrain.pipeline.ScriptRunner.Script;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which threads connect to Redis and read from it: never one that runs a script for a request. */
class ConnectingThreadsTest {
    private static final Script ANSWER = new Script("return {7}");

    /** The threads that touched a socket. */
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private final RedisServer redis = RedisServer.stopped();

    @AfterEach
    void stop() {
        redis.close();
    }

    /** Creates sockets that note which threads connect them and read from them. */
    private final class Noting extends SocketFactory {
        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress to, int millis) throws IOException {
                    threads.add(Thread.currentThread());
                    super.connect(to, millis);
                }

                @Override
                public InputStream getInputStream() throws IOException {
                    threads.add(Thread.currentThread());
                    return super.getInputStream();
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    private RedisScriptRunner runner(Duration longestWait) {
        RedisConfig config = RedisConfig.defaults()
                .withUrl(redis.url())
                .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20))
                .withProbes(
                        Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(1));
        return new RedisScriptRunner(config, longestWait, System::nanoTime, new Random(1), new Noting());
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
            assertThat(threads).isNotEmpty().doesNotContain(Thread.currentThread());
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
            assertThat(threads).doesNotContain(Thread.currentThread());
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
