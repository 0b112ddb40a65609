package io.marketbrain.pipeline.cache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.CacheStatus.Forward;
import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.CacheSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryPolicyTest {
    private static final ProviderId BINANCE = new ProviderId("binance");
    private static final Instrument BTC = Instrument.crypto("BTC", "USDT");
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final MarketQuery QUOTE = new QuoteQuery(BINANCE, BTC, null);

    private static Expiry expiry(ExpiryPolicy policy, MarketQuery query, Mode mode) {
        return policy.expiry(new CacheKey(query, mode.wire(), false), answer(mode), 0, 0.5, 0, NOON);
    }

    private static Duration fresh(ExpiryPolicy policy, MarketQuery query, Mode mode) {
        return expiry(policy, query, mode).soft();
    }

    private static QueryResult answer(Mode mode) {
        MarketData data = CacheSamples.quoteOf("BTC", "1");
        return new QueryResult(data, new Provenance(BINANCE, mode, null, NOON, Freshness.FRESH, List.of(), List.of()));
    }

    @Test
    void each_kind_of_data_has_its_own_time() {
        var policy = new ExpiryPolicy(CacheConfig.defaults());
        assertThat(fresh(policy, QUOTE, Mode.LIVE)).isEqualTo(Duration.ofSeconds(2));
        assertThat(fresh(policy, new BookQuery(BINANCE, BTC, 5, null), Mode.LIVE))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(fresh(policy, new TradesQuery(BINANCE, BTC, 5, null), Mode.LIVE))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(fresh(policy, new CandlesQuery(BINANCE, BTC, Interval.H1, null, null, 5), Mode.LIVE))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(fresh(policy, new SeriesQuery(BINANCE, "GDP", null, null, 5), Mode.LIVE))
                .isEqualTo(Duration.ofHours(1));
        assertThat(fresh(policy, new SeriesQuery(BINANCE, "dividends:AAPL", null, null, 5), Mode.LIVE))
                .isEqualTo(Duration.ofHours(1));
        assertThat(fresh(policy, new SeriesQuery(BINANCE, "mark_price:BTC/USDT:USDT", null, null, 5), Mode.LIVE))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(fresh(policy, new NewsQuery(BINANCE, "", 5), Mode.LIVE)).isEqualTo(Duration.ofMinutes(5));
        assertThat(fresh(policy, QUOTE, Mode.MOCK)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_series_without_its_description_is_fresh_for_a_minute() {
        var series = new SeriesQuery(BINANCE, "GDP", null, null, 5);
        QueryResult plain = answer(Mode.LIVE);
        QueryResult flagged = plain.with(plain.provenance().withFlag(QualityFlag.notDescribed("later")));
        Expiry expiry = new ExpiryPolicy(CacheConfig.defaults())
                .expiry(new CacheKey(series, "live", false), flagged, 0, 0.5, 0, NOON);
        assertThat(expiry.soft()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void an_answer_is_served_while_it_is_refreshed_for_as_long_as_it_was_fresh_and_on_errors_for_longer() {
        Expiry expiry = expiry(new ExpiryPolicy(CacheConfig.defaults()), QUOTE, Mode.LIVE);
        assertThat(expiry.lastResortAt() - expiry.fetchedAt())
                .isEqualTo(Duration.ofSeconds(4).toNanos());
        assertThat(expiry.hard()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void data_that_is_fresh_for_longer_than_data_is_kept_is_kept_until_its_refresh() {
        var series = new SeriesQuery(BINANCE, "GDP", null, null, 5);
        Expiry expiry = expiry(new ExpiryPolicy(CacheConfig.defaults()), series, Mode.LIVE);
        assertThat(expiry.hard()).isEqualTo(Duration.ofHours(1).plusMinutes(4));
        assertThat(expiry.lastResortAt()).isEqualTo(expiry.expiresAt());
    }

    @Test
    void a_provider_lengthens_the_time_of_its_live_data_but_not_of_mock_data_nor_what_the_owner_has_set() {
        MinimumTtls scarce = (provider, operation) ->
                provider.equals(BINANCE) && operation == Operation.QUOTE ? Duration.ofMinutes(10) : Duration.ZERO;
        var policy = new ExpiryPolicy(CacheConfig.defaults(), scarce);
        assertThat(fresh(policy, QUOTE, Mode.LIVE)).isEqualTo(Duration.ofMinutes(10));
        assertThat(fresh(policy, new QuoteQuery(ProviderId.AUTO, BTC, null), Mode.LIVE))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(fresh(policy, new TradesQuery(BINANCE, BTC, 5, null), Mode.LIVE))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(fresh(policy, QUOTE, Mode.MOCK)).isEqualTo(Duration.ofSeconds(1));
        TtlConfig d = TtlConfig.defaults();
        var own = new TtlConfig(
                List.of(new Ttl(Optional.of(BINANCE), Operation.QUOTE, Duration.ofSeconds(7))),
                d.kinds(),
                d.lag(),
                d.finishedCandles(),
                d.settling(),
                d.quotaStretch(),
                d.closedMarket());
        var config = CacheConfig.defaults().with().ttls(own).build();
        assertThat(fresh(new ExpiryPolicy(config, scarce), QUOTE, Mode.LIVE)).isEqualTo(Duration.ofSeconds(7));
    }

    /** Binance with so much left of its quota. */
    private static ExpiryPolicy with(int percentLeft) {
        return new ExpiryPolicy(CacheConfig.defaults(), new MinimumTtls() {
            @Override
            public Duration of(ProviderId provider, Operation operation) {
                return Duration.ZERO;
            }

            @Override
            public int percentLeft(ProviderId provider) {
                return provider.equals(BINANCE) ? percentLeft : 100;
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"100, 2000", "50, 2000", "25, 4000", "10, 10000", "5, 20000", "1, 20000", "0, 20000"})
    void data_is_fresh_for_longer_while_little_is_left_of_the_quota_but_ten_times_at_most(int left, long millis) {
        assertThat(fresh(with(left), QUOTE, Mode.LIVE)).isEqualTo(Duration.ofMillis(millis));
        assertThat(fresh(with(left), new QuoteQuery(ProviderId.AUTO, BTC, null), Mode.LIVE))
                .isEqualTo(Duration.ofMillis(millis));
        assertThat(fresh(with(left), QUOTE, Mode.MOCK)).isEqualTo(Duration.ofSeconds(1));
        assertThat(fresh(with(left), new SeriesQuery(BINANCE, "GDP", null, null, 5), Mode.LIVE))
                .isEqualTo(Duration.ofMillis(millis * 1800));
    }

    @Test
    void data_that_is_fresh_for_longer_only_because_of_the_quota_is_labelled_stale_and_cacheable_meanwhile() {
        ExpiryPolicy policy = with(5);
        var key = new CacheKey(QUOTE, "live", false);
        var entry = new CacheEntry(
                answer(Mode.LIVE),
                policy.expiry(key, answer(Mode.LIVE), 0, 0.5, 0, NOON),
                policy.outdatedAfter(key, answer(Mode.LIVE), 0, 0, NOON),
                1);
        for (long seconds : new long[] {1, 3, 19}) {
            long now = Duration.ofSeconds(seconds).toNanos();
            QueryResult served = entry.served(Tier.L1, Forward.NONE, true, false, now);
            assertThat(served.provenance().freshness()).isEqualTo(seconds < 2 ? Freshness.FRESH : Freshness.STALE);
            assertThat(served.cache().ttl()).isEqualTo(Duration.ofSeconds(20 - seconds));
        }
        Expiry expiry = policy.expiry(key, answer(Mode.LIVE), 0, 0.5, 0, NOON);
        assertThat(expiry.lastResortAt()).isEqualTo(Duration.ofSeconds(22).toNanos());
    }

    @Test
    void a_time_that_the_owner_has_set_is_not_stretched() {
        TtlConfig d = TtlConfig.defaults();
        var own = new TtlConfig(
                List.of(new Ttl(Optional.of(BINANCE), Operation.QUOTE, Duration.ofSeconds(7))),
                d.kinds(),
                d.lag(),
                d.finishedCandles(),
                d.settling(),
                d.quotaStretch(),
                d.closedMarket());
        MinimumTtls none = new MinimumTtls() {
            @Override
            public Duration of(ProviderId provider, Operation operation) {
                return Duration.ZERO;
            }

            @Override
            public int percentLeft(ProviderId provider) {
                return 0;
            }
        };
        var config = CacheConfig.defaults().with().ttls(own).build();
        assertThat(fresh(new ExpiryPolicy(config, none), QUOTE, Mode.LIVE)).isEqualTo(Duration.ofSeconds(7));
    }

    private static Freshness served(Mode mode, MarketQuery query, Duration lag) {
        return served(mode, query, lag, lag);
    }

    /** @param lagThen how old the answer was by its own time when it was received */
    private static Freshness served(Mode mode, MarketQuery query, Duration lag, Duration lagThen) {
        var policy = new ExpiryPolicy(CacheConfig.defaults());
        var key = new CacheKey(query, mode.wire(), false);
        Instant wall = NOON.plus(lag);
        QueryResult plain = answer(mode);
        QueryResult answer = plain.with(plain.provenance().withReceivedAt(NOON.plus(lagThen)));
        var entry = new CacheEntry(
                answer, policy.expiry(key, answer, 0, 0.5, 0, wall), policy.outdatedAfter(key, answer, 0, 0, wall), 1);
        return entry.served(Tier.ORIGIN, Forward.MISS, true, false, 0)
                .provenance()
                .freshness();
    }

    @Test
    void a_live_quote_is_stale_by_its_own_time_however_recently_it_was_fetched() {
        assertThat(served(Mode.LIVE, QUOTE, Duration.ofSeconds(299))).isEqualTo(Freshness.FRESH);
        assertThat(served(Mode.LIVE, QUOTE, Duration.ofMinutes(5))).isEqualTo(Freshness.STALE);
        assertThat(served(Mode.LIVE, QUOTE, Duration.ofDays(400))).isEqualTo(Freshness.STALE);
        assertThat(served(Mode.LIVE, QUOTE, Duration.ofDays(-1))).isEqualTo(Freshness.FRESH);
        assertThat(served(Mode.MOCK, QUOTE, Duration.ofDays(400))).isEqualTo(Freshness.FRESH);
    }

    @Test
    void a_replayed_quote_is_stale_by_its_own_time_when_it_was_when_it_was_received() {
        assertThat(served(Mode.REPLAY, QUOTE, Duration.ofDays(400), Duration.ofSeconds(299)))
                .isEqualTo(Freshness.FRESH);
        assertThat(served(Mode.REPLAY, QUOTE, Duration.ofDays(400), Duration.ofMinutes(5)))
                .isEqualTo(Freshness.STALE);
    }

    @Test
    void a_cached_quote_becomes_stale_by_its_own_time_while_it_is_in_the_cache() {
        var policy = new ExpiryPolicy(CacheConfig.defaults());
        var key = new CacheKey(QUOTE, "live", false);
        Instant wall = NOON.plusSeconds(299);
        var entry = new CacheEntry(
                answer(Mode.LIVE),
                policy.expiry(key, answer(Mode.LIVE), 0, 0.5, 0, wall),
                policy.outdatedAfter(key, answer(Mode.LIVE), 0, 0, wall),
                1);
        long second = Duration.ofSeconds(1).toNanos();
        assertThat(entry.served(Tier.L1, Forward.NONE, true, false, second - 1)
                        .provenance()
                        .freshness())
                .isEqualTo(Freshness.FRESH);
        var late = entry.served(Tier.L1, Forward.NONE, true, false, second);
        assertThat(late.provenance().freshness()).isEqualTo(Freshness.STALE);
        // The cache headers describe the cache, where the quote is still fresh.
        assertThat(late.cache().ttl()).isEqualTo(Duration.ofSeconds(1));
    }
}
