package io.marketbrain.pipeline.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.marketbrain.files.FileProblems;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.ScriptRunner;
import io.marketbrain.pipeline.budget.BudgetPolicy.Period;
import io.marketbrain.pipeline.cache.redis.RedisServer;
import io.marketbrain.store.redis.RedisConfig;
import io.marketbrain.store.redis.RedisScriptRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One budget of several gateways on a real Redis that is frozen, killed and emptied. */
class SharedBudgetTest {
    private static final ProviderId ACME = new ProviderId("acme");
    private static final Money ONE = Money.of("1");

    @TempDir
    Path folder;

    private final Random random = new Random(3);
    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicLong seconds = new AtomicLong();
    private RedisServer redis;

    @BeforeEach
    void start() {
        assumeThat(RedisServer.isInstalled()).isTrue();
        redis = RedisServer.started("--appendonly", "yes");
    }

    @AfterEach
    void stop() throws Exception {
        redis.thaw();
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        redis.close();
    }

    private RedisScriptRunner scripts() {
        return scripts(Duration.ofSeconds(20));
    }

    private RedisScriptRunner scripts(Duration timeout) {
        RedisConfig config = RedisConfig.defaults()
                .withUrl(redis.url())
                .withTimeouts(Duration.ofSeconds(20), timeout)
                .withProbes(
                        Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(1));
        var scripts = new RedisScriptRunner(config, timeout, System::nanoTime, random);
        open.add(scripts);
        return scripts;
    }

    private Ledger gateway(String limit, String name) {
        return gateway(limit, Optional.of(folder.resolve(name)), scripts());
    }

    /** A gateway whose clock advances a second on each read, so that its retry interval never applies. */
    private Ledger gateway(String limit, Optional<Path> state, ScriptRunner scripts) {
        var policy = new BudgetPolicy(
                "all", Money.of(limit), Period.MONTH, ZoneOffset.UTC, Optional.empty(), Optional.empty());
        var ledger = new Ledger(
                new BudgetConfig(List.of(policy), Map.of()),
                BudgetStore.of(Optional.of(scripts), state, random, FileProblems.ofCommand()),
                () -> Instant.parse("2026-03-01T00:00:00Z").plusSeconds(seconds.incrementAndGet()));
        open.add(ledger);
        return ledger;
    }

    private static boolean pays(Ledger gateway) {
        return gateway.reserve(ACME, "alice", ONE) instanceof Outcome.Success;
    }

    private static Failure.BudgetExhausted refusal(Ledger gateway) {
        return (Failure.BudgetExhausted)
                ((Outcome.Failed<Ledger.Reservation>) gateway.reserve(ACME, "alice", ONE)).failure();
    }

    private static BudgetReport report(Ledger gateway) {
        return gateway.reports().getFirst();
    }

    @Test
    void gateways_that_share_it_spend_exactly_the_budget() throws Exception {
        List<Ledger> gateways = List.of(gateway("1000.5", "a"), gateway("1000.5", "b"), gateway("1000.5", "c"));
        var paid = new AtomicLong();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3000; i++) {
                Ledger gateway = gateways.get(i % 3);
                threads.execute(() -> {
                    if (pays(gateway)) {
                        paid.incrementAndGet();
                    }
                });
            }
        }
        // What is left in one gateway's block may be less than a call costs, while another has the rest.
        assertThat(paid.get()).isBetween(1000L - 3, 1000L);
        assertThat(report(gateways.getFirst()).limit()).isEqualTo(Money.of("1000.5"));
        assertThat(redis.send("PTTL", redis.keys("mib:budget:*").getFirst())).isNotEqualTo(":-1");
    }

    @Test
    void a_stopped_gateway_gives_back_the_rest_of_its_block() {
        Ledger first = gateway("1000", "a");
        assertThat(pays(first)).isTrue();
        first.close();
        assertThat(report(gateway("1000", "a")).used()).isEqualTo(ONE);
    }

    /** Responses get lost, scripts run late or twice: what is granted is spent once, and none of it is lost. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_lease_whose_answer_was_lost_is_granted_once(long seed) throws Exception {
        var chance = new Random(seed);
        RedisScriptRunner real = scripts();
        record Late(ScriptRunner.Script script, String place, List<String> arguments) {}
        Deque<Late> late = new ArrayDeque<>();
        var unreliable = new ScriptRunner() {
            boolean reliable;

            @Override
            public List<Long> run(Script script, String place, List<String> arguments) throws Unavailable {
                if (!late.isEmpty() && chance.nextInt(3) == 0) {
                    Late then = late.removeFirst();
                    real.run(then.script(), then.place(), then.arguments());
                }
                int fate = reliable ? 9 : chance.nextInt(8);
                if (fate == 0) {
                    throw new Unavailable("never left", null);
                }
                if (fate == 3) {
                    late.add(new Late(script, place, arguments));
                    throw new Unavailable("is on its way", null);
                }
                List<Long> reply = real.run(script, place, arguments);
                if (fate < 3) {
                    throw new Unavailable("the answer was lost", null);
                }
                return reply;
            }

            @Override
            public boolean away() {
                return false;
            }

            @Override
            public void close() {}
        };
        Ledger one = gateway("300", Optional.of(folder.resolve("a")), unreliable);
        Ledger two = gateway("300", Optional.of(folder.resolve("b")), unreliable);
        int paid = 0;
        for (int i = 0; i < 600; i++) {
            paid += pays(chance.nextBoolean() ? one : two) ? 1 : 0;
        }
        unreliable.reliable = true;
        for (int i = 0; i < 300; i++) {
            paid += pays(one) ? 1 : 0;
            paid += pays(two) ? 1 : 0;
        }
        assertThat(paid).isEqualTo(300);
    }

    @Test
    void while_redis_is_frozen_a_gateway_spends_its_block_then_rejects_calls_and_loses_nothing() throws Exception {
        Ledger gateway = gateway("1000", Optional.of(folder), scripts(Duration.ofMillis(300)));
        assertThat(pays(gateway)).isTrue();
        redis.freeze();
        for (int i = 0; i < 9; i++) {
            assertThat(pays(gateway)).isTrue();
        }
        Failure.BudgetExhausted refused = refusal(gateway);
        assertThat(refused.policy()).isEqualTo("all");
        assertThat(refused.message()).contains("the budget store is unavailable");
        assertThat(report(gateway).state()).isEqualTo("unknown");
        redis.thaw();
        int paid = 10;
        for (int i = 0; i < 6_000 && paid < 1000; ) {
            if (pays(gateway)) {
                paid++;
            } else {
                i++;
                Thread.sleep(5);
            }
        }
        assertThat(paid).isEqualTo(1000);
        assertThat(pays(gateway)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 9000000000000 9000000000000 5 1",
                "0 1000000 0 5 1",
                "0 -1000000 0 5 1",
                "0 1000000 -1000000 5 1",
                "0 0 9223372036854775807 5 1",
                "0 1000000 1000000 -5 1",
                "0 1000000 1000000 5 9223372036854775807",
                "7"
            })
    void a_reply_that_the_script_cannot_return_grants_nothing(String reply) {
        var untrusted = new ScriptRunner() {
            @Override
            public List<Long> run(Script script, String keySuffix, List<String> arguments) {
                return Arrays.stream(reply.split(" ", -1)).map(Long::valueOf).toList();
            }

            @Override
            public boolean away() {
                return false;
            }

            @Override
            public void close() {}
        };
        Ledger gateway = gateway("1000", Optional.of(folder), untrusted);
        assertThat(refusal(gateway).message()).contains("the budget store is unavailable");
        assertThat(report(gateway).state()).isEqualTo("unknown");
    }

    @Test
    void a_killed_redis_resumes_from_its_data_on_disk() throws Exception {
        Ledger gateway = gateway("50", "a");
        int paid = 0;
        for (int i = 0; i < 30; i++) {
            paid += pays(gateway) ? 1 : 0;
        }
        redis.kill();
        assertThat(pays(gateway)).isFalse();
        redis.start("--appendonly", "yes");
        for (int i = 0; i < 1_500 && paid < 50; i++) {
            paid += pays(gateway) ? 1 : 0;
            Thread.sleep(20);
        }
        assertThat(paid).isEqualTo(50);
        assertThat(pays(gateway)).isFalse();
    }

    @Test
    void a_budget_whose_count_redis_lost_is_closed_for_the_period() {
        Ledger knowing = gateway("50", "a");
        for (int i = 0; i < 40; i++) {
            assertThat(pays(knowing)).isTrue();
        }
        redis.send("FLUSHALL");
        assertThat(pays(knowing)).isFalse();
        assertThat(refusal(knowing).message())
                .contains("is closed until 2026-04-01T00:00:00Z", "lost the budget's count");
        assertThat(refusal(knowing).retryAfter()).isGreaterThan(Duration.ofDays(30));
        assertThat(report(knowing).state()).isEqualTo("lost");
        Ledger other = gateway("50", "b");
        assertThat(pays(other)).isFalse();
        assertThat(report(other).state()).isEqualTo("lost");
    }

    @Test
    void a_restarted_gateway_knows_that_there_was_a_count() {
        Ledger before = gateway("50", "a");
        assertThat(pays(before)).isTrue();
        before.close();
        redis.send("FLUSHALL");
        assertThat(pays(gateway("50", "a"))).isFalse();
    }

    @Test
    void a_gateway_that_started_a_new_count_is_stopped_by_the_first_that_knows_the_old_one() {
        Ledger knowing = gateway("1000", "a");
        for (int i = 0; i < 10; i++) {
            assertThat(pays(knowing)).isTrue();
        }
        redis.send("FLUSHALL");
        Ledger fresh = gateway("1000", "b");
        assertThat(pays(fresh)).isTrue();
        assertThat(pays(knowing)).isFalse();
        for (int i = 0; i < 9; i++) {
            assertThat(pays(fresh)).isTrue();
        }
        assertThat(pays(fresh)).isFalse();
    }

    @Test
    void a_redis_restored_from_an_older_copy_is_detected() {
        Ledger gateway = gateway("1000", "a");
        for (int i = 0; i < 20; i++) {
            assertThat(pays(gateway)).isTrue();
        }
        redis.send("HSET", redis.keys("mib:budget:*").getFirst(), "changes", "1", "used", "10000000");
        assertThat(pays(gateway)).isFalse();
        assertThat(report(gateway).state()).isEqualTo("lost");
    }

    /** Threads that read the clock before and after midnight alternate; then the clock really goes back. */
    @Test
    void a_clock_that_goes_back_and_forth_over_the_end_of_a_period_blocks_nothing() {
        var policy = new BudgetPolicy(
                "all", Money.of("1000"), Period.DAY, ZoneOffset.UTC, Optional.empty(), Optional.empty());
        var times = new ArrayDeque<Instant>();
        var ledger = new Ledger(
                new BudgetConfig(List.of(policy), Map.of()),
                BudgetStore.of(Optional.of(scripts()), Optional.of(folder), random, FileProblems.ofCommand()),
                times::remove);
        open.add(ledger);
        Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
        for (int i = 0; i < 30; i++) {
            times.add(i % 2 == 0 ? midnight.plusMillis(i) : midnight.minusMillis(i));
            assertThat(pays(ledger)).isTrue();
        }
        times.add(midnight.plusSeconds(1));
        assertThat(report(ledger).used()).isEqualTo(Money.of("30"));
        for (int i = 0; i < 10; i++) {
            times.add(i % 2 == 0 ? midnight.minusSeconds(3600) : midnight.plusSeconds(3600));
            assertThat(pays(ledger)).isTrue();
        }
    }

    @Test
    void a_cluster_counts_as_one_server_does() throws Exception {
        try (RedisServer cluster = RedisServer.started("--cluster-enabled", "yes")) {
            cluster.send("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
            while (!cluster.send("CLUSTER", "INFO").contains("cluster_state:ok")) {
                Thread.sleep(20);
            }
            String nodes = "redis://127.0.0.1:" + cluster.port() + ",127.0.0.1:" + cluster.port();
            try (var scripts = new RedisScriptRunner(
                            RedisConfig.defaults().withUrl(nodes), Duration.ofSeconds(20), System::nanoTime, random);
                    Ledger gateway = gateway("20", Optional.of(folder), scripts)) {
                for (int i = 0; i < 20; i++) {
                    assertThat(pays(gateway)).isTrue();
                }
                assertThat(pays(gateway)).isFalse();
            }
        }
    }

    private Ledger alone(String limit) {
        var policy = new BudgetPolicy(
                "all", Money.of(limit), Period.MONTH, ZoneOffset.UTC, Optional.empty(), Optional.empty());
        var ledger = new Ledger(
                new BudgetConfig(List.of(policy), Map.of()),
                BudgetStore.in(Optional.of(folder.resolve("a")), FileProblems.ofCommand()),
                () -> Instant.parse("2026-03-01T00:00:00Z").plusSeconds(seconds.incrementAndGet()));
        open.add(ledger);
        return ledger;
    }

    @Test
    void what_was_spent_before_there_was_a_redis_counts_once() {
        Ledger before = alone("100");
        for (int i = 0; i < 60; i++) {
            assertThat(pays(before)).isTrue();
        }
        before.close();
        int paid = 0;
        for (int restart = 0; restart < 3; restart++) {
            Ledger shared = gateway("100", "a");
            assertThat(report(shared).used()).isEqualTo(Money.of(Integer.toString(60 + paid)));
            for (int i = 0; i < 5; i++) {
                paid += pays(shared) ? 1 : 0;
            }
            shared.close();
        }
        Ledger other = gateway("100", "b");
        for (int i = 0; i < 100; i++) {
            paid += pays(other) ? 1 : 0;
        }
        assertThat(paid).isEqualTo(40);
    }

    @Test
    void a_budget_that_was_shared_is_closed_for_the_period_when_the_redis_is_taken_away() {
        Ledger shared = gateway("100", "a");
        assertThat(pays(shared)).isTrue();
        shared.close();
        Ledger after = alone("100");
        assertThat(pays(after)).isFalse();
        assertThat(refusal(after).message()).contains("shared over Redis", "closed until 2026-04-01");
        assertThat(report(after).state()).isEqualTo("lost");
    }
}
