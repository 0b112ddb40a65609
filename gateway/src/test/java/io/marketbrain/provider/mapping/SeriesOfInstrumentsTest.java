package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.ShareRatio;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.InvalidDescriptor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series about instruments: which request they have, what their rows say, and what is refused. */
class SeriesOfInstrumentsTest {
    private static final String DESCRIPTOR = """
            {
              'id': 'acme', 'name': 'Acme', 'exchange': 'Acme', 'base_url': 'https://acme.example',
              'asset_types': ['crypto', 'stock'], 'zone': 'UTC',
              'operations': {'series': {'kinds': ['funding_rate', 'dividends', 'splits']}}, 'limits': {},
              'symbols': {'forms': [
                {'contracts': '{base}{quote}.P', 'quotes': ['USDT'], 'settle': 'quote'},
                {'contracts': '{base}{quote}_PERP', 'quotes': ['USD'], 'settle': 'base'},
                {'listed': {'markets': {'US': ''}}}]},
              'mapping': {
                'contracts': {'funding_rate': {
                  'request': {'path': '/funding', 'query': {'contract': '{contract}'}, 'optional': {'from': '{from}'}},
                  'response': {'unit': 'fraction', 'rows': {'path': '', 'check': {'s': '{contract}'}},
                    'fields': {'time': {'path': 't', 'format': 'seconds'}, 'value': 'v'}}}},
                'inverse': {'funding_rate': {
                  'request': {'path': '/inverse'},
                  'response': {'rows': {'path': ''}, 'fields': {'time': {'path': 't', 'format': 'seconds'}, 'value': 'v'}}}},
                'dividends': {
                  'request': {'path': '/dividends/{symbol}'},
                  'response': {'rows': {'path': 'all', 'check': {'s': '{symbol}'}},
                    'fields': {'time': {'path': 't', 'format': 'date'}, 'value': 'v',
                      'currency': {'path': 'c', 'optional': true}, 'version': {'path': 'id', 'optional': true}}}},
                'splits': {
                  'request': {'path': '/splits/{symbol}'},
                  'response': {'rows': {'path': ''},
                    'fields': {'time': {'path': 't', 'format': 'date'}, 'value': 'to', 'old_shares': 'from'}}}
              }
            }
            """;

    private final List<ProviderRequest> requests = new ArrayList<>();

    private Outcome<QueryResult> fetch(String descriptor, String id, String body) {
        return fetch(descriptor, id, body, null, null);
    }

    private Outcome<QueryResult> fetch(
            String descriptor, String id, String body, @Nullable Instant from, @Nullable Instant to) {
        return fetch(read(descriptor), new SeriesQuery(new ProviderId("acme"), id, from, to, 10), body);
    }

    private static Descriptor read(String descriptor) {
        return DescriptorReader.read("acme.json", descriptor.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private Outcome<QueryResult> fetch(Descriptor read, SeriesQuery query, String body) {
        var module =
                new ProviderModule(read, MappedAdapter.of(read, read.mapping().orElseThrow()));
        Transport transport = (asked, _) -> {
            requests.add(asked);
            byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            return Outcome.success(new RawPayload(200, Map.of(), bytes, Instant.EPOCH));
        };
        return new ProviderSource(module, Mode.LIVE, transport).fetch(query, TestCalls.patient());
    }

    private Series series(String id, String body) {
        Outcome<QueryResult> outcome = fetch(DESCRIPTOR, id, body);
        assertThat(outcome).as(body).isInstanceOf(Outcome.Success.class);
        return (Series) ((Outcome.Success<QueryResult>) outcome).value().data();
    }

    private Failure failure(String id, String body) {
        Outcome<QueryResult> outcome = fetch(DESCRIPTOR, id, body);
        assertThat(outcome).as(body).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<QueryResult>) outcome).failure();
    }

    private static Observation seen(String day, String value) {
        return new Observation(Instant.parse(day + "T00:00:00Z"), new BigDecimal(value));
    }

    @Test
    void a_kind_of_series_has_the_request_of_its_instrument() {
        Series found = series("funding_rate:BTC/USDT:USDT", "[{'s': 'BTCUSDT', 't': 1782777600, 'v': '-0.00010'}]");
        assertThat(found.id()).isEqualTo("funding_rate:BTC/USDT:USDT");
        assertThat(found.title()).isEqualTo("Funding rate of BTC/USDT:USDT");
        assertThat(found.unit()).isEqualTo("fraction");
        assertThat(found.observations()).containsExactly(seen("2026-06-30", "-0.00010"));
        series("funding_rate:BTC/USD:BTC", "[]");
        assertThat(requests).extracting(ProviderRequest::path).containsExactly("/funding", "/inverse");
        assertThat(requests.getFirst().asMap()).isEqualTo(Map.of("contract", "BTCUSDT"));
    }

    @Test
    void no_dividends_are_an_empty_series() {
        Series none = series("dividends:AAPL", "{'all': []}");
        assertThat(none.observations()).isEmpty();
        assertThat(none.unit()).isNull();
    }

    @Test
    void dividends_come_in_order_and_once_and_two_of_one_day_are_two() {
        Series found = series(
                "dividends:AAPL",
                "{'all': [{'s': 'AAPL', 't': '2026-05-11', 'v': 0.27, 'c': 'USD'},"
                        + " {'s': 'AAPL', 't': '2026-02-09', 'v': 0.26, 'c': 'USD'},"
                        + " {'s': 'AAPL', 't': '2026-05-11', 'v': 1.5, 'c': 'USD'},"
                        + " {'s': 'AAPL', 't': '2026-02-09', 'v': 0.26, 'c': 'USD'},"
                        + " {'s': 'AAPL', 't': '2026-02-10', 'v': 0, 'c': 'USD'}]}");
        assertThat(found.observations())
                .containsExactly(seen("2026-02-09", "0.26"), seen("2026-05-11", "0.27"), seen("2026-05-11", "1.5"));
        assertThat(found.unit()).isEqualTo("USD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'all': [{'s': 'AAPL', 't': '2026-05-11', 'v': -1}]}",
                "{'all': [{'s': 'AAPL', 't': '2026-05-11', 'v': 1, 'c': 'US dollars'}]}",
                "{'all': [{'s': 'AAPL', 't': 'soon', 'v': 1}]}",
                "{}",
            })
    void what_is_no_dividend_is_malformed(String body) {
        assertThat(failure("dividends:AAPL", body)).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void equal_dividends_of_one_day_are_two_if_the_provider_says_so() {
        Series found = series(
                "dividends:AAPL",
                "{'all': [{'s': 'AAPL', 't': '2026-05-11', 'v': 0.24, 'id': 'a'},"
                        + " {'s': 'AAPL', 't': '2026-05-11', 'v': 0.240, 'id': 'a'},"
                        + " {'s': 'AAPL', 't': '2026-05-11', 'v': 0.24, 'id': 'b'}]}");
        assertThat(found.observations()).containsExactly(seen("2026-05-11", "0.24"), seen("2026-05-11", "0.24"));
    }

    @Test
    void dividends_in_several_currencies_are_unsupported_unless_the_range_has_one() {
        String body = "{'all': [{'s': 'AAPL', 't': '2026-05-11', 'v': 1, 'c': 'USD'},"
                + " {'s': 'AAPL', 't': '2026-06-11', 'v': 1, 'c': 'EUR'}]}";
        assertThat(failure("dividends:AAPL", body))
                .isInstanceOfSatisfying(
                        Failure.Unsupported.class,
                        why -> assertThat(why.message()).contains("in several currencies, EUR and USD"));
        assertThat(fetch(DESCRIPTOR, "dividends:AAPL", body, Instant.parse("2026-06-01T00:00:00Z"), null))
                .isInstanceOf(Outcome.Success.class);
    }

    private static final String NEWEST = DESCRIPTOR.replace("'unit': 'fraction',", "'unit': 'fraction', 'newest': 2,");

    @ParameterizedTest
    @CsvSource({
        "2026-06-29, , true",
        "2026-06-28, , true",
        "2026-06-27, , false",
        ", 2026-06-28, false",
        ", 2026-06-30, true",
        "2026-06-01, 2026-06-10, false",
        ", , true"
    })
    void a_full_page_of_the_newest_values_has_no_range_that_begins_before_it(
            @Nullable LocalDate from, @Nullable LocalDate to, boolean isServed) {
        Outcome<QueryResult> outcome = fetch(NEWEST, "funding_rate:BTC/USDT:USDT", TWO_RATES, start(from), start(to));
        if (isServed) {
            assertThat(outcome).isInstanceOf(Outcome.Success.class);
        } else {
            assertThat(((Outcome.Failed<QueryResult>) outcome).failure())
                    .isInstanceOfSatisfying(
                            Failure.Unsupported.class,
                            why -> assertThat(why.message()).contains("ask for a later or a shorter range"));
        }
    }

    private static final String TWO_RATES =
            "[{'s': 'BTCUSDT', 't': 1782691200, 'v': '0.0001'}, {'s': 'BTCUSDT', 't': 1782604800, 'v': '0.0002'}]";

    /** A full page; {@code ended} says whether the request names the end of the range. */
    @ParameterizedTest
    @CsvSource({
        "oldest, true, 2026-06-28, , 2, ",
        "oldest, true, 2026-06-28, , 3, 'at most 2 values at once, and may have later ones; ask for a range that begins at the last of these'",
        "oldest, true, 2026-06-01, 2026-07-01, 3, 'at most 2 values at once, and may have later ones; ask for a range that begins at the last of these'",
        "oldest, false, 2026-06-28, 2026-06-29, 3, ",
        "oldest, false, , , 3, 'at most 2 values at once, and may have older ones; ask for a range that begins earlier'",
        "newest, true, 2026-06-28, , 3, ",
        "newest, true, 2026-06-28, 2026-06-29, 3, ",
        "newest, true, , , 2, ",
        "newest, true, , , 3, 'at most 2 values at once, and may have older ones; ask for a range that ends at the first of these'",
        "newest, true, , 2026-06-29, 2, 'at most 2 values at once, and may have older ones; ask for a range that ends at the first of these'",
        "newest, true, , 2026-06-29, 1, ",
        "newest, false, 2026-06-28, , 3, ",
        "newest, false, , , 3, 'only the latest 2 values, and may have older ones'"
    })
    void a_full_page_with_fewer_values_than_requested_says_that_there_may_be_more(
            String page,
            boolean ended,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            int limit,
            @Nullable String missing) {
        String descriptor = NEWEST.replace("'newest'", "'" + page + "'")
                .replace("{'from': '{from}'}", ended ? "{'from': '{from}', 'to': '{to}'}" : "{'from': '{from}'}");
        var query =
                new SeriesQuery(new ProviderId("acme"), "funding_rate:BTC/USDT:USDT", start(from), start(to), limit);
        Outcome<QueryResult> outcome = fetch(read(descriptor), query, TWO_RATES);
        assertThat(((Outcome.Success<QueryResult>) outcome).value().provenance().flags())
                .extracting(QualityFlag::code, QualityFlag::detail)
                .isEqualTo(missing == null ? List.of() : List.of(tuple("history_limited", "acme sends " + missing)));
    }

    @Test
    void rows_that_do_not_count_fill_a_page_all_the_same() {
        String descriptor = NEWEST.replace("'newest': 2,", "'newest': 2, 'skip_incomplete': true,")
                .replace("'value': 'v'", "'value': {'path': 'v', 'none': ['']}");
        Outcome<QueryResult> outcome = fetch(
                descriptor,
                "funding_rate:BTC/USDT:USDT",
                TWO_RATES.replace("0.0001", ""),
                Instant.parse("2026-06-01T00:00:00Z"),
                null);
        assertThat(((Outcome.Failed<QueryResult>) outcome).failure()).isInstanceOf(Failure.Unsupported.class);
    }

    @Test
    void one_value_of_a_time_may_be_written_in_two_ways() {
        Series found = series(
                "funding_rate:BTC/USDT:USDT",
                "[{'s': 'BTCUSDT', 't': 1782777600, 'v': '0.0001'}, {'s': 'BTCUSDT', 't': 1782777600, 'v': '0.00010'}]");
        assertThat(found.observations()).hasSize(1);
        assertThat(
                        failure(
                                "funding_rate:BTC/USDT:USDT",
                                "[{'s': 'BTCUSDT', 't': 1782777600, 'v': '0.0001'}, {'s': 'BTCUSDT', 't': 1782777600, 'v': '0.0002'}]"))
                .isInstanceOf(Failure.Malformed.class);
    }

    private static @Nullable Instant start(@Nullable LocalDate day) {
        return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        "\"without\": [\"from\"], BTC/USDT:USDT, has only the latest series",
        "\"without\": [\"settle\"], BTC/USDT:USDT, has no series of funding_rate:BTC/USDT:USDT",
        "\"query\": {\"end\": \"{to}\"}, BTC/USDT:USDT, needs a time range"
    })
    void a_request_that_cannot_be_sent_is_unsupported_for_the_right_reason(
            String condition, String symbol, String reason) {
        String descriptor = DESCRIPTOR.replace("'query': {'contract': '{contract}'}", condition);
        Outcome<QueryResult> outcome =
                fetch(descriptor, "funding_rate:" + symbol, "[]", Instant.parse("2026-06-01T00:00:00Z"), null);
        assertThat(((Outcome.Failed<QueryResult>) outcome).failure())
                .isInstanceOfSatisfying(
                        Failure.Unsupported.class,
                        why -> assertThat(why.message()).contains(reason));
        assertThat(requests).isEmpty();
    }

    @Test
    void a_body_about_another_instrument_is_refused() {
        assertThat(failure("dividends:AAPL", "{'all': [{'s': 'MSFT', 't': '2026-05-11', 'v': 1}]}"))
                .isInstanceOf(Failure.Untrusted.class);
    }

    @ParameterizedTest
    @CsvSource({"4, 1, 4, 4:1", "1, 10, 0.1, 1:10", "3, 2, 1.5, 3:2", "1.0000, 8.00, 0.125, 1:8", "1, 3, , 1:3"})
    void a_split_has_its_ratio_and_the_number_where_it_is_a_decimal(
            String to, String from, BigDecimal value, String ratio) {
        Series found = series("splits:AAPL", "[{'t': '2026-05-11', 'to': " + to + ", 'from': " + from + "}]");
        Observation split = found.observations().getFirst();
        assertThat(split.value()).isEqualTo(value);
        assertThat(split.ratio()).extracting(ShareRatio::text).isEqualTo(ratio);
    }

    @Test
    void as_many_shares_as_before_are_no_split() {
        assertThat(series("splits:AAPL", "[{'t': '2026-05-11', 'to': 1, 'from': 1}]")
                        .observations())
                .isEmpty();
    }

    @Test
    void an_unknown_symbol_is_an_unknown_instrument() {
        assertThat(failure("dividends:A?B", "{}")).isInstanceOf(Failure.UnknownInstrument.class);
        assertThat(requests).isEmpty();
    }

    @Test
    void a_kind_without_a_mapping_for_the_instrument_is_unsupported() {
        assertThat(failure("funding_rate:AAPL", "[]")).isInstanceOf(Failure.Unsupported.class);
        assertThat(failure("open_interest:BTC/USDT:USDT", "[]")).isInstanceOf(Failure.Unsupported.class);
        assertThat(failure("GDP", "[]")).isInstanceOf(Failure.Unsupported.class);
        assertThat(requests).isEmpty();
    }

    @Test
    void a_range_of_dividends_is_requested_from_its_start_and_with_its_last_day() {
        var query = new SeriesQuery(
                new ProviderId("polygon"),
                "dividends:AAPL",
                Instant.parse("2026-05-01T00:00:00Z"),
                Instant.parse("2026-05-11T12:00:00Z"),
                3);
        fetch(DescriptorReader.builtIn("polygon"), query, "{}");
        assertThat(requests.getFirst().asMap())
                .containsEntry("sort", "ex_dividend_date.asc")
                .containsEntry("limit", "5000")
                .containsEntry("ex_dividend_date.gte", "2026-05-01")
                .containsEntry("ex_dividend_date.lte", "2026-05-11");
    }

    @Test
    void splits_of_alpaca_are_read_beside_other_corporate_actions() {
        String body = """
                {"corporate_actions": {
                  "cash_dividends": [{"symbol": "AAPL", "rate": 0.82, "ex_date": "2020-08-07", "process_date": "2020-08-13"}],
                  "forward_splits": [{"symbol": "AAPL", "new_rate": 4, "old_rate": 1, "ex_date": "2020-08-31"},
                                     {"symbol": "TSLA", "new_rate": 5, "old_rate": 1, "ex_date": "2020-08-31"}],
                  "unit_splits": [{"old_symbol": "A.U", "new_symbol": "A", "alternate_symbol": "A.WS", "old_rate": 1,
                    "new_rate": 1, "alternate_rate": 0.5, "effective_date": "2023-03-01"}],
                  "cash_mergers": [{"acquiree_symbol": "XYZ", "rate": 10.5, "effective_date": "2023-03-01"}]},
                 "next_page_token": null}
                """;
        Descriptor descriptor = DescriptorReader.builtIn("alpaca");
        var query = new SeriesQuery(
                new ProviderId("alpaca"), "splits:AAPL", Instant.parse("2020-01-01T00:00:00Z"), null, 1000);
        Outcome<QueryResult> outcome = fetch(descriptor, query, body);
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        Series splits =
                (Series) ((Outcome.Success<QueryResult>) outcome).value().data();
        assertThat(splits.observations())
                .extracting(Observation::time, Observation::value)
                .containsExactly(tuple(Instant.parse("2020-08-31T00:00:00Z"), new BigDecimal("4")));
    }

    /** What is sent for a series of the first half of May 2026, and without a range. */
    @ParameterizedTest
    @CsvSource({
        "alpaca, dividends:AAPL, /v1/corporate-actions, start=2026-05-01 end=2100-01-01 limit=1000, ",
        "binancefutures, mark_price:BTC/USDT:USDT, /fapi/v1/markPriceKlines, startTime=1777593600000 endTime=1778803199999,"
                + " /fapi/v1/premiumIndex",
        "binancefutures, open_interest:BTC/USD:BTC, /futures/data/openInterestHist, pair=BTCUSD contractType=PERPETUAL,"
                + " /dapi/v1/openInterest",
        "bitget, mark_price:BTC/USDT:USDT, /api/v2/mix/market/history-mark-candles,"
                + " granularity=1H limit=200 endTime=1778803200000, /api/v2/mix/market/symbol-price",
        "bybit, mark_price:BTC/USDT:USDT, /v5/market/mark-price-kline, start=1777593600000, /v5/market/tickers",
        "deribit, funding_rate:BTC/USD:BTC, /api/v2/public/get_funding_rate_history, start_timestamp=1777593599999, ",
        "fmp, dividends:AAPL, /stable/dividends, limit=1000, /stable/dividends",
        "htx, mark_price:BTC/USDT:USDT, /index/market/history/linear_swap_mark_price_kline, period=60min size=2000,"
                + " /index/market/history/linear_swap_mark_price_kline",
        "htx, open_interest:BTC/USD:BTC, /swap-api/v1/swap_his_open_interest, size=200 amount_type=2,"
                + " /swap-api/v1/swap_open_interest",
        "mexc, mark_price:BTC/USDT:USDT, /api/v1/contract/kline/fair_price/BTC_USDT, interval=Min60 end=1778803199,"
                + " /api/v1/contract/fair_price/BTC_USDT",
        "okx, open_interest:BTC/USD:BTC, /api/v5/rubik/stat/contracts/open-interest-history,"
                + " instId=BTC-USD-SWAP period=1H end=1778803200000, /api/v5/public/open-interest",
        "okx, mark_price:BTC/USDT:USDT, /api/v5/market/history-mark-price-candles, before=1777593599999 bar=1H,"
                + " /api/v5/public/mark-price",
        "tiingo, splits:AAPL, /tiingo/daily/AAPL/prices, startDate=2026-05-01 endDate=2026-05-14, ",
        "tradier, splits:AAPL, /beta/markets/fundamentals/corporate_actions, symbols=AAPL,"
                + " /beta/markets/fundamentals/corporate_actions",
        "twelvedata, dividends:AAPL, /dividends, adjust=false start_date=2026-05-01, /dividends",
        "twelvedata, dividends:VOD:XLON, /dividends, adjust=false mic_code=XLON, /dividends"
    })
    void a_series_is_requested_with_its_range_and_without(
            String provider, String id, String path, String parameters, @Nullable String withoutRange) {
        Descriptor descriptor = DescriptorReader.builtIn(provider);
        Instant from = Instant.parse("2026-05-01T00:00:00Z");
        fetch(descriptor, new SeriesQuery(new ProviderId(provider), id, from, from.plus(Duration.ofDays(14)), 5), "{}");
        assertThat(requests.getFirst().path()).isEqualTo(path);
        for (String parameter : parameters.split(" ", -1)) {
            assertThat(requests.getFirst().asMap())
                    .containsEntry(parameter.split("=", -1)[0], parameter.split("=", -1)[1]);
        }
        Outcome<QueryResult> latest =
                fetch(descriptor, new SeriesQuery(new ProviderId(provider), id, null, null, 5), "{}");
        if (withoutRange == null) {
            assertThat(((Outcome.Failed<QueryResult>) latest).failure())
                    .isInstanceOfSatisfying(
                            Failure.Unsupported.class,
                            why -> assertThat(why.message()).contains("needs a time range"));
        } else {
            assertThat(requests.getLast().path()).isEqualTo(withoutRange);
        }
    }

    @Test
    void a_posted_number_of_a_range_that_is_missing_is_asked_for() {
        var query = new SeriesQuery(new ProviderId("hyperliquid"), "funding_rate:BTC/USDC:USDC", null, null, 5);
        assertThat(((Outcome.Failed<QueryResult>) fetch(DescriptorReader.builtIn("hyperliquid"), query, "[]"))
                        .failure())
                .isInstanceOfSatisfying(
                        Failure.Unsupported.class,
                        why -> assertThat(why.message()).contains("needs a time range"));
        assertThat(requests).isEmpty();
    }

    @Test
    void a_dated_future_of_htx_has_open_interest_but_no_mark_price() {
        Descriptor htx = DescriptorReader.builtIn("htx");
        fetch(htx, new SeriesQuery(new ProviderId("htx"), "open_interest:BTC-USDT-260327", null, null, 1), "{}");
        assertThat(requests.getFirst().asMap()).containsEntry("business_type", "futures");
        var mark = new SeriesQuery(new ProviderId("htx"), "mark_price:BTC-USDT-260327", null, null, 1);
        assertThat(((Outcome.Failed<QueryResult>) fetch(htx, mark, "{}")).failure())
                .isInstanceOfSatisfying(
                        Failure.Unsupported.class,
                        why -> assertThat(why.message()).contains("htx has no series of"));
    }

    @Test
    void every_kind_needs_a_mapping_and_every_mapping_a_kind() {
        assertThatThrownBy(() -> fetch(DESCRIPTOR.replace("'splits']", "'splits', 'price']"), "GDP", ""))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("'price' is one of 'kinds'");
        assertThatThrownBy(() -> fetch(DESCRIPTOR.replace(", 'splits']", "]"), "GDP", ""))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("unknown key 'splits'");
    }
}
