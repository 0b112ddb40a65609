package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.BINANCE;
import static io.marketbrain.pipeline.cache.CacheSamples.NOON;
import static io.marketbrain.pipeline.cache.CacheSamples.call;
import static io.marketbrain.pipeline.cache.CacheSamples.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.CandleGaps;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.cache.tier.NoSharedTier;
import io.marketbrain.pipeline.normalisation.NormalisationLayer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CandleRangeCacheTest {
    private static final Instrument BTC = CacheSamples.pair("BTC");
    private static final Instant LISTED = Instant.parse("2020-01-01T00:00:00Z");

    private final ManualNanoClock ticker = new ManualNanoClock();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final List<CandlesQuery> asked = new CopyOnWriteArrayList<>();
    private volatile Instant holeFrom = Instant.MAX;
    private volatile Instant holeTo = Instant.MAX;
    private volatile boolean broken;
    private final CacheLayer cache =
            new CacheLayer(CacheSamples.oneMinute(), new NoSharedTier(), _ -> "live", ticker, now::get, new Random(1));
    private final MarketDataSource source = cache.around(this::exchange);

    /** An exchange that has traded without pause since 2020, except for an optional gap. */
    private Outcome<QueryResult> exchange(MarketQuery query, Call call) {
        var q = (CandlesQuery) query;
        asked.add(q);
        return broken ? Outcome.failed(new Failure.Faulty(BINANCE, "broken")) : Outcome.success(truth(q));
    }

    private QueryResult truth(CandlesQuery q) {
        Interval interval = q.interval();
        Instant end = interval.next(interval.floor(now.get()));
        Instant to = q.to() == null || q.to().isAfter(end) ? end : q.to();
        Instant from = q.from() == null ? interval.back(interval.floor(to.minusNanos(1)), q.limit() - 1) : q.from();
        Instant start = from.isBefore(LISTED) ? LISTED : from;
        Instant first = interval.floor(start).equals(start) ? start : interval.next(interval.floor(start));
        List<Candle> candles = new ArrayList<>();
        for (Instant at = first; at.isBefore(to) && candles.size() < q.limit(); at = interval.next(at)) {
            if (at.isBefore(holeFrom) || !at.isBefore(holeTo)) {
                candles.add(candle(at, interval));
            }
        }
        Instant passed = interval.floor(now.get());
        Instant covered = candles.size() == q.limit() && q.from() != null
                ? candles.getLast().openTime()
                : to.isBefore(passed) ? to : passed;
        List<Gap> gaps = CandleGaps.find(interval, candles, from, covered);
        return CacheSamples.answer(
                new Candles(CacheSamples.listing(q.instrument()), interval, candles, gaps, now.get()));
    }

    private Candle candle(Instant at, Interval interval) {
        BigDecimal price = BigDecimal.valueOf(at.getEpochSecond() % 100_000, 2);
        boolean complete = !interval.next(at).isAfter(now.get());
        return new Candle(
                at, price, price, price, price, complete ? BigDecimal.TEN : BigDecimal.ONE, null, 1L, complete);
    }

    private static CandlesQuery query(Interval interval, Instant from, Instant to, int limit) {
        return new CandlesQuery(BINANCE, BTC, interval, from, to, limit);
    }

    private QueryResult ask(CandlesQuery query) {
        return success(source.fetch(query, call()));
    }

    private void passes(Duration time) {
        ticker.pass(time);
        now.set(now.get().plus(time));
    }

    @Test
    void a_range_equals_the_response_of_the_exchange_whatever_was_requested_before() {
        var random = new Random(5);
        Interval[] intervals = {Interval.M1, Interval.H1, Interval.D1, Interval.W1, Interval.MO1};
        for (int i = 0; i < 600; i++) {
            Interval interval = intervals[random.nextInt(intervals.length)];
            int limit = random.nextInt(1, 900);
            Instant anchor = interval.floor(NOON.minus(interval.length().multipliedBy(random.nextInt(1500))));
            Instant from = random.nextInt(3) == 0 ? null : anchor.plusSeconds(random.nextInt(3) * 7L);
            Instant to = random.nextBoolean()
                    ? null
                    : anchor.plus(interval.length().multipliedBy(random.nextInt(1, 900)))
                            .plusSeconds(random.nextInt(3));
            CandlesQuery query = query(interval, from, to, limit);
            Candles expected = (Candles) truth(query).data();
            Candles got = (Candles) ask(query).data();
            assertThat(got.candles()).as("%s", query).isEqualTo(expected.candles());
            assertThat(got.gaps()).as("%s", query).isEqualTo(expected.gaps());
        }
        assertThat(asked.size()).isLessThan(300);
    }

    @Test
    void only_missing_pieces_are_requested() {
        Instant day = Instant.parse("2026-03-01T00:00:00Z");
        ask(query(Interval.M1, day, day.plus(Duration.ofHours(10)), 600));
        int before = asked.size();
        ask(query(Interval.M1, day, day.plus(Duration.ofHours(20)), 1200));
        List<CandlesQuery> more = asked.subList(before, asked.size());
        assertThat(more).allSatisfy(q -> assertThat(q.from()).isAfterOrEqualTo(day.plus(Duration.ofHours(10))));
        int all = asked.size();
        ask(query(Interval.M1, day.plusSeconds(60), day.plus(Duration.ofHours(19)), 1100));
        assertThat(asked).hasSize(all);
    }

    @Test
    void adjacent_missing_pieces_are_requested_together() {
        ask(query(Interval.M1, null, null, 500));
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().limit()).isLessThanOrEqualTo(1000);
    }

    @Test
    void finished_candles_are_cached_for_days_and_the_open_one_is_not() {
        ask(query(Interval.H1, null, null, 500));
        int before = asked.size();
        passes(Duration.ofHours(6));
        QueryResult later = ask(query(Interval.H1, null, null, 500));
        List<CandlesQuery> more = asked.subList(before, asked.size());
        assertThat(more).hasSize(1);
        assertThat(more.getFirst().from()).isAfterOrEqualTo(NOON.minus(Duration.ofHours(250)));
        Candles candles = (Candles) later.data();
        assertThat(candles.candles()).hasSize(500);
        assertThat(candles.candles().getLast().openTime()).isEqualTo(NOON.plus(Duration.ofHours(6)));
        assertThat(later.cache().forward().wire()).isEqualTo("partial");
    }

    @Test
    void a_finished_range_stays_fresh() {
        CandlesQuery past =
                query(Interval.D1, Instant.parse("2023-01-01T00:00:00Z"), Instant.parse("2023-06-01T00:00:00Z"), 500);
        ask(past);
        passes(Duration.ofDays(3));
        QueryResult answer = ask(past);
        assertThat(asked).hasSize(1);
        assertThat(answer.cache().hit()).isTrue();
        assertThat(answer.cache().ttl()).isPositive();
    }

    @Test
    void an_unfinished_piece_does_not_count_as_finished() {
        ask(query(Interval.M1, NOON.minus(Duration.ofHours(1)), null, 500));
        passes(Duration.ofHours(5));
        Candles candles =
                (Candles) ask(query(Interval.M1, NOON.minus(Duration.ofHours(1)), NOON.plus(Duration.ofHours(1)), 500))
                        .data();
        assertThat(candles.candles()).hasSize(120).allMatch(Candle::complete);
        assertThat(candles.candles()).allSatisfy(c -> assertThat(c.volume()).isEqualTo(BigDecimal.TEN));
    }

    @Test
    void a_gap_is_reported_and_requested_again_later() {
        holeFrom = Instant.parse("2026-03-01T10:00:00Z");
        holeTo = Instant.parse("2026-03-01T11:00:00Z");
        CandlesQuery range =
                query(Interval.M1, Instant.parse("2026-03-01T09:00:00Z"), Instant.parse("2026-03-01T12:00:00Z"), 500);
        assertThat(((Candles) ask(range).data()).gaps()).containsExactly(new Gap(holeFrom, holeTo, 60));
        holeFrom = Instant.MAX;
        holeTo = Instant.MAX;
        passes(Duration.ofMinutes(6));
        assertThat(((Candles) ask(range).data()).gaps()).isEmpty();
    }

    @Test
    void a_range_from_before_the_first_candle_starts_with_the_first_candle() {
        CandlesQuery early = query(Interval.D1, Instant.parse("2010-01-01T00:00:00Z"), null, 100);
        Candles candles = (Candles) ask(early).data();
        assertThat(candles.candles()).hasSize(100);
        assertThat(candles.candles().getFirst().openTime()).isEqualTo(LISTED);
    }

    @Test
    void where_markets_close_a_number_of_candles_is_requested_unsplit() {
        var apple = new Instrument(AssetType.STOCK, "AAPL", "USD", null, null);
        var last = new CandlesQuery(BINANCE, apple, Interval.D1, null, null, 10);
        source.fetch(last, call());
        assertThat(asked).containsExactly(last);
    }

    /** A bar of each day of 2025, of which the holidays in Kuala Lumpur are known, and of 2026, of which they are not. */
    private List<String> flags(Instant from, @Nullable Instant to, int limit) {
        var maybank = new Instrument(AssetType.STOCK, "1155", "MYR", null, "XKLS");
        MarketDataSource exchange = new NormalisationLayer(now::get).around((query, _) -> {
            var wanted = (CandlesQuery) query;
            List<Candle> candles = Stream.iterate(Interval.D1.ceil(wanted.from()), Interval.D1::next)
                    .limit(wanted.limit())
                    .takeWhile(day -> day.isBefore(now.get()) && (wanted.to() == null || day.isBefore(wanted.to())))
                    .map(day -> candle(day, Interval.D1))
                    .toList();
            return Outcome.success(CacheSamples.answer(
                    new Candles(CacheSamples.listing(maybank), Interval.D1, candles, List.of(), null)));
        });
        var query = new CandlesQuery(BINANCE, maybank, Interval.D1, from, to, limit);
        return success(cache.around(exchange).fetch(query, call())).provenance().flags().stream()
                .map(QualityFlag::code)
                .toList();
    }

    @Test
    void unknown_holidays_are_those_of_the_returned_part_not_of_the_pieces() {
        Instant september = Instant.parse("2025-09-01T00:00:00Z");
        assertThat(flags(september, Instant.parse("2025-10-01T00:00:00Z"), 500)).isEmpty();
        assertThat(flags(september, null, 10)).isEmpty();
        assertThat(flags(september, null, 500)).containsExactly("holidays_unknown");
        assertThat(flags(september, Instant.parse("2026-01-03T00:00:00Z"), 500)).containsExactly("holidays_unknown");
    }

    @Test
    void real_and_mock_candles_are_never_mixed() {
        Instant day = Instant.parse("2026-03-01T00:00:00Z");
        ask(query(Interval.M1, day, day.plus(Duration.ofMinutes(250)), 250));
        MarketDataSource mock = (query, _) -> {
            asked.add((CandlesQuery) query);
            return Outcome.success(
                    CacheSamples.answer(truth((CandlesQuery) query).data(), Mode.MOCK));
        };
        QueryResult answer =
                success(cache.around(mock).fetch(query(Interval.M1, day, day.plus(Duration.ofHours(8)), 480), call()));
        assertThat(answer.provenance().mode()).isEqualTo(Mode.MOCK);
        assertThat(asked.getLast().from()).isEqualTo(day);
        assertThat(asked.getLast().limit()).isEqualTo(480);
    }

    @Test
    void a_failing_provider_fails_an_uncached_range_but_not_a_cached_one() {
        CandlesQuery past =
                query(Interval.D1, Instant.parse("2023-01-01T00:00:00Z"), Instant.parse("2023-06-01T00:00:00Z"), 500);
        ask(past);
        broken = true;
        assertThat(((Candles) ask(past).data()).candles()).hasSize(151);
        assertThat(source.fetch(query(Interval.H1, null, null, 10), call())).isInstanceOf(Outcome.Failed.class);
    }
}
