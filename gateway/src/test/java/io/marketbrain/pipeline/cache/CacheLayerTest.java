package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.BINANCE;
import static io.marketbrain.pipeline.cache.CacheSamples.call;
import static io.marketbrain.pipeline.cache.CacheSamples.price;
import static io.marketbrain.pipeline.cache.CacheSamples.quote;
import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.CacheStatus;
import io.marketbrain.model.CacheStatus.Forward;
import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Call;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.tier.CacheSnapshot;
import io.marketbrain.pipeline.cache.tier.NoSharedTier;
import io.marketbrain.pipeline.cache.tier.SharedTier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CacheLayerTest {
    private final ManualNanoClock ticker = new ManualNanoClock();
    private final TestProvider provider = new TestProvider();
    private final AtomicReference<String> mode = new AtomicReference<>("live");
    private final CacheLayer cache = cache(CacheSamples.oneMinute());
    private final MarketDataSource source = cache.around(provider);

    private CacheLayer cache(CacheConfig config) {
        return new CacheLayer(
                config, new NoSharedTier(), _ -> mode.get(), ticker, () -> CacheSamples.NOON, new Random(1));
    }

    private Outcome<QueryResult> ask(String base) {
        return source.fetch(quote(base), call());
    }

    private void settle() throws InterruptedException {
        for (int i = 0; i < 2000 && cache.snapshot().counter("loads_under_way") > 0; i++) {
            Thread.sleep(5);
        }
        assertThat(cache.snapshot().counter("loads_under_way")).isZero();
    }

    @Test
    void a_miss_calls_the_provider_and_is_labelled() {
        CacheStatus note = success(ask("BTC")).cache();
        assertThat(note.forward()).isEqualTo(Forward.MISS);
        assertThat(note.tier()).isEqualTo(Tier.ORIGIN);
        assertThat(note.stored()).isTrue();
        assertThat(note.age()).isZero();
        assertThat(note.ttl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(note.staleFor()).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void a_fresh_answer_is_served_from_memory_with_its_age() {
        ask("BTC");
        ticker.pass(Duration.ofSeconds(40));
        QueryResult answer = success(ask("BTC"));
        assertThat(provider.calls).hasValue(1);
        assertThat(answer.cache().hit()).isTrue();
        assertThat(answer.cache().tier()).isEqualTo(Tier.L1);
        assertThat(answer.cache().age()).isEqualTo(Duration.ofSeconds(40));
        assertThat(answer.cache().ttl()).isEqualTo(Duration.ofSeconds(20));
        assertThat(answer.cache().maxAge()).isEqualTo(Duration.ofSeconds(60));
        assertThat(answer.provenance().freshness()).isEqualTo(Freshness.FRESH);
    }

    @Test
    void hits_of_one_entry_share_one_memo() {
        ask("BTC");
        assertThat(success(ask("BTC")).cache().memo())
                .isSameAs(success(ask("BTC")).cache().memo())
                .isNotSameAs(CacheStatus.NONE.memo());
    }

    @Test
    void a_stale_answer_is_served_at_once_labelled_and_refreshed_in_the_background() throws Exception {
        ask("BTC");
        ticker.pass(Duration.ofSeconds(70));
        CountDownLatch gate = provider.hold();
        QueryResult stale = success(ask("BTC"));
        assertThat(price(Outcome.success(stale))).isEqualTo("1.00");
        assertThat(stale.provenance().freshness()).isEqualTo(Freshness.STALE);
        assertThat(stale.cache().ttl()).isEqualTo(Duration.ofSeconds(-10));
        gate.countDown();
        settle();
        assertThat(price(ask("BTC"))).isEqualTo("2.00");
        Call refresh = List.copyOf(provider.by).getLast();
        assertThat(refresh.priority()).isEqualTo(Priority.LOW);
        assertThat(refresh.caller()).isEqualTo(Caller.GATEWAY);
    }

    @Test
    void an_access_near_the_end_of_freshness_triggers_a_refresh() throws Exception {
        ask("BTC");
        ticker.pass(Duration.ofSeconds(55));
        assertThat(success(ask("BTC")).provenance().freshness()).isEqualTo(Freshness.FRESH);
        settle();
        assertThat(provider.calls).hasValue(2);
    }

    @Test
    void a_failed_refresh_keeps_the_stale_answer_and_pauses_refreshes() throws Exception {
        ask("BTC");
        ticker.pass(Duration.ofSeconds(70));
        provider.fail(new Failure.Faulty(BINANCE, "broken"));
        ask("BTC");
        settle();
        long before = cache.snapshot().counter("degraded_hits");
        for (int i = 0; i < 5; i++) {
            assertThat(price(ask("BTC"))).isEqualTo("1.00");
        }
        assertThat(provider.calls).hasValue(2);
        assertThat(cache.snapshot().counter("degraded_hits") - before).isEqualTo(5);
        ticker.pass(Duration.ofSeconds(31));
        ask("BTC");
        settle();
        assertThat(provider.calls).hasValue(3);
    }

    @Test
    void past_the_revalidation_window_an_answer_is_served_only_if_the_provider_fails() {
        var strict = cache(CacheSamples.oneMinute()
                .withTtls(Duration.ofSeconds(60), Duration.ofSeconds(300), Duration.ofSeconds(30)));
        var layered = strict.around(provider);
        layered.fetch(quote("BTC"), call());
        ticker.pass(Duration.ofSeconds(100));
        QueryResult renewed = success(layered.fetch(quote("BTC"), call()));
        assertThat(price(Outcome.success(renewed))).isEqualTo("2.00");
        assertThat(renewed.cache().forward()).isEqualTo(Forward.STALE);
        ticker.pass(Duration.ofSeconds(100));
        provider.fail(new Failure.Unreachable(BINANCE, "no route"));
        QueryResult old = success(layered.fetch(quote("BTC"), call()));
        assertThat(price(Outcome.success(old))).isEqualTo("2.00");
        assertThat(old.provenance().freshness()).isEqualTo(Freshness.STALE);
        ticker.pass(Duration.ofSeconds(201));
        assertThat(layered.fetch(quote("BTC"), call())).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void an_unknown_instrument_is_remembered_for_thirty_seconds() {
        provider.fail(new Failure.UnknownInstrument(BINANCE, "NOPE"));
        ask("NOPE");
        ask("NOPE");
        assertThat(provider.calls).hasValue(1);
        ticker.pass(Duration.ofSeconds(31));
        ask("NOPE");
        assertThat(provider.calls).hasValue(2);
    }

    @Test
    void a_throttled_provider_is_not_called_before_its_retry_after_and_callers_get_the_remaining_time() {
        provider.fail(new Failure.Throttled(BINANCE, "slow down", Duration.ofSeconds(20)));
        ask("BTC");
        ticker.pass(Duration.ofSeconds(5));
        var failed = (Outcome.Failed<QueryResult>) ask("BTC");
        assertThat(((Failure.Throttled) failed.failure()).retryAfter()).isEqualTo(Duration.ofSeconds(15));
        assertThat(provider.calls).hasValue(1);
        ticker.pass(Duration.ofSeconds(16));
        ask("BTC");
        assertThat(provider.calls).hasValue(2);
    }

    @Test
    void a_failing_provider_is_called_with_growing_pauses() {
        provider.fail(new Failure.Faulty(BINANCE, "broken"));
        int[] expected = {5, 10, 20, 30, 30};
        ask("BTC");
        for (int i = 0; i < expected.length; i++) {
            ticker.pass(Duration.ofSeconds(expected[i]).minusMillis(1));
            ask("BTC");
            assertThat(provider.calls).as("before %s s", expected[i]).hasValue(i + 1);
            ticker.pass(Duration.ofMillis(1));
            ask("BTC");
            assertThat(provider.calls).as("after %s s", expected[i]).hasValue(i + 2);
        }
    }

    @Test
    void rejections_by_the_gateway_itself_are_not_cached() {
        provider.fail(new Failure.BudgetExhausted("daily", "spent", Duration.ofHours(1)));
        ask("BTC");
        provider.recover();
        assertThat(price(ask("BTC"))).isEqualTo("1.00");
    }

    @Test
    void data_of_another_mode_is_never_served_after_a_mode_change() {
        ask("BTC");
        mode.set("mock");
        assertThat(price(ask("BTC"))).isEqualTo("2.00");
        mode.set("live");
        assertThat(price(ask("BTC"))).isEqualTo("1.00");
    }

    @Test
    void mock_data_replacing_a_live_provider_is_cached_for_seconds_only() {
        MarketDataSource standingIn = (query, _) -> {
            provider.calls.incrementAndGet();
            return Outcome.success(CacheSamples.answer(CacheSamples.quoteOf("BTC", "7"), Mode.MOCK));
        };
        var layered = cache.around(standingIn);
        layered.fetch(quote("BTC"), call());
        assertThat(success(layered.fetch(quote("BTC"), call())).provenance().mode())
                .isEqualTo(Mode.MOCK);
        assertThat(provider.calls).hasValue(1);
        ticker.pass(Duration.ofSeconds(6));
        layered.fetch(quote("BTC"), call());
        assertThat(provider.calls).hasValue(2);
    }

    @Test
    void a_caller_that_accepts_mock_data_does_not_affect_others() {
        MarketDataSource next = (_, call) -> Outcome.success(
                CacheSamples.answer(CacheSamples.quoteOf("BTC", "7"), call.mockWhenDown() ? Mode.MOCK : Mode.LIVE));
        var layered = cache.around(next);
        Call careless = call();
        careless = new Call(careless.id(), careless.caller(), careless.priority(), careless.deadline(), true);
        layered.fetch(quote("BTC"), careless);
        assertThat(success(layered.fetch(quote("BTC"), call())).provenance().mode())
                .isEqualTo(Mode.LIVE);
    }

    @Test
    void the_provider_is_called_once_for_many_concurrent_callers() throws Exception {
        CountDownLatch gate = provider.hold();
        List<Future<Outcome<QueryResult>>> callers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10_000; i++) {
                callers.add(threads.submit(() -> ask("BTC")));
            }
            TimeUnit.MILLISECONDS.sleep(50);
            gate.countDown();
            for (Future<Outcome<QueryResult>> caller : callers) {
                assertThat(price(caller.get())).isEqualTo("1.00");
            }
        }
        assertThat(provider.calls).hasValue(1);
        assertThat(provider.twiceAtOnce).hasValue(0);
    }

    @Test
    void callers_that_joined_a_load_are_labelled_as_collapsed() throws Exception {
        CountDownLatch gate = provider.hold();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> ask("BTC"));
            while (provider.calls.get() == 0) {
                Thread.onSpinWait();
            }
            var second = threads.submit(() -> ask("BTC"));
            TimeUnit.MILLISECONDS.sleep(50);
            gate.countDown();
            assertThat(success(first.get()).cache().collapsed()).isFalse();
            assertThat(success(second.get()).cache().collapsed()).isTrue();
        }
        assertThat(cache.snapshot().counter("collapsed")).isEqualTo(1);
    }

    @Test
    void invariant_05_a_cancelled_caller_never_fails_another() throws Exception {
        CountDownLatch gate = provider.hold();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var impatient = threads.submit(() -> source.fetch(quote("BTC"), call(Duration.ofMillis(50))));
            var cancelled = threads.submit(() -> ask("BTC"));
            var patient = threads.submit(() -> ask("BTC"));
            while (provider.calls.get() == 0) {
                Thread.onSpinWait();
            }
            cancelled.cancel(true);
            assertThat(impatient.get()).isInstanceOf(Outcome.Failed.class);
            gate.countDown();
            assertThat(price(patient.get())).isEqualTo("1.00");
        }
        assertThat(provider.calls).hasValue(1);
        assertThat(price(ask("BTC"))).isEqualTo("1.00");
    }

    @Test
    void a_load_that_throws_fails_its_callers_and_does_not_affect_the_next() {
        List<Integer> calls = new ArrayList<>();
        MarketDataSource broken = (query, call) -> {
            calls.add(1);
            if (calls.size() == 1) {
                throw new IllegalStateException("on purpose");
            }
            return provider.fetch(query, call);
        };
        var layered = cache.around(broken);
        assertThat(((Outcome.Failed<QueryResult>) layered.fetch(quote("BTC"), call())).failure())
                .isInstanceOf(Failure.Bug.class);
        assertThat(price(layered.fetch(quote("BTC"), call()))).isEqualTo("1.00");
    }

    @Test
    void a_purge_removes_all_entries_of_an_instrument_and_no_others() {
        ask("BTC");
        ask("ETH");
        cache.purge(BINANCE, CacheSamples.pair("BTC"));
        assertThat(price(ask("BTC"))).isEqualTo("2.00");
        assertThat(price(ask("ETH"))).isEqualTo("1.00");
    }

    @Test
    void a_load_in_progress_during_a_purge_is_not_cached_and_not_served_to_later_callers() throws Exception {
        CountDownLatch gate = provider.hold();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var before = threads.submit(() -> ask("BTC"));
            while (provider.calls.get() == 0) {
                Thread.onSpinWait();
            }
            cache.purge(BINANCE, CacheSamples.pair("BTC"));
            var after = threads.submit(() -> ask("BTC"));
            TimeUnit.MILLISECONDS.sleep(50);
            assertThat(provider.calls).hasValue(1);
            gate.countDown();
            assertThat(price(before.get())).isEqualTo("1.00");
            assertThat(price(after.get())).isEqualTo("2.00");
        }
        assertThat(price(ask("BTC"))).isEqualTo("2.00");
        assertThat(provider.twiceAtOnce).hasValue(0);
    }

    @Test
    void the_fallback_tier_holds_entries_evicted_from_the_first_tier() {
        var small = cache(CacheSamples.oneMinute().withSizes(10, 2000));
        var layered = small.around(provider);
        for (int i = 0; i < 500; i++) {
            layered.fetch(quote("C" + i), call());
        }
        for (int i = 0; i < 500; i++) {
            layered.fetch(quote("C" + i), call());
        }
        assertThat(provider.calls).hasValue(500);
        assertThat(small.snapshot().counter("fallback_hits")).isGreaterThan(400);
        assertThat(small.snapshot().counter("l1_entries")).isLessThanOrEqualTo(10);
    }

    @Test
    void an_answer_that_is_too_large_is_returned_but_not_cached() {
        var layered = cache(CacheSamples.oneMinute().withMaxValueBytes(CacheConfig.MAX_VALUE_BYTES.least()))
                .around(provider);
        MarketQuery large = quote("BTC".repeat(CacheConfig.MAX_VALUE_BYTES.least() / 3));
        assertThat(success(layered.fetch(large, call())).cache().stored()).isFalse();
        assertThat(price(layered.fetch(large, call()))).isEqualTo("2.00");
    }

    @Test
    void counts_hits_misses_and_the_hit_rate() {
        MarketQuery query = quote("BTC");
        source.fetch(query, call());
        source.fetch(query, call());
        source.fetch(query, call());
        source.fetch(quote("ETH"), call());
        CacheSnapshot snapshot = cache.snapshot();
        assertThat(snapshot.counter("misses")).isEqualTo(2);
        assertThat(snapshot.counter("l1_hits")).isEqualTo(2);
        assertThat(snapshot.hitRate()).isEqualByComparingTo("0.5");
        assertThat(snapshot.state()).isEqualTo(SharedTier.State.OFF);
    }
}
