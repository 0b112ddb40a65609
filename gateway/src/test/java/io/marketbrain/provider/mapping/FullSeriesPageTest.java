package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Responses with as many rows as a provider sends at most, to requests for few values: what is read, and what is missing. */
class FullSeriesPageTest {
    private static final int LIMIT = 20;
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

    private static Outcome<QueryResult> fetch(
            String provider, String id, Instant from, @Nullable Instant to, String body) {
        Descriptor read = DescriptorReader.builtIn(provider);
        var module =
                new ProviderModule(read, MappedAdapter.of(read, read.mapping().orElseThrow()));
        var query = new SeriesQuery(new ProviderId(provider), id, from, to, LIMIT);
        Transport transport = (_, _) -> Outcome.success(new RawPayload(
                200,
                Map.of(),
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                FIRST,
                read.payloads().of(query),
                () -> {},
                false));
        return new ProviderSource(module, Mode.LIVE, transport).fetch(query, TestCalls.patient());
    }

    /** Rows whose times are {@code apart}, the first at {@link #FIRST}. */
    private static String rows(int count, Duration apart, Function<Instant, String> row) {
        return IntStream.range(0, count)
                .mapToObj(i -> row.apply(FIRST.plus(apart.multipliedBy(i))))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String markPrices() {
        return rows(1500, Duration.ofHours(1), hour -> {
            long open = hour.toEpochMilli();
            return "[" + open + ",'93000.1','93100','92900','93050','0'," + (open + 3_599_999)
                    + ",'0',3600,'0','0','0']";
        });
    }

    private static void assertServed(Outcome<QueryResult> outcome, Instant first) {
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        var series = (Series) ((Outcome.Success<QueryResult>) outcome).value().data();
        assertThat(series.observations()).hasSize(LIMIT);
        assertThat(series.observations().getFirst().time()).isEqualTo(first);
    }

    private static void assertRefused(Outcome<QueryResult> outcome) {
        assertThat(((Outcome.Failed<QueryResult>) outcome).failure())
                .isInstanceOfSatisfying(
                        Failure.Unsupported.class,
                        why -> assertThat(why.message()).contains("sends only the latest 1500 values of a range"));
    }

    @Test
    void a_full_page_of_mark_prices_is_read_whatever_the_limit() {
        assertServed(fetch("binancefutures", "mark_price:BTC/USDT:USDT", FIRST, null, markPrices()), FIRST);
        assertServed(fetch("binancefutures", "mark_price:BTC/USD:BTC", FIRST, null, markPrices()), FIRST);
        Instant from = FIRST.plus(Duration.ofHours(1900));
        String htx = "{'ch':'market.BTC-USDT.mark_price.60min','data':"
                + rows(
                        2000,
                        Duration.ofHours(1),
                        hour -> "{'amount':'0','close':'93050','count':'0','high':'93100','id':" + hour.getEpochSecond()
                                + ",'low':'92900','open':'93000.1','trade_turnover':'0','vol':'0'}")
                + ",'status':'ok','ts':1743465600000}";
        assertServed(fetch("htx", "mark_price:BTC/USDT:USDT", from, null, htx), from);
    }

    /** With a start alone, COIN-M takes 200 days from it and sends the latest hours of these. */
    @Test
    void a_full_page_of_coin_margined_mark_prices_that_begins_later_than_the_range_is_unsupported() {
        Instant from = FIRST.minus(Duration.ofDays(60));
        Instant to = FIRST.plus(Duration.ofDays(100));
        assertRefused(fetch("binancefutures", "mark_price:BTC/USD:BTC", from, null, markPrices()));
        assertRefused(fetch("binancefutures", "mark_price:BTC/USD:BTC", from, to, markPrices()));
        assertServed(fetch("binancefutures", "mark_price:BTC/USDT:USDT", from, null, markPrices()), FIRST);
    }

    /** OKX has the open interest of 1440 hours; here the last 24 of them before the end of the range. */
    @Test
    void a_range_that_begins_before_the_history_of_the_provider_is_unsupported() {
        Instant end = FIRST.minus(Duration.ofDays(59));
        String hours = "{'code':'0','msg':'','data':"
                + rows(
                        24,
                        Duration.ofHours(-1),
                        hour -> "['" + hour.minus(Duration.ofDays(59)).toEpochMilli()
                                + "','2216113.01','22161.13','827000000']")
                + "}";
        Instant oldest = end.minus(Duration.ofHours(23));
        assertServed(fetch("okx", "open_interest:BTC/USDT:USDT", oldest, null, hours), oldest);
        for (Instant from : List.of(FIRST.minus(Duration.ofDays(62)), FIRST.minus(Duration.ofDays(90)))) {
            for (String body : List.of(hours, "{'code':'0','msg':'','data':[]}")) {
                var failed = (Outcome.Failed<QueryResult>)
                        fetch("okx", "open_interest:BTC/USDT:USDT", from, end.plusSeconds(1), body);
                assertThat(failed.failure()).isInstanceOf(Failure.Unsupported.class);
                assertThat(failed.failure().message()).contains("okx has only the last 60 days");
            }
        }
    }

    @Test
    void a_range_that_goes_beyond_the_year_of_a_response_says_so() {
        String body = "{'rates':[{'validFor':'2024-01-02','order':1,'country':'EMU','currency':'euro','amount':1,"
                + "'currencyCode':'EUR','rate':24.675}]}";
        Instant from = Instant.parse("2024-01-01T00:00:00Z");
        assertThat(flags(fetch("cnb", "EURCZK", from, FIRST, body))).isEmpty();
        assertThat(flags(fetch("cnb", "EURCZK", from, FIRST.plus(Duration.ofDays(1)), body)))
                .containsExactly("history_limited");
        assertThat(flags(fetch("cnb", "EURCZK", from, null, body))).containsExactly("history_limited");
    }

    private static List<String> flags(Outcome<QueryResult> outcome) {
        return ((Outcome.Success<QueryResult>) outcome)
                .value().provenance().flags().stream().map(QualityFlag::code).toList();
    }

    @Test
    void dividends_that_are_made_of_the_daily_prices_of_thirty_years_are_read() {
        String body = rows(
                8000,
                Duration.ofDays(1),
                day -> "{'date':'" + day + "','close':243.1,'high':244,'low':242.5,"
                        + "'open':243,'volume':1200000,'adjClose':243.1,'adjHigh':244,'adjLow':242.5,'adjOpen':243,"
                        + "'adjVolume':1200000,'divCash':" + (day.equals(FIRST) ? "0.25" : "0.0")
                        + ",'splitFactor':1.0}");
        Outcome<QueryResult> outcome = fetch("tiingo", "dividends:AAPL", FIRST, null, body);
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        assertThat(((Series) ((Outcome.Success<QueryResult>) outcome).value().data()).observations())
                .hasSize(1);
    }
}
