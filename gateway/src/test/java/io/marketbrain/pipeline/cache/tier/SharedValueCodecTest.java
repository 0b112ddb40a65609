package io.marketbrain.pipeline.cache.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.CacheSamples;
import io.marketbrain.pipeline.cache.ValidResults;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.ExpiryPolicy;
import io.marketbrain.pipeline.cache.tier.CacheCounters.Event;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A shared value is used only under the key it was stored for, and only if it could be the answer of a provider. */
class SharedValueCodecTest {
    private static final Instant NOW = Instant.parse("2026-03-04T18:00:00Z");

    private final CacheCounters counters = new CacheCounters();
    private final ExpiryPolicy expiry = new ExpiryPolicy(CacheSamples.oneMinute());
    private final SharedValueCodec codec =
            new SharedValueCodec(expiry, counters, () -> 0, InstantSource.fixed(NOW), new Random(1));

    private static CacheKey key(MarketQuery query) {
        return new CacheKey(query, "live", false);
    }

    private Value value(CacheKey key, QueryResult answer) {
        return codec.value(key, new CacheEntry(answer, expiry.expiry(key, answer, 0, 0, 0, NOW), 100));
    }

    private void assertInvalid(CacheKey key, QueryResult answer) {
        long before = counters.of(Event.VALUES_INVALID);
        assertThat(codec.read(key, value(key, answer))).isEmpty();
        assertThat(counters.of(Event.VALUES_INVALID)).isEqualTo(before + 1);
    }

    @Test
    void a_value_of_each_kind_is_read_under_its_own_key() {
        ValidResults.all().forEach((query, data) -> {
            QueryResult answer = CacheSamples.answer(data);
            assertThat(codec.read(key(query), value(key(query), answer))
                            .orElseThrow()
                            .answer())
                    .isEqualTo(answer);
        });
        assertThat(counters.of(Event.UNREADABLE)
                        + counters.of(Event.VALUES_INVALID)
                        + counters.of(Event.VALUES_OF_ANOTHER_KEY))
                .isZero();
    }

    /** Every part of the key counts: provider, instrument, kind, interval, range, limit, time, mode. */
    @Test
    void a_value_of_any_other_key_is_rejected() {
        CandlesQuery c = ValidResults.CANDLES;
        Instrument eth = Instrument.crypto("ETH", "USDT");
        List<CacheKey> keys = new ArrayList<>();
        ValidResults.all().keySet().forEach(query -> keys.add(key(query)));
        keys.add(key(c.to(new ProviderId("kraken"))));
        keys.add(key(c.to(ProviderId.AUTO)));
        keys.add(key(new CandlesQuery(c.provider(), eth, c.interval(), c.from(), c.to(), c.limit())));
        keys.add(key(new CandlesQuery(c.provider(), c.instrument(), Interval.H4, c.from(), c.to(), c.limit())));
        keys.add(key(new CandlesQuery(c.provider(), c.instrument(), c.interval(), null, c.to(), c.limit())));
        keys.add(key(new CandlesQuery(c.provider(), c.instrument(), c.interval(), c.from(), null, c.limit())));
        keys.add(key(new CandlesQuery(c.provider(), c.instrument(), c.interval(), c.from(), c.to(), 6)));
        keys.add(key(new QuoteQuery(c.provider(), eth, null)));
        keys.add(key(new QuoteQuery(c.provider(), c.instrument(), NOW)));
        keys.add(new CacheKey(c, "mock", false));
        keys.add(new CacheKey(c, "live", true));
        ValidResults.all().forEach((query, data) -> {
            Value value = value(key(query), CacheSamples.answer(data));
            for (CacheKey other : keys) {
                long before = counters.of(Event.VALUES_OF_ANOTHER_KEY);
                boolean own = other.equals(key(query));
                assertThat(codec.read(other, value).isPresent()).as("%s", other).isEqualTo(own);
                assertThat(counters.of(Event.VALUES_OF_ANOTHER_KEY)).isEqualTo(own ? before : before + 1);
            }
        });
    }

    @Test
    void a_price_that_no_provider_could_send_is_rejected() {
        for (String price : new String[] {"-100.5", "0.0"}) {
            assertInvalid(key(ValidResults.QUOTE), CacheSamples.answer(CacheSamples.quoteOf("BTC", price)));
        }
        Value huge = value(key(ValidResults.QUOTE), CacheSamples.answer(CacheSamples.quoteOf("BTC", "1005e512")));
        assertThat(codec.read(key(ValidResults.QUOTE), huge)).isEmpty();
        assertThat(counters.of(Event.UNREADABLE)).isEqualTo(1);
    }

    @Test
    void data_of_another_kind_or_instrument_stored_under_the_right_key_is_rejected() {
        List<MarketData> data = new ArrayList<>(ValidResults.all().values());
        for (MarketQuery query : ValidResults.all().keySet()) {
            for (MarketData other : data) {
                if (!other.equals(ValidResults.all().get(query))) {
                    long before = counters.of(Event.VALUES_INVALID) + counters.of(Event.UNREADABLE);
                    assertThat(codec.read(key(query), value(key(query), CacheSamples.answer(other))))
                            .isEmpty();
                    assertThat(counters.of(Event.VALUES_INVALID) + counters.of(Event.UNREADABLE))
                            .isEqualTo(before + 1);
                }
            }
        }
        assertInvalid(key(ValidResults.QUOTE), CacheSamples.answer(CacheSamples.quoteOf("ETH", "1")));
    }

    @Test
    void another_provider_mode_or_freshness_is_rejected() {
        CacheKey key = key(ValidResults.QUOTE);
        Quote quote = ValidResults.quote();
        Provenance good = CacheSamples.answer(quote).provenance();
        assertInvalid(key, new QueryResult(quote, of(new ProviderId("kraken"), Mode.LIVE, NOW)));
        assertInvalid(key, new QueryResult(quote, of(good.provider(), Mode.MOCK, NOW)));
        assertInvalid(key, new QueryResult(quote, of(good.provider(), Mode.LIVE, Instant.ofEpochSecond(1L << 40))));
        assertInvalid(key, new QueryResult(quote, good.withFreshness(Freshness.STALE)));
        CacheKey automatic = key(ValidResults.QUOTE.to(ProviderId.AUTO));
        assertInvalid(automatic, new QueryResult(quote, of(ProviderId.AUTO, Mode.LIVE, NOW)));
        assertThat(codec.read(automatic, value(automatic, new QueryResult(quote, good))))
                .isPresent();
    }

    private static Provenance of(ProviderId provider, Mode mode, Instant received) {
        return new Provenance(provider, mode, null, received, Freshness.FRESH, List.of(), List.of());
    }

    /** Both durations are covered by the digest, so that neither can be changed alone. */
    @Test
    void changed_durations_are_rejected() {
        CacheKey key = key(ValidResults.QUOTE);
        Value value = value(key, CacheSamples.answer(ValidResults.quote()));
        assertThat(codec.read(
                        key,
                        new Value(value.payload(), value.age(), value.soft().plusMillis(1), value.hard())))
                .isEmpty();
        assertThat(codec.read(
                        key,
                        new Value(
                                value.payload(),
                                value.age(),
                                value.soft(),
                                value.hard().plusMillis(1))))
                .isEmpty();
        assertThat(counters.of(Event.UNREADABLE)).isEqualTo(2);
    }

    @Test
    void one_rejection_a_minute_is_logged_with_the_number_of_those_between() {
        var interval = new LogInterval(Duration.ofMinutes(1));
        long minute = 60_000_000_000L;
        assertThat(interval.tryLog(5)).hasValue(0);
        for (int i = 0; i < 1000; i++) {
            assertThat(interval.tryLog(5 + i)).isEmpty();
        }
        assertThat(interval.tryLog(5 + minute)).hasValue(1000);
        assertThat(interval.tryLog(5 + 2 * minute)).hasValue(0);
    }
}
