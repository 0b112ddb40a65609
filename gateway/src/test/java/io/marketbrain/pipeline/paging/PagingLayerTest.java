package io.marketbrain.pipeline.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.CandlePaging;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.provider.TestCalls;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paging against a provider that has candles at known times and keeps its documented rules. */
class PagingLayerTest {
    private static final ProviderId ID = new ProviderId("binance");
    private static final Instrument PAIR = Instrument.crypto("BTC", "USDT");
    private static final Instant NOW = Instant.parse("2026-07-01T12:34:56Z");
    private static final int PAGE = 10;

    private final List<CandlesQuery> asked = new ArrayList<>();
    private final TreeSet<Instant> existing = new TreeSet<>();

    @ParameterizedTest
    @CsvSource({"COUNT, 1m", "COUNT, 1h", "COUNT, 1w", "COUNT, 1M", "WINDOW, 1m", "WINDOW, 1h", "WINDOW, 1w"})
    void the_last_candles_come_whole_and_once(CandlePaging paging, String name) {
        Interval interval = Interval.find(name).orElseThrow();
        everyBar(interval, 200);
        assertThat(opens(fetch(paging, interval, null, null, 35)))
                .endsWith(last(35).toArray(Instant[]::new))
                .doesNotHaveDuplicates();
        assertThat(asked).hasSizeBetween(4, 5).allMatch(page -> page.limit() <= PAGE);
    }

    @ParameterizedTest
    @CsvSource({"COUNT, 1m", "COUNT, 1h", "COUNT, 1w", "COUNT, 1M", "WINDOW, 1m", "WINDOW, 1h", "WINDOW, 1w"})
    void a_range_comes_whole_and_once(CandlePaging paging, String name) {
        Interval interval = Interval.find(name).orElseThrow();
        everyBar(interval, 200);
        List<Instant> all = List.copyOf(existing);
        Instant from = all.get(50);
        Instant to = all.get(97);
        assertThat(opens(fetch(paging, interval, from, to, 500))).isEqualTo(all.subList(50, 97));
        assertThat(asked).hasSize(5);
    }

    @Test
    void pages_after_the_first_are_marked() {
        everyBar(Interval.H1, 200);
        List<Boolean> marked = new ArrayList<>();
        MarketDataSource provider = provider(CandlePaging.COUNT);
        MarketDataSource noting = (query, call) -> {
            marked.add(call.nextPage());
            return provider.fetch(query, call);
        };
        var query = new CandlesQuery(ID, PAIR, Interval.H1, null, null, 25);
        assertThat(opens(layer(CandlePaging.COUNT).around(noting).fetch(query, TestCalls.patient())))
                .isEqualTo(last(25));
        assertThat(marked).startsWith(false, true, true).doesNotContainSequence(true, false);
    }

    @ParameterizedTest
    @CsvSource({"COUNT", "WINDOW"})
    void a_range_that_starts_inside_a_bar_starts_with_the_next(CandlePaging paging) {
        everyBar(Interval.H1, 200);
        List<Instant> all = List.copyOf(existing);
        Instant from = all.get(50).plusSeconds(1);
        assertThat(opens(fetch(paging, Interval.H1, from, all.get(75).plusSeconds(1), 500)))
                .isEqualTo(all.subList(51, 76));
    }

    @ParameterizedTest
    @CsvSource({"COUNT", "WINDOW"})
    void a_limit_below_the_range_ends_early(CandlePaging paging) {
        everyBar(Interval.H1, 200);
        List<Instant> all = List.copyOf(existing);
        List<Instant> got = opens(fetch(paging, Interval.H1, all.get(50), null, 25));
        assertThat(got).startsWith(all.subList(50, 75).toArray(Instant[]::new));
        assertThat(asked).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"COUNT, 3", "WINDOW, 6"})
    void a_search_for_older_bars_ends_after_few_pages_that_bring_nothing(CandlePaging paging, int pages) {
        everyBar(Interval.H1, 15);
        assertThat(opens(fetch(paging, Interval.H1, null, null, 500))).isEqualTo(last(15));
        assertThat(asked).hasSizeLessThanOrEqualTo(pages);
    }

    @ParameterizedTest
    @CsvSource({"1h, 10", "1d, 5", "1w, 1"})
    void a_page_covers_no_longer_range_than_the_provider_allows(String name, int bars) {
        Interval interval = Interval.find(name).orElseThrow();
        everyBar(interval, 50);
        List<Instant> all = List.copyOf(existing);
        var query = new CandlesQuery(ID, PAIR, interval, all.get(10), all.get(30), 500);
        var config = new PagingConfig("Binance", CandlePaging.WINDOW, PAGE, PAGE, Optional.of(Duration.ofDays(5)));
        assertThat(opens(new PagingLayer(config, InstantSource.fixed(NOW))
                        .around(provider(CandlePaging.WINDOW))
                        .fetch(query, TestCalls.patient())))
                .isEqualTo(all.subList(10, 30));
        assertThat(asked).hasSize(20 / bars).allMatch(page -> interval.bars(page.from(), page.to()) <= bars);
    }

    @Test
    void pages_of_swaps_may_be_smaller() {
        everyBar(Interval.H1, 50);
        List<Instant> all = List.copyOf(existing);
        var swap = new Instrument(AssetType.CRYPTO, "BTC", "USDT", "USDT", null);
        var config = new PagingConfig("Kucoin", CandlePaging.WINDOW, PAGE, 4, Optional.empty());
        for (Instrument instrument : List.of(PAIR, swap)) {
            var query = new CandlesQuery(ID, instrument, Interval.H1, all.get(10), all.get(30), 500);
            assertThat(opens(new PagingLayer(config, InstantSource.fixed(NOW))
                            .around(provider(CandlePaging.WINDOW))
                            .fetch(query, TestCalls.patient())))
                    .isEqualTo(all.subList(10, 30));
        }
        assertThat(asked).hasSize(2 + 5);
    }

    @Test
    void windows_with_nothing_in_them_are_stepped_over() {
        everyBar(Interval.H1, 200);
        List<Instant> all = List.copyOf(existing);
        existing.removeAll(all.subList(60, 95));
        assertThat(opens(fetch(CandlePaging.WINDOW, Interval.H1, all.get(50), all.get(100), 500)))
                .isEqualTo(List.copyOf(existing.subSet(all.get(50), all.get(100))));
    }

    @Test
    void pages_by_count_are_not_confused_by_missing_candles() {
        everyBar(Interval.M1, 200);
        List<Instant> all = List.copyOf(existing);
        existing.removeAll(all.subList(60, 95));
        assertThat(opens(fetch(CandlePaging.COUNT, Interval.M1, all.get(50), all.get(120), 500)))
                .isEqualTo(List.copyOf(existing.subSet(all.get(50), all.get(120))));
    }

    @Test
    void a_range_with_next_to_nothing_in_it_is_refused_rather_than_asked_for_ever() {
        everyBar(Interval.M1, 20);
        Outcome<QueryResult> outcome =
                fetch(CandlePaging.WINDOW, Interval.M1, Instant.parse("2010-01-01T00:00:00Z"), null, 500);
        assertThat(failure(outcome)).isInstanceOf(Failure.Unsupported.class);
        assertThat(asked).hasSize(PagingLayer.MAX_PAGES);
    }

    @Test
    void one_page_goes_to_the_provider_as_asked() {
        everyBar(Interval.H1, 200);
        fetch(CandlePaging.COUNT, Interval.H1, null, null, PAGE);
        assertThat(asked).containsExactly(new CandlesQuery(ID, PAIR, Interval.H1, null, null, PAGE));
    }

    @Test
    void a_provider_without_pages_is_asked_once() {
        everyBar(Interval.H1, 200);
        fetch(CandlePaging.NONE, Interval.H1, null, null, 500);
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_history_that_goes_back_no_further_is_said_to() {
        everyBar(Interval.H1, 200);
        List<Instant> all = List.copyOf(existing);
        assertThat(flags(CandlePaging.NONE, null, 50)).containsExactly("history_limited");
        assertThat(flags(CandlePaging.NONE, all.get(3), 50)).containsExactly("history_limited");
        assertThat(flags(CandlePaging.NONE, all.get(195), 50)).isEmpty();
        assertThat(flags(CandlePaging.NONE, null, PAGE)).isEmpty();
        assertThat(flags(CandlePaging.COUNT, null, PAGE)).isEmpty();
    }

    /** The flags on what a provider gives that keeps one page of candles. */
    private List<String> flags(CandlePaging paging, Instant from, int limit) {
        MarketDataSource keepsOnePage = (query, _) -> Outcome.success(answer(last(PAGE)));
        var query = new CandlesQuery(ID, PAIR, Interval.H1, from, null, limit);
        var outcome = layer(paging).around(keepsOnePage).fetch(query, TestCalls.patient());
        return flags(outcome);
    }

    private static List<String> flags(Outcome<QueryResult> outcome) {
        return ((Outcome.Success<QueryResult>) outcome)
                .value().provenance().flags().stream().map(QualityFlag::code).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "COUNT, 0, 2, false, ''",
        "WINDOW, 0, 2, false, history_limited",
        "WINDOW, 10000, 1, false, history_limited",
        "WINDOW, 0, 1, true, history_limited",
    })
    void a_provider_that_answers_every_page_alike_is_not_asked_for_ever(
            CandlePaging paging, int hoursAgo, int calls, boolean isRange, String flags) {
        everyBar(Interval.H1, 200);
        List<Instant> same = last(PAGE).stream()
                .map(open -> open.minus(Duration.ofHours(hoursAgo)))
                .toList();
        MarketDataSource stubborn = (query, _) -> {
            asked.add((CandlesQuery) query);
            return Outcome.success(answer(same));
        };
        var query = new CandlesQuery(ID, PAIR, Interval.H1, isRange ? existing.first() : null, null, 500);
        Outcome<QueryResult> outcome = layer(paging).around(stubborn).fetch(query, TestCalls.patient());
        assertThat(opens(outcome)).isEqualTo(same);
        assertThat(asked).hasSize(calls);
        assertThat(String.join(",", flags(outcome))).isEqualTo(flags);
    }

    @Test
    void a_candle_at_the_bound_of_a_window_with_nothing_in_it_does_not_end_the_search() {
        everyBar(Interval.H1, 200);
        List<Instant> all = List.copyOf(existing);
        existing.removeAll(all.subList(60, 95));
        MarketDataSource repeats = (query, call) -> {
            Outcome<QueryResult> window = provider(CandlePaging.WINDOW).fetch(query, call);
            Instant end = ((CandlesQuery) query).to();
            return opens(window).isEmpty() && end != null ? Outcome.success(answer(List.of(end))) : window;
        };
        for (Instant from : Arrays.asList(all.get(50), null)) {
            var query = new CandlesQuery(ID, PAIR, Interval.H1, from, all.get(120), 60);
            assertThat(opens(layer(CandlePaging.WINDOW).around(repeats).fetch(query, TestCalls.patient())))
                    .contains(all.get(55), all.get(100));
        }
    }

    @Test
    void a_page_that_fails_fails_the_whole() {
        everyBar(Interval.H1, 200);
        MarketDataSource failing = (query, call) -> asked.size() < 2
                ? provider(CandlePaging.COUNT).fetch(query, call)
                : Outcome.failed(new Failure.Unreachable(ID, "gone"));
        var query = new CandlesQuery(ID, PAIR, Interval.H1, null, null, 50);
        assertThat(failure(layer(CandlePaging.COUNT).around(failing).fetch(query, TestCalls.patient())))
                .isInstanceOf(Failure.Unreachable.class);
    }

    @Test
    void the_deadline_holds_for_all_pages_together() {
        everyBar(Interval.H1, 200);
        var time = new AtomicLong();
        MarketDataSource slow = (query, call) -> {
            time.addAndGet(Duration.ofMillis(400).toNanos());
            return provider(CandlePaging.COUNT).fetch(query, call);
        };
        var call = new Call(
                new CallId("t"), Caller.LOCAL, Priority.HIGH, Deadline.in(Duration.ofSeconds(1), time::get), false);
        var query = new CandlesQuery(ID, PAIR, Interval.H1, null, null, 100);
        assertThat(failure(layer(CandlePaging.COUNT).around(slow).fetch(query, call)))
                .isInstanceOf(Failure.DeadlinePassed.class);
        assertThat(asked).hasSize(3);
    }

    private void everyBar(Interval interval, int bars) {
        Instant open = interval.floor(NOW);
        for (int i = 0; i < bars; i++) {
            existing.add(interval.back(open, i));
        }
    }

    private List<Instant> last(int bars) {
        return List.copyOf(existing).subList(existing.size() - bars, existing.size());
    }

    private Outcome<QueryResult> fetch(CandlePaging paging, Interval interval, Instant from, Instant to, int limit) {
        var query = new CandlesQuery(ID, PAIR, interval, from, to, limit);
        return layer(paging).around(provider(paging)).fetch(query, TestCalls.patient());
    }

    private static PagingLayer layer(CandlePaging paging) {
        return new PagingLayer(
                new PagingConfig("Binance", paging, PAGE, PAGE, Optional.empty()), InstantSource.fixed(NOW));
    }

    /** A provider as documented: by count the first or last so many of a range, by window all of a short range. */
    private MarketDataSource provider(CandlePaging paging) {
        return (MarketQuery query, Call _) -> {
            CandlesQuery page = (CandlesQuery) query;
            asked.add(page);
            if (paging == CandlePaging.WINDOW) {
                Instant most =
                        page.interval().next(page.from()).minus(page.interval().length());
                assertThat(page.to())
                        .isBeforeOrEqualTo(most.plus(page.interval().length().multipliedBy(PAGE)));
            }
            List<Instant> range = existing.stream()
                    .filter(open -> page.from() == null || !open.isBefore(page.from()))
                    .filter(open -> page.to() == null || open.isBefore(page.to()))
                    .toList();
            int excess = Math.max(0, range.size() - page.limit());
            return Outcome.success(answer(
                    page.from() == null
                            ? range.subList(excess, range.size())
                            : range.subList(0, range.size() - excess)));
        };
    }

    private static QueryResult answer(List<Instant> opens) {
        var one = BigDecimal.ONE;
        return new QueryResult(
                new Candles(
                        new Listing(PAIR, "BTCUSDT", "Binance", "UTC", "USDT"),
                        Interval.H1,
                        opens.stream()
                                .map(open -> new Candle(open, one, one, one, one, one, null, null, true))
                                .toList(),
                        List.of(),
                        null),
                new Provenance(ID, Mode.LIVE, null, NOW, Freshness.FRESH, List.of(), List.of()));
    }

    private static List<Instant> opens(Outcome<QueryResult> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        QueryResult answer = ((Outcome.Success<QueryResult>) outcome).value();
        return ((Candles) answer.data())
                .candles().stream().map(Candle::openTime).toList();
    }

    private static Failure failure(Outcome<QueryResult> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<QueryResult>) outcome).failure();
    }
}
