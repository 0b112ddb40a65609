package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.BINANCE;
import static io.marketbrain.pipeline.cache.CacheSamples.NOON;
import static io.marketbrain.pipeline.cache.CacheSamples.call;
import static io.marketbrain.pipeline.cache.CacheSamples.pair;
import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static io.marketbrain.pipeline.cache.GatewayCache.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.rendering.RenderedResponse;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.cache.tier.HeapSize;
import io.marketbrain.pipeline.cache.tier.NoSharedTier;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MergedPagesTest {
    private static final CandlesQuery OPEN =
            new CandlesQuery(BINANCE, pair("BTC"), Interval.M1, NOON.minus(Duration.ofHours(8)), null, 1000);
    private static final CandlesQuery FINISHED = new CandlesQuery(
            BINANCE, pair("BTC"), Interval.M1, NOON.minus(Duration.ofHours(9)), NOON.minus(Duration.ofHours(1)), 1000);

    private final ManualNanoClock ticker = new ManualNanoClock();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final AtomicInteger volume = new AtomicInteger();
    private final CacheLayer cache =
            new CacheLayer(CacheSamples.oneMinute(), new NoSharedTier(), _ -> "live", ticker, now::get, new Random(1));
    private final MarketDataSource source = cache.around((query, _) -> candles(query));

    /** All minutes of the range; the volume of a candle is the number of the call that returned it. */
    private Outcome<QueryResult> candles(MarketQuery query) {
        var q = (CandlesQuery) query;
        BigDecimal call = BigDecimal.valueOf(volume.incrementAndGet());
        Instant to = q.to() == null ? now.get() : q.to();
        List<Candle> candles = new ArrayList<>();
        for (Instant at = q.from(); at.isBefore(to) && candles.size() < q.limit(); at = at.plusSeconds(60)) {
            candles.add(new Candle(
                    at, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, call, null, null, true));
        }
        return Outcome.success(CacheSamples.answer(
                new Candles(CacheSamples.listing(q.instrument()), q.interval(), candles, List.of(), null)));
    }

    private QueryResult ask(CandlesQuery query) {
        return success(source.fetch(query, call()));
    }

    private static BigDecimal lastVolume(QueryResult answer) {
        return ((Candles) answer.data()).candles().getLast().volume();
    }

    @Test
    void the_same_page_from_the_same_pieces_is_joined_and_rendered_once() {
        QueryResult first = ask(FINISHED);
        QueryResult second = ask(FINISHED);
        ticker.pass(Duration.ofSeconds(50));
        QueryResult third = ask(FINISHED);
        assertThat(second.data()).isSameAs(first.data());
        assertThat(second.cache().memo()).isSameAs(first.cache().memo());
        assertThat(third.cache().memo()).isSameAs(first.cache().memo());
        assertThat(third.cache().age()).isEqualTo(Duration.ofSeconds(50));
        assertThat(third.cache().hit()).isTrue();
        assertThat(volume).hasValue(1);
    }

    @Test
    void a_different_page_is_joined_separately() {
        QueryResult one = ask(FINISHED);
        QueryResult other = ask(new CandlesQuery(
                FINISHED.provider(), FINISHED.instrument(), Interval.M1, FINISHED.from(), FINISHED.to(), 100));
        assertThat(((Candles) other.data()).candles()).hasSize(100);
        assertThat(other.cache().memo()).isNotSameAs(one.cache().memo());
    }

    @Test
    void a_page_with_a_newer_piece_is_joined_again() {
        QueryResult first = ask(OPEN);
        assertThat(ask(OPEN).cache().memo()).isSameAs(first.cache().memo());
        ticker.pass(Duration.ofSeconds(70));
        QueryResult stale = ask(OPEN);
        assertThat(stale.provenance().freshness()).isEqualTo(Freshness.STALE);
        assertThat(stale.cache().memo()).isNotSameAs(first.cache().memo());
        eventually(
                "refreshed",
                Duration.ofSeconds(20),
                () -> ask(OPEN).provenance().freshness() == Freshness.FRESH);
        QueryResult fresh = ask(OPEN);
        assertThat(lastVolume(fresh)).isGreaterThan(lastVolume(first));
        assertThat(fresh.cache().memo())
                .isNotSameAs(first.cache().memo())
                .isNotSameAs(stale.cache().memo());
        assertThat(ask(OPEN).cache().memo()).isSameAs(fresh.cache().memo());
    }

    @Test
    void a_page_whose_instrument_was_purged_is_not_served() {
        QueryResult first = ask(FINISHED);
        cache.purge(BINANCE, pair("BTC"));
        assertThat(lastVolume(ask(FINISHED))).isGreaterThan(lastVolume(first));
    }

    @Test
    void pages_count_what_they_hold_with_their_rendered_responses() {
        QueryResult page = ask(FINISHED);
        long before = cache.snapshot().counter("page_bytes");
        assertThat(before).isBetween(HeapSize.estimate(page.data()) + 0L, HeapSize.estimate(page.data()) + 4096L);
        RenderedResponse rendered = RenderedResponse.page(page, null);
        assertThat(cache.snapshot().counter("page_bytes"))
                .isBetween(before + rendered.open().length, before + rendered.open().length + 400L);
    }
}
