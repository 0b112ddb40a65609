package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.BINANCE;
import static io.marketbrain.pipeline.cache.CacheSamples.call;
import static io.marketbrain.pipeline.cache.CacheSamples.price;
import static io.marketbrain.pipeline.cache.CacheSamples.quote;
import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.CacheStatus.Forward;
import io.marketbrain.model.Call.CacheDirectives;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.cache.tier.NoSharedTier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What requests demand of the cache: newer data than it has, or cached data only. */
@Timeout(60)
class CacheDirectivesTest {
    private static final CacheDirectives NO_CACHE = new CacheDirectives(null, true, false);
    private static final CacheDirectives ONLY_IF_CACHED = new CacheDirectives(null, false, true);

    private final ManualNanoClock ticker = new ManualNanoClock();
    private final TestProvider provider = new TestProvider();
    private final CacheLayer cache = new CacheLayer(
            CacheSamples.oneMinute(), new NoSharedTier(), _ -> "live", ticker, () -> CacheSamples.NOON, new Random(1));
    private final MarketDataSource source = cache.around(provider);

    private Outcome<QueryResult> ask(CacheDirectives directives) {
        return source.fetch(quote("BTC"), call().demanding(directives));
    }

    private static CacheDirectives maxAge(int seconds) {
        return CacheDirectives.maxAge(Duration.ofSeconds(seconds));
    }

    @Test
    void data_that_is_young_enough_is_served_from_the_cache() {
        ask(CacheDirectives.NONE);
        ticker.pass(Duration.ofSeconds(5));
        QueryResult answer = success(ask(maxAge(5)));
        assertThat(answer.cache().hit()).isTrue();
        assertThat(answer.provenance().flags()).isEmpty();
        assertThat(provider.calls).hasValue(1);
    }

    @Test
    void data_that_is_older_than_requested_is_loaded_again_although_it_is_fresh() {
        ask(CacheDirectives.NONE);
        ticker.pass(Duration.ofSeconds(6));
        QueryResult answer = success(ask(maxAge(5)));
        assertThat(price(Outcome.success(answer))).isEqualTo("2.00");
        assertThat(answer.cache().forward()).isEqualTo(Forward.REQUEST);
        assertThat(price(ask(CacheDirectives.NONE))).isEqualTo("2.00");
        assertThat(provider.calls).hasValue(2);
    }

    @Test
    void no_cache_loads_the_data_even_if_it_has_just_been_loaded() {
        ask(CacheDirectives.NONE);
        ticker.pass(Duration.ofNanos(1));
        assertThat(price(ask(NO_CACHE))).isEqualTo("2.00");
    }

    @Test
    void requests_for_new_data_at_the_same_time_share_one_call() throws Exception {
        ask(CacheDirectives.NONE);
        ticker.pass(Duration.ofSeconds(1));
        CountDownLatch gate = provider.hold();
        List<Future<Outcome<QueryResult>>> asked = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                asked.add(threads.submit(() -> ask(NO_CACHE)));
            }
            while (provider.calls.get() < 2) {
                Thread.onSpinWait();
            }
            // The others ask while the call is under way, by a clock that has gone on.
            ticker.pass(Duration.ofMillis(5));
            for (int i = 0; i < 50; i++) {
                asked.add(threads.submit(() -> ask(NO_CACHE)));
            }
            while (threads.submit(() -> cache.snapshot().counter("loads_under_way"))
                            .get()
                    == 0) {
                Thread.onSpinWait();
            }
            Thread.sleep(50);
            gate.countDown();
            for (Future<Outcome<QueryResult>> one : asked) {
                assertThat(price(one.get())).isEqualTo("2.00");
            }
        }
        assertThat(provider.calls).hasValue(2);
    }

    @Test
    void the_present_answer_is_served_flagged_and_stale_if_no_newer_one_can_be_loaded() {
        ask(CacheDirectives.NONE);
        ticker.pass(Duration.ofSeconds(6));
        provider.fail(new Failure.Faulty(BINANCE, "broken"));
        for (int i = 0; i < 3; i++) {
            QueryResult answer = success(ask(maxAge(5)));
            assertThat(price(Outcome.success(answer))).isEqualTo("1.00");
            assertThat(answer.provenance().freshness()).isEqualTo(Freshness.STALE);
            assertThat(answer.provenance().flags())
                    .extracting(QualityFlag::code)
                    .containsExactly("older_than_requested");
            assertThat(answer.provenance().flags().getFirst().detail()).contains("fetched 6000 ms ago");
        }
        // Its provider has just failed and is not called again for every request that demands new data.
        assertThat(provider.calls).hasValue(2);
        assertThat(success(ask(maxAge(10))).provenance().flags()).isEmpty();
    }

    @Test
    void a_flagged_answer_does_not_share_the_rendered_response_of_the_cached_one() {
        ask(CacheDirectives.NONE);
        ticker.pass(Duration.ofSeconds(6));
        provider.fail(new Failure.Faulty(BINANCE, "broken"));
        assertThat(success(ask(maxAge(5))).cache().memo())
                .isNotSameAs(success(ask(CacheDirectives.NONE)).cache().memo());
    }

    @Test
    void only_cached_data_is_served_or_none_and_the_provider_is_never_called() {
        assertThat(ask(ONLY_IF_CACHED))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Failure.NotCached.class));
        assertThat(provider.calls).hasValue(0);
        ask(CacheDirectives.NONE);
        ticker.pass(Duration.ofSeconds(70));
        assertThat(success(ask(ONLY_IF_CACHED)).provenance().freshness()).isEqualTo(Freshness.STALE);
        ticker.pass(Duration.ofSeconds(60));
        assertThat(ask(ONLY_IF_CACHED)).isInstanceOf(Outcome.Failed.class);
        assertThat(provider.calls).hasValue(1);
    }

    @Test
    void cached_data_that_is_older_than_requested_is_not_served_to_a_request_for_cached_data_only() {
        ask(CacheDirectives.NONE);
        ticker.pass(Duration.ofSeconds(6));
        assertThat(ask(new CacheDirectives(Duration.ofSeconds(5), false, true))).isInstanceOf(Outcome.Failed.class);
        assertThat(provider.calls).hasValue(1);
    }

    @Test
    void an_answer_older_than_twice_its_freshness_waits_for_the_provider_and_is_served_only_if_that_fails() {
        ask(CacheDirectives.NONE);
        ticker.pass(Duration.ofSeconds(119));
        assertThat(success(ask(ONLY_IF_CACHED)).cache().revalidateFor()).isEqualTo(Duration.ofSeconds(60));
        ticker.pass(Duration.ofSeconds(1));
        assertThat(price(ask(CacheDirectives.NONE))).isEqualTo("2.00");
        ticker.pass(Duration.ofMinutes(2));
        provider.fail(new Failure.Faulty(BINANCE, "broken"));
        QueryResult last = success(ask(CacheDirectives.NONE));
        assertThat(price(Outcome.success(last))).isEqualTo("2.00");
        assertThat(last.provenance().freshness()).isEqualTo(Freshness.STALE);
    }
}
