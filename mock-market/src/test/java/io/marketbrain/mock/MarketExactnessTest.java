package io.marketbrain.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.mock.GeneratedBook.Rung;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Invariants that hold exactly: candles of every interval, quotes, trades and order books are views of one path. */
class MarketExactnessTest {
    private static final int CANDLES_PER_MARKET = 2300;

    @Test
    void a_candle_is_the_aggregate_of_its_parts_wherever_it_is_split() {
        var random = new SplittableRandom(1);
        int checked = 0;
        for (Instrument instrument : MarketSamples.ALL) {
            Market market = MarketSamples.market(instrument);
            for (int i = 0; i < CANDLES_PER_MARKET; i++) {
                long from = MarketSamples.moment(random);
                long to = from + MarketSamples.length(random);
                long[] boundaries = boundaries(from, to, random);
                Optional<Bar> whole = market.over(from, to);
                List<Bar> parts = new ArrayList<>();
                for (int c = 1; c < boundaries.length; c++) {
                    market.over(boundaries[c - 1], boundaries[c]).ifPresent(parts::add);
                }
                if (whole.isEmpty()) {
                    assertThat(parts).isEmpty();
                } else {
                    assertThat(aggregate(parts, from, to))
                            .describedAs("%s from %s to %s", instrument, Instant.ofEpochMilli(from), to - from)
                            .isEqualTo(whole.get());
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(15_000);
    }

    @Test
    void candles_of_every_interval_are_aggregates_of_finer_ones() {
        var random = new SplittableRandom(2);
        Interval[] intervals = Interval.values();
        for (Instrument instrument : MarketSamples.ALL) {
            Market market = MarketSamples.market(instrument);
            for (int i = 1; i < intervals.length; i++) {
                Interval coarse = intervals[i];
                Interval fine = finer(coarse, random);
                Instant start = coarse.floor(Instant.ofEpochMilli(MarketSamples.moment(random)));
                long from = start.toEpochMilli();
                long to = coarse.next(coarse.next(coarse.next(start))).toEpochMilli();
                List<Bar> candles = market.candles(coarse, from, to, to, 10);
                List<Bar> parts = market.candles(fine, from, to, to, Integer.MAX_VALUE);
                for (Bar candle : candles) {
                    List<Bar> contained = parts.stream()
                            .filter(p -> p.start() >= candle.start() && p.start() < candle.end())
                            .toList();
                    assertThat(aggregate(contained, candle.start(), candle.end()))
                            .describedAs("%s %s from %s at %s", instrument, coarse, fine, start)
                            .isEqualTo(candle);
                }
                assertThat(parts)
                        .allMatch(p -> candles.stream().anyMatch(c -> p.start() >= c.start() && p.end() <= c.end()));
            }
        }
    }

    @Test
    void every_quote_lies_within_every_candle_that_contains_it() {
        var random = new SplittableRandom(3);
        for (Instrument instrument : MarketSamples.ALL) {
            Market market = MarketSamples.market(instrument);
            for (int i = 0; i < 400; i++) {
                long at = MarketSamples.moment(random);
                BidAsk quote = market.quoteAt(at);
                for (Interval interval : Interval.values()) {
                    long start = interval.floor(Instant.ofEpochMilli(quote.time() - 1))
                            .toEpochMilli();
                    Bar candle = market.candles(interval, start, start + 1, Long.MAX_VALUE, 1)
                            .getFirst();
                    assertThat(quote.last()).isBetween(candle.low(), candle.high());
                }
            }
        }
    }

    @Test
    void an_unfinished_candle_is_nested_in_its_final_form() {
        var random = new SplittableRandom(4);
        for (Instrument instrument : MarketSamples.ALL) {
            Market market = MarketSamples.market(instrument);
            for (Interval interval : Interval.values()) {
                for (int i = 0; i < 20; i++) {
                    long traded = market.quoteAt(MarketSamples.moment(random)).time() - 1;
                    long start = interval.floor(Instant.ofEpochMilli(traded)).toEpochMilli();
                    long end = interval.next(Instant.ofEpochMilli(start)).toEpochMilli();
                    long sooner = random.nextLong(traded, end);
                    long later = random.nextLong(sooner, end);
                    Bar early = market.candles(interval, start, start + 1, sooner, 1)
                            .getFirst();
                    Bar late =
                            market.candles(interval, start, start + 1, later, 1).getFirst();
                    Bar done =
                            market.candles(interval, start, start + 1, end, 1).getFirst();
                    assertNested(early, late);
                    assertNested(late, done);
                    assertThat(early.complete()).isFalse();
                    assertThat(done.complete()).isTrue();
                    assertThat(market.quoteAt(sooner).last()).isEqualTo(early.close());
                }
            }
        }
    }

    @Test
    void nothing_after_now_is_returned() {
        Market market = MarketSamples.market(MarketSamples.BTC);
        long now = MarketSamples.millis("2024-02-21T09:30:30Z");
        List<Bar> bars = market.candles(Interval.M1, now - 600_000, now + 600_000, now, 100);
        assertThat(bars.getLast().start()).isEqualTo(MarketSamples.millis("2024-02-21T09:30:00Z"));
        assertThat(market.tradesUntil(now, 100)).allMatch(t -> t.time() < now);
    }

    @Test
    void a_market_that_never_closes_opens_where_it_closed() {
        var random = new SplittableRandom(5);
        for (Instrument instrument : List.of(MarketSamples.BTC, MarketSamples.ETH, MarketSamples.UNKNOWN_COIN)) {
            Market market = MarketSamples.market(instrument);
            for (Interval interval : Interval.values()) {
                long now = MarketSamples.moment(random);
                List<Bar> bars = market.lastCandles(interval, now, now, 50);
                assertThat(bars).hasSizeGreaterThan(10);
                for (int i = 1; i < bars.size(); i++) {
                    assertThat(bars.get(i).start()).isEqualTo(bars.get(i - 1).end());
                    assertThat(bars.get(i).open()).isEqualTo(bars.get(i - 1).close());
                }
            }
        }
    }

    @Test
    void fewer_trades_are_the_last_of_more() {
        var random = new SplittableRandom(8);
        for (Instrument instrument : MarketSamples.ALL) {
            Market market = MarketSamples.market(instrument);
            long now = MarketSamples.moment(random);
            List<TradePrint> all = market.tradesUntil(now, 300);
            for (int limit = 1; limit <= all.size(); limit += 7) {
                assertThat(market.tradesUntil(now, limit)).isEqualTo(all.subList(all.size() - limit, all.size()));
            }
        }
    }

    @Test
    void candles_rebuilt_from_trades_equal_the_candles_served() {
        var random = new SplittableRandom(6);
        for (Instrument instrument : MarketSamples.ALL) {
            Market market = MarketSamples.market(instrument);
            for (int i = 0; i < 40; i++) {
                long traded = market.quoteAt(MarketSamples.moment(random)).time() - 1;
                long start = Interval.M1.floor(Instant.ofEpochMilli(traded)).toEpochMilli();
                long end = start + 60_000;
                List<TradePrint> prints = market.tradesUntil(end, 1000);
                assertThat(prints).isSortedAccordingTo((a, b) -> Long.compare(a.id(), b.id()));
                assertThat(prints).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
                assertThat(prints).allMatch(p -> p.size() > 0);
                for (Interval interval : List.of(Interval.S1, Interval.S5, Interval.S15, Interval.M1)) {
                    for (Bar candle : market.candles(interval, start, end, end, 60)) {
                        List<TradePrint> contained = prints.stream()
                                .filter(p -> p.time() >= candle.start() && p.time() < candle.end())
                                .toList();
                        assertThat(rebuilt(contained, candle)).isEqualTo(candle);
                    }
                }
            }
        }
    }

    @Test
    void the_last_price_is_the_bid_or_the_ask_and_both_are_the_best_of_the_book() {
        var random = new SplittableRandom(7);
        for (Instrument instrument : MarketSamples.ALL) {
            Market market = MarketSamples.market(instrument);
            for (int i = 0; i < 300; i++) {
                long at = MarketSamples.moment(random);
                BidAsk quote = market.quoteAt(at);
                assertThat(quote.bid()).isPositive().isLessThan(quote.ask());
                assertThat(quote.last()).isIn(quote.bid(), quote.ask());
                GeneratedBook book = market.bookAt(at, 20);
                assertThat(book.bids()).hasSize(20).isSortedAccordingTo((a, b) -> Long.compare(b.price(), a.price()));
                assertThat(book.asks()).hasSize(20).isSortedAccordingTo((a, b) -> Long.compare(a.price(), b.price()));
                assertThat(book.bids().getFirst()).isEqualTo(new Rung(quote.bid(), quote.bidSize()));
                assertThat(book.asks().getFirst()).isEqualTo(new Rung(quote.ask(), quote.askSize()));
                assertThat(book.bids().stream().map(Rung::price)).doesNotHaveDuplicates();
                assertThat(book.asks()).allMatch(r -> r.size() > 0);
            }
        }
    }

    @Test
    void orders_stay_in_place_while_the_price_moves() {
        Market market = MarketSamples.market(MarketSamples.BTC);
        long at = MarketSamples.millis("2024-02-21T09:00:00Z");
        List<Rung> before = market.bookAt(at, 50).bids().subList(1, 50);
        List<Rung> after = market.bookAt(at + 3000, 100).bids();
        long unchanged = before.stream().filter(after::contains).count();
        assertThat(unchanged).isGreaterThan(25);
        List<Rung> muchLater = market.bookAt(at + 3_600_000, 100).bids();
        assertThat(before.stream().filter(muchLater::contains).count()).isLessThan(5);
    }

    @Test
    void concurrent_callers_get_the_same_result() throws Exception {
        Market shared = MarketSamples.market(MarketSamples.AAPL);
        long now = MarketSamples.millis("2025-06-02T18:00:00Z");
        List<Bar> expected = MarketSamples.market(MarketSamples.AAPL).lastCandles(Interval.H1, now, now, 300);
        try (var pool = Executors.newFixedThreadPool(8)) {
            List<Callable<List<Bar>>> calls = LongStream.range(0, 64)
                    .<Callable<List<Bar>>>mapToObj(i -> () -> {
                        long otherTime = now - i * 400L * 86_400_000;
                        assertThat(shared.quoteAt(otherTime).last()).isPositive();
                        return shared.lastCandles(Interval.H1, now, now, 300);
                    })
                    .toList();
            for (var result : pool.invokeAll(calls)) {
                assertThat(result.get()).isEqualTo(expected);
            }
        }
    }

    private static long[] boundaries(long from, long to, SplittableRandom random) {
        int parts = random.nextInt(2, 62);
        long[] boundaries = new long[parts + 1];
        for (int i = 1; i < parts; i++) {
            boundaries[i] = random.nextLong(from, to + 1);
        }
        boundaries[0] = from;
        boundaries[parts] = to;
        java.util.Arrays.sort(boundaries);
        return boundaries;
    }

    private static Interval finer(Interval coarse, SplittableRandom random) {
        List<Interval> fitting = new ArrayList<>();
        for (Interval fine : Interval.values()) {
            boolean divides = coarse == Interval.MO1
                    ? fine.compareTo(Interval.D1) <= 0
                    : coarse.length().toSeconds() % fine.length().toSeconds() == 0;
            boolean enough = coarse.length().toSeconds() / fine.length().toSeconds() <= 3000;
            if (fine.compareTo(coarse) < 0 && divides && enough && fine != Interval.D3) {
                fitting.add(fine);
            }
        }
        return fitting.get(random.nextInt(fitting.size()));
    }

    private static Bar aggregate(List<Bar> parts, long start, long end) {
        return new Bar(
                start,
                end,
                parts.getFirst().open(),
                parts.stream().mapToLong(Bar::high).max().orElseThrow(),
                parts.stream().mapToLong(Bar::low).min().orElseThrow(),
                parts.getLast().close(),
                parts.stream().mapToLong(Bar::volume).sum(),
                true);
    }

    private static Bar rebuilt(List<TradePrint> prints, Bar candle) {
        return new Bar(
                candle.start(),
                candle.end(),
                prints.getFirst().price(),
                prints.stream().mapToLong(TradePrint::price).max().orElseThrow(),
                prints.stream().mapToLong(TradePrint::price).min().orElseThrow(),
                prints.getLast().price(),
                prints.stream().mapToLong(TradePrint::size).sum(),
                candle.complete());
    }

    private static void assertNested(Bar inner, Bar outer) {
        assertThat(inner.open()).isEqualTo(outer.open());
        assertThat(inner.high()).isLessThanOrEqualTo(outer.high());
        assertThat(inner.low()).isGreaterThanOrEqualTo(outer.low());
        assertThat(inner.volume()).isLessThanOrEqualTo(outer.volume());
    }
}
