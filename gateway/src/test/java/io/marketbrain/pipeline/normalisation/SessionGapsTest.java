package io.marketbrain.pipeline.normalisation;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.mock.MockConfig;
import io.marketbrain.provider.mock.MockProvider;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which daily candles of a security are missing. */
class SessionGapsTest {
    private static final ProviderId PROVIDER = new ProviderId("acme");
    private static final Instant NOW = Instant.parse("2026-12-02T12:00:00Z");

    private static Call call() {
        return new Call(
                new CallId("t"),
                Caller.LOCAL,
                Priority.HIGH,
                Deadline.in(Duration.ofSeconds(20), System::nanoTime),
                false);
    }

    private static List<Gap> gaps(
            Instrument instrument, String zone, Interval interval, String from, String to, String... opens) {
        return ((Candles)
                        answer(NOW, instrument, zone, interval, from, to, opens).data())
                .gaps();
    }

    private static QueryResult answer(
            Instant now,
            Instrument instrument,
            String zone,
            Interval interval,
            String from,
            String to,
            String... opens) {
        List<Candle> candles = Stream.of(opens)
                .map(open -> new Candle(
                        time(open),
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        null,
                        null,
                        true))
                .toList();
        var listing = new Listing(instrument, "X", "Exchange", zone, "USD");
        var data = new Candles(listing, interval, candles, List.of(), null);
        var query = new CandlesQuery(
                PROVIDER,
                instrument,
                interval,
                from.isEmpty() ? null : time(from),
                to.isEmpty() ? null : time(to),
                1000);
        var provenance = new Provenance(PROVIDER, Mode.LIVE, null, NOW, Freshness.FRESH, List.of(), List.of());
        Outcome<QueryResult> outcome = new NormalisationLayer(InstantSource.fixed(now))
                .around((_, _) -> Outcome.success(new QueryResult(data, provenance)))
                .fetch(query, call());
        return ((Outcome.Success<QueryResult>) outcome).value();
    }

    private static Instant time(String text) {
        return Instant.parse(text.contains("T") ? text : text + "T00:00:00Z");
    }

    private static Instrument stock(@Nullable String mic) {
        return new Instrument(AssetType.STOCK, "X", "USD", null, mic);
    }

    private static Gap gap(String from, String to, long missing) {
        return new Gap(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"), missing);
    }

    @Test
    void weekends_and_holidays_are_no_gaps_and_half_days_are_trading_days() {
        // Thanksgiving is 26 November, the 27th a half day.
        assertThat(gaps(
                        stock(null),
                        "America/New_York",
                        Interval.D1,
                        "2026-11-25",
                        "2026-12-01",
                        "2026-11-25",
                        "2026-11-27",
                        "2026-11-30"))
                .isEmpty();
        assertThat(gaps(
                        stock(null),
                        "America/New_York",
                        Interval.D1,
                        "2026-11-25",
                        "2026-12-01",
                        "2026-11-25",
                        "2026-11-30"))
                .containsExactly(gap("2026-11-27", "2026-11-28", 1));
    }

    @Test
    void missing_trading_days_are_listed_at_the_edges_and_apart_where_the_exchange_was_closed_between_them() {
        assertThat(gaps(stock("XNAS"), "UTC", Interval.D1, "2026-11-05", "2026-11-18", "2026-11-11"))
                .containsExactly(
                        gap("2026-11-05", "2026-11-07", 2),
                        gap("2026-11-09", "2026-11-11", 2),
                        gap("2026-11-12", "2026-11-14", 2),
                        gap("2026-11-16", "2026-11-18", 2));
        assertThat(gaps(stock("XNAS"), "UTC", Interval.D1, "2026-11-21", "2026-11-23"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "XSHG, 1d, 2026-12-28, 2027-01-01, ''",
        "XSHG, 1d, 2026-12-28, 2027-01-02, the holidays of XSHG are known for 2024 to 2026 only",
        "XSHG, 1h, 2026-12-28, 2027-01-01, ''",
        "XSHG, 1h, 2026-12-28, 2026-12-31T17:00:00Z, the holidays of XSHG are known for 2024 to 2026 only",
        "XSHG, 1h, 2027-01-04, '', the holidays of XSHG are known for 2024 to 2026 only",
        "XSHG, 1w, 2027-01-04, '', ''",
        "XNYS, 1d, 2027-01-04, '', ''",
        "XNYS, 1h, 2024-01-01T04:00:00Z, 2024-02-01, the holidays of XNYS are known for 2024 to 2027 only",
        "XNYS, 1d, 2024-01-01, 2024-02-01, ''",
        "XNYS, 1d, 2019-01-04, 2020-01-01, the holidays of XNYS are known for 2024 to 2027 only",
        "XNYS, 1d, 2019-01-04, '', the holidays of XNYS are known for 2024 to 2027 only",
        "XBUE, 1d, 2026-01-05, 2026-01-08, the holidays of XBUE are not known",
        ", 1d, 2026-01-05, 2026-01-08, the holidays of the exchange are not known"
    })
    void candles_of_years_whose_holidays_are_not_known_say_that_gaps_are_not_listed(
            @Nullable String mic, String interval, String from, String to, String detail) {
        QueryResult answer = answer(
                Instant.parse("2027-03-01T00:00:00Z"),
                stock(mic),
                "Asia/Karachi",
                Interval.find(interval).orElseThrow(),
                from,
                to,
                from);
        assertThat(answer.provenance().flags())
                .hasSize(detail.isEmpty() ? 0 : 1)
                .allSatisfy(
                        flag -> assertThat(flag.code() + " " + flag.detail()).startsWith("holidays_unknown " + detail));
    }

    @Test
    void the_mic_decides_before_the_zone() {
        assertThat(gaps(
                        stock("XSWX"),
                        "Europe/Berlin",
                        Interval.D1,
                        "2026-05-13",
                        "2026-05-16",
                        "2026-05-13",
                        "2026-05-15"))
                .isEmpty();
        assertThat(gaps(
                        stock(null),
                        "Europe/Berlin",
                        Interval.D1,
                        "2026-05-13",
                        "2026-05-16",
                        "2026-05-13",
                        "2026-05-15"))
                .containsExactly(gap("2026-05-14", "2026-05-15", 1));
    }

    @Test
    void a_candle_may_be_dated_by_midnight_or_opening_at_the_exchange() {
        assertThat(gaps(
                        stock("XTKS"),
                        "Asia/Tokyo",
                        Interval.D1,
                        "2026-11-04",
                        "2026-11-07",
                        "2026-11-03T15:00:00Z",
                        "2026-11-04T15:00:00Z",
                        "2026-11-05T15:00:00Z"))
                .isEmpty();
        assertThat(gaps(
                        stock("XNYS"),
                        "America/New_York",
                        Interval.D1,
                        "2026-11-04",
                        "2026-11-06",
                        "2026-11-04T14:30:00Z",
                        "2026-11-05T14:30:00Z"))
                .isEmpty();
    }

    @Test
    void a_session_that_is_not_over_and_a_day_of_an_unknown_calendar_are_no_gaps() {
        assertThat(gaps(stock("XNYS"), "America/New_York", Interval.D1, "2026-12-01", "", "2026-12-01"))
                .isEmpty();
        assertThat(gaps(stock("XNYS"), "America/New_York", Interval.D1, "2023-12-28", "2024-01-03"))
                .containsExactly(gap("2024-01-02", "2024-01-03", 1));
        assertThat(gaps(stock(null), "Asia/Karachi", Interval.D1, "2026-11-04", "2026-11-07"))
                .isEmpty();
        assertThat(gaps(stock(null), "Nowhere/Atlantis", Interval.D1, "2026-11-04", "2026-11-07"))
                .isEmpty();
        assertThat(gaps(stock(null), "Asia/Karachi", Interval.H1, "2026-11-04", "2026-11-07"))
                .isEmpty();
        assertThat(gaps(stock("XNYS"), "America/New_York", Interval.H1, "2023-11-06", "2023-11-07"))
                .isEmpty();
        assertThat(gaps(stock("XNYS"), "America/New_York", Interval.H4, "2026-11-04", "2026-11-07"))
                .isEmpty();
    }

    private static Gap between(String from, String to, long missing) {
        return new Gap(Instant.parse(from), Instant.parse(to), missing);
    }

    private static String[] hours(String... days) {
        return Stream.of(days)
                .flatMap(day -> Stream.of("14:30", "15:30", "16:30", "17:30", "18:30", "19:30", "20:30")
                        .map(time -> day + "T" + time + ":00Z"))
                .toArray(String[]::new);
    }

    @Test
    void nights_weekends_holidays_and_closed_afternoons_are_no_gaps_within_sessions() {
        var opens = new ArrayList<>(List.of(hours("2026-11-25")));
        // The 26th is Thanksgiving; on the 27th trading ends at 13:00 in New York.
        opens.addAll(List.of(hours("2026-11-27")).subList(0, 4));
        opens.addAll(List.of(hours("2026-11-30")));
        assertThat(gaps(
                        stock("XNYS"),
                        "America/New_York",
                        Interval.H1,
                        "2026-11-25",
                        "2026-12-01",
                        opens.toArray(String[]::new)))
                .isEmpty();
    }

    @Test
    void candles_missing_within_a_session_at_its_edges_and_whole_sessions_are_gaps() {
        List<String> opens = new ArrayList<>(List.of(hours("2026-11-04")));
        opens.subList(2, 4).clear();
        opens.removeFirst();
        assertThat(gaps(
                        stock("XNYS"),
                        "America/New_York",
                        Interval.H1,
                        "2026-11-04",
                        "2026-11-06",
                        opens.toArray(String[]::new)))
                .containsExactly(
                        between("2026-11-04T14:30:00Z", "2026-11-04T15:30:00Z", 1),
                        between("2026-11-04T16:30:00Z", "2026-11-04T18:30:00Z", 2),
                        between("2026-11-05T14:30:00Z", "2026-11-05T20:30:00Z", 6));
    }

    @Test
    void candles_aligned_to_the_clock_are_whole_and_the_lunch_break_is_no_gap() {
        assertThat(gaps(
                        stock("XTKS"),
                        "Asia/Tokyo",
                        Interval.H1,
                        "2026-11-04",
                        "2026-11-05",
                        "2026-11-04T00:00:00Z",
                        "2026-11-04T01:00:00Z",
                        "2026-11-04T02:00:00Z",
                        "2026-11-04T03:00:00Z",
                        "2026-11-04T04:00:00Z",
                        "2026-11-04T05:00:00Z",
                        "2026-11-04T06:00:00Z"))
                .isEmpty();
    }

    @Test
    void trading_in_tokyo_ended_earlier_until_november_2024() {
        assertThat(gaps(stock("XTKS"), "Asia/Tokyo", Interval.M30, "2024-11-01", "2024-11-02"))
                .containsExactly(
                        between("2024-11-01T00:00:00Z", "2024-11-01T02:30:00Z", 5),
                        between("2024-11-01T03:30:00Z", "2024-11-01T06:00:00Z", 5));
    }

    @Test
    void the_present_is_not_missing_where_prices_are_delayed() {
        List<String> opens = List.of(hours("2026-12-01")).subList(0, 3);
        assertThat(gaps(stock("XNYS"), "America/New_York", Interval.H1, "2026-12-01", "", opens.toArray(String[]::new)))
                .isEmpty();
    }

    @Test
    void the_mock_market_has_every_hour_of_every_session() {
        var mock = new MockProvider(MockConfig.defaults(), InstantSource.fixed(NOW));
        var query = new CandlesQuery(
                ProviderId.MOCK,
                new Instrument(AssetType.STOCK, "AAPL", "USD", null, null),
                Interval.H1,
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-12-01T00:00:00Z"),
                5000);
        Outcome<QueryResult> outcome = new NormalisationLayer(InstantSource.fixed(NOW))
                .around(mock.standIn(mock.descriptor()))
                .fetch(query, call());
        Candles candles =
                (Candles) ((Outcome.Success<QueryResult>) outcome).value().data();
        assertThat(candles.candles()).hasSizeGreaterThan(1000);
        assertThat(candles.gaps()).isEmpty();
    }

    @Test
    void the_mock_market_has_a_candle_of_every_trading_day() {
        var mock = new MockProvider(MockConfig.defaults(), InstantSource.fixed(NOW));
        var instrument = new Instrument(AssetType.STOCK, "AAPL", "USD", null, null);
        var query = new CandlesQuery(
                ProviderId.MOCK,
                instrument,
                Interval.D1,
                Instant.parse("2024-01-01T00:00:00Z"),
                Instant.parse("2026-12-01T00:00:00Z"),
                1000);
        Outcome<QueryResult> outcome = new NormalisationLayer(InstantSource.fixed(NOW))
                .around(mock.standIn(mock.descriptor()))
                .fetch(query, call());
        Candles candles =
                (Candles) ((Outcome.Success<QueryResult>) outcome).value().data();
        assertThat(candles.candles()).hasSizeGreaterThan(700);
        assertThat(candles.gaps()).isEmpty();
    }
}
