package io.marketbrain.pipeline.resilience;

import static io.marketbrain.pipeline.resilience.FakeTime.PROVIDER;
import static io.marketbrain.pipeline.resilience.FakeTime.QUERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.marketbrain.files.FileProblems;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ScriptRunner;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.store.redis.RedisConfig;
import io.marketbrain.store.redis.RedisScriptRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quotas across restarts, crashes and several gateways. */
class QuotaMemoryTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final FakeTime time = new FakeTime();
    private final Random random = new Random(1);

    private static RateLimit calls(long amount, Duration per) {
        return new RateLimit(amount, per, RateLimit.Counts.CALLS);
    }

    private QuotaLayer started(Optional<ScriptRunner> redis, RateLimit... limits) {
        return started("a", redis, limits);
    }

    private QuotaLayer started(String gateway, Optional<ScriptRunner> redis, RateLimit... limits) {
        return started(gateway, redis, 1, limits);
    }

    private QuotaLayer started(String gateway, Optional<ScriptRunner> redis, int weight, RateLimit... limits) {
        return new QuotaLayer(
                new QuotaConfig(weight == 1 ? 100 : 90, 80, Duration.ZERO),
                List.of(limits),
                _ -> weight,
                QuotaMemory.of(
                        PROVIDER, redis, Optional.of(folder.resolve(gateway)), time, random, FileProblems.ofCommand()),
                time,
                time);
    }

    private int callsMade(QuotaLayer layer, int tries) {
        var calls = new AtomicInteger();
        MarketDataSource source = layer.around((query, call) -> {
            calls.incrementAndGet();
            return time.answer();
        });
        for (int i = 0; i < tries; i++) {
            source.fetch(QUERY, time.call(MINUTE));
        }
        return calls.get();
    }

    @Test
    void a_restart_keeps_the_counts() {
        QuotaLayer first = started(Optional.empty(), calls(100, MINUTE));
        assertThat(callsMade(first, 70)).isEqualTo(70);
        first.close();
        time.passMillis(30_000);
        QuotaLayer second = started(Optional.empty(), calls(100, MINUTE));
        assertThat(callsMade(second, 70)).isEqualTo(30);
        second.close();
        time.passMillis(33_000);
        assertThat(callsMade(started(Optional.empty(), calls(100, MINUTE)), 200))
                .isEqualTo(70);
    }

    /** Maximum use, with shutdowns and crashes at random moments: no period ever holds more than the limit. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void no_crash_lets_more_through_than_the_limit(long seed) {
        var chance = new Random(seed);
        Duration per = chance.nextBoolean() ? MINUTE : Duration.ofSeconds(15);
        long limit = 1 + chance.nextLong(150);
        QuotaLayer layer = started(Optional.empty(), calls(limit, per));
        List<Long> made = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            time.pass(Duration.ofMillis(chance.nextInt(chance.nextInt(20) == 0 ? 20_000 : 300)));
            if (callsMade(layer, 1) == 1) {
                made.add(time.nanos());
            }
            int fate = chance.nextInt(60);
            if (fate < 2) {
                if (fate == 0) {
                    layer.close();
                }
                layer = started(Optional.empty(), calls(limit, per));
            }
        }
        assertThat(made).hasSizeGreaterThan((int) limit);
        int from = 0;
        for (int i = 0; i < made.size(); i++) {
            while (made.get(i) - made.get(from) >= per.toNanos()) {
                from++;
            }
            assertThat(i - from + 1).isLessThanOrEqualTo((int) limit);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "running",
                "stopped\ncalls/60 1",
                "stopped\ncalls/60 0 -5\n",
                "stopped\ncalls/60 1772366400000 -5\n",
                "stopped\ncalls/60 1772366400000 9223372036854775807\n",
                "stopped\ncalls/60 1772366400000 NaN\n",
                "stopped\nwhat is this?\n",
                "halted\n",
                "stopped\n\0\n"
            })
    void limits_count_as_full_if_the_saved_counts_are_damaged(String damaged) throws Exception {
        Path file = Files.createDirectory(folder.resolve("a")).resolve("quota-" + PROVIDER);
        Files.writeString(file, damaged);
        for (int start = 0; start < 2; start++) {
            assertThat(callsMade(started(Optional.empty(), calls(100, MINUTE)), 10))
                    .as("start " + start)
                    .isZero();
        }
        time.passMillis(62_000);
        QuotaLayer later = started(Optional.empty(), calls(100, MINUTE));
        assertThat(callsMade(later, 10)).isEqualTo(10);
        try (var files = Files.list(folder.resolve("a"))) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .filteredOn(name -> name.contains(".damaged-"))
                    .hasSize(1);
        }
    }

    @Test
    void writes_only_after_a_further_twentieth_was_used() throws Exception {
        var saves = new AtomicInteger();
        var store = new QuotaStore() {
            @Override
            public Optional<Snapshot> find() {
                return Optional.empty();
            }

            @Override
            public void save(Snapshot kept) {
                saves.incrementAndGet();
            }
        };
        try (var quota = new LocalQuota(List.of(calls(6000, MINUTE)), store, time, time)) {
            assertThat(saves).hasValue(0);
            for (int i = 0; i < 3000; i++) {
                quota.take(new long[] {1}, 100);
            }
            assertThat(saves).hasValue(11);
        }
        assertThat(saves).hasValue(12);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void gateways_on_one_redis_use_the_limit_together() throws Exception {
        assumeThat(RedisServer.isInstalled()).isTrue();
        try (var redis = RedisServer.started();
                var one = scripts(redis);
                var two = scripts(redis)) {
            List<QuotaLayer> layers = List.of(
                    started(Optional.of(one), calls(100, Duration.ofHours(1)), calls(1000, Duration.ofDays(1))),
                    started(Optional.of(two), calls(100, Duration.ofHours(1)), calls(1000, Duration.ofDays(1))));
            var made = new AtomicInteger();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 400; i++) {
                    QuotaLayer layer = layers.get(i % 2);
                    threads.execute(() -> made.addAndGet(callsMade(layer, 1)));
                }
            }
            assertThat(made).hasValue(100);
            assertThat(layers.getFirst().state()).isEqualTo("used-up");
            assertThat(layers.getLast().reports().getLast().left()).isEqualTo(900);
            assertThat(redis.keys("*")).containsExactly("mib:quota:{acme}");

            // A restart loses no counts either.
            assertThat(callsMade(started(Optional.of(one), calls(100, Duration.ofHours(1))), 5))
                    .isZero();
        }
    }

    @Test
    void gives_back_calls_rejected_by_inner_layers_and_frees_room_slot_by_slot() throws Exception {
        assumeThat(RedisServer.isInstalled()).isTrue();
        try (var redis = RedisServer.started();
                var scripts = scripts(redis)) {
            QuotaLayer layer = started(Optional.of(scripts), calls(3, Duration.ofSeconds(3)));
            MarketDataSource refused =
                    layer.around((query, call) -> FakeTime.failed(new Failure.Shed("full", Duration.ofSeconds(1))));
            for (int i = 0; i < 20; i++) {
                assertThat(FakeTime.failureOf(refused.fetch(QUERY, time.call(MINUTE))))
                        .isInstanceOf(Failure.Shed.class);
            }
            long start = System.nanoTime();
            assertThat(callsMade(layer, 5)).isEqualTo(3);
            while (callsMade(layer, 1) == 0) {
                Thread.sleep(20);
            }
            assertThat(System.nanoTime() - start).isGreaterThan(2_900_000_000L);
        }
    }

    @Test
    void while_redis_is_unavailable_a_gateway_uses_its_share() {
        assumeThat(RedisServer.isInstalled()).isTrue();
        try (var redis = RedisServer.started();
                var one = scripts(redis);
                var two = scripts(redis)) {
            QuotaLayer first = started(Optional.of(one), calls(100, Duration.ofHours(1)));
            QuotaLayer second = started("b", Optional.of(two), calls(100, Duration.ofHours(1)));
            assertThat(callsMade(second, 10)).isEqualTo(10);
            assertThat(callsMade(first, 10)).isEqualTo(10);
            redis.kill();
            assertThat(callsMade(first, 100)).isEqualTo(40);
        }
    }

    @Test
    void a_request_as_heavy_as_the_limit_is_made_by_one_of_all_gateways() {
        assumeThat(RedisServer.isInstalled()).isTrue();
        try (var redis = RedisServer.started();
                var one = scripts(redis);
                var two = scripts(redis)) {
            var limit = new RateLimit(100, Duration.ofHours(1), RateLimit.Counts.WEIGHT);
            assertThat(callsMade(started("a", Optional.of(one), 100, limit), 2)).isOne();
            QuotaLayer second = started("b", Optional.of(two), 100, limit);
            assertThat(callsMade(second, 2)).isZero();
            redis.kill();
            assertThat(callsMade(second, 2)).as("more than its part").isZero();
        }
    }

    static Stream<Failure> withRetryAfter() {
        return Stream.of(
                new Failure.Throttled(PROVIDER, "slower", Duration.ofSeconds(30)),
                new Failure.Faulty(PROVIDER, "status 503").withRetryAfter(Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @MethodSource("withRetryAfter")
    void a_retry_after_sent_to_one_gateway_applies_to_all(Failure failure) {
        assumeThat(RedisServer.isInstalled()).isTrue();
        try (var redis = RedisServer.started();
                var one = scripts(redis);
                var two = scripts(redis)) {
            QuotaLayer first = started(Optional.of(one), calls(100, MINUTE));
            QuotaLayer second = started(Optional.of(two), calls(100, MINUTE));
            first.around((query, call) -> FakeTime.failed(failure)).fetch(QUERY, time.call(MINUTE));
            var calls = new AtomicInteger();
            Outcome<QueryResult> outcome = second.around((query, call) -> {
                        calls.incrementAndGet();
                        return time.answer();
                    })
                    .fetch(QUERY, time.call(MINUTE));
            assertThat(calls).hasValue(0);
            assertThat(FakeTime.failureOf(outcome))
                    .isInstanceOfSatisfying(
                            Failure.Throttled.class,
                            waiting -> assertThat(waiting.retryAfter())
                                    .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30)));
        }
    }

    static Stream<List<Long>> impossibleReplies() {
        return Stream.of(
                List.of(0L, 1L, 1L, 0L, 0L),
                List.of(0L, 1L, 1L, -1L, 0L),
                List.of(5L, 2L, 1L, 1L, 0L),
                List.of(5L, -7L, 1L, 1L, 0L),
                List.of(-5L, 1L, 1L, 1L, 0L),
                List.of(Long.MAX_VALUE, 0L, 1L, 1L, 0L),
                List.of(3_600_000_000L, 1L, 1L, 1L, 0L),
                List.of(0L, 1L, 1L, 1L, -9L),
                List.of(1L));
    }

    @ParameterizedTest
    @MethodSource("impossibleReplies")
    void a_reply_that_the_script_cannot_return_counts_as_no_reply(List<Long> reply) {
        var untrusted = new ScriptRunner() {
            @Override
            public List<Long> run(Script script, String keySuffix, List<String> arguments) {
                return reply;
            }

            @Override
            public boolean away() {
                return false;
            }

            @Override
            public void close() {}
        };
        assertThat(callsMade(started(Optional.of(untrusted), calls(10, MINUTE)), 20))
                .isEqualTo(10);
    }

    /** With a long timeout, so that a busy machine is not mistaken for an unavailable Redis. */
    private RedisScriptRunner scripts(RedisServer redis) {
        RedisConfig config = RedisConfig.defaults()
                .withUrl(redis.url())
                .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
        return new RedisScriptRunner(config, Duration.ofSeconds(20), System::nanoTime, random);
    }
}
