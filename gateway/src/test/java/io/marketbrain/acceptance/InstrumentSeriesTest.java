package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Series about instruments over a real socket: what they say about themselves, and what is missing. */
class InstrumentSeriesTest {
    private static final String POLYGON = """
            {"status": "OK", "results": [
              {"ticker": "AAPL", "ex_dividend_date": "2020-08-07", "cash_amount": 0.82, "currency": "USD", "id": "a"}]}\
            """;
    private static final String YAHOO = """
            {"chart": {"result": [{"meta": {"symbol": "AAPL", "currency": "USD"}, "events": {"dividends":
              {"1596807000": {"amount": 0.205, "date": 1596807000}}}}], "error": null}}\
            """;

    private static final String TWELVE_DATA = """
            {"meta": {"symbol": "AAPL", "name": "Apple Inc", "currency": "USD", "exchange": "NASDAQ", "mic_code": "XNAS"},
             "dividends": [{"ex_date": "2021-08-06", "amount": 0.22}]}\
            """;

    /** Settlements every eight hours from 2026-01-01 on, the newest first, as KuCoin sends them. */
    private static String rates(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"symbol\": \"XBTUSDTM\", \"fundingRate\": 1.0E-4, \"timepoint\": "
                        + (1767225600000L + (count - 1L - i) * 28_800_000L) + "}")
                .collect(Collectors.joining(",", "{\"code\": \"200000\", \"data\": [", "]}"));
    }

    /** The open interest of each hour from 2026-01-01 on, as Gate sends it. */
    private static String stats(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"time\": " + (1767225600L + i * 3600L) + ", \"open_interest\": 5, \"mark_price\": 9}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private final PlaybackServer upstream = PlaybackServer.start().otherwise(PlaybackServer.status(503, "{}"));

    @TempDir
    Path folder;

    private TestGateway gateway;

    private void start(String... live) {
        start(List.of(live), List.of());
    }

    private void start(List<String> live, List<String> more) {
        var settings = new ArrayList<>(
                List.of("LIVE_PROVIDERS", String.join(",", live), "RESILIENCE_RETRY_FIRST_DELAY", "1ms"));
        settings.addAll(more);
        for (String id : live) {
            settings.add(id.toUpperCase(Locale.ROOT) + "_BASE_URL");
            settings.add(upstream.url().toString());
        }
        gateway = TestGateway.with(folder, settings.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void dividends_say_what_they_are_recalculated_for_whoever_sends_them() {
        upstream.on("/v8/finance/chart/AAPL", PlaybackServer.json(YAHOO))
                .on("/stocks/v1/dividends", PlaybackServer.json(POLYGON));
        start("yahoo", "polygon");
        JsonNode raw = gateway.get("/api/v1/series/auto/dividends:AAPL").json();
        assertThat(raw.at("/data/source").asString()).isEqualTo("polygon");
        assertThat(raw.at("/data/adjustment").asString()).isEqualTo("raw");
        assertThat(raw.at("/data/observations/0/value").asString()).isEqualTo("0.82");
        JsonNode splits = gateway.get("/api/v1/series/yahoo/dividends:AAPL").json();
        assertThat(splits.at("/data/adjustment").asString()).isEqualTo("splits");
        assertThat(splits.at("/data/observations/0/value").asString()).isEqualTo("0.205");
        ContractClient.Answer csv = gateway.get("/api/v1/series/yahoo/dividends:AAPL?format=csv");
        assertThat(csv.header("X-Adjustment")).isEqualTo("splits");
        assertThat(csv.text())
                .isEqualTo(
                        "time,value,freshness,source,unit,unit_multiplier\n2020-08-07T13:30:00Z,0.205,fresh,yahoo,USD,\n");
    }

    @Test
    void the_newest_values_of_a_range_are_complete_or_refused() {
        upstream.on("/api/v1/contract/funding-rates", PlaybackServer.json(rates(100)));
        start("kucoin");
        String path = "/api/v1/series/kucoin/funding_rate:XBTUSDTM?to=2026-02-10&from=";
        for (String limit : List.of("100", "101")) {
            JsonNode full = gateway.get(path + "2026-01-01&limit=" + limit).json();
            assertThat(full.at("/data/observations").size()).isEqualTo(100);
            assertThat(full.at("/data/quality").size()).isZero();
        }
        ContractClient.Answer refused = gateway.get(path + "2025-12-01&limit=5");
        assertThat(refused.json().at("/type").asString()).isEqualTo("/problems/unsupported");
        assertThat(refused.json().at("/detail").asString()).contains("ask for a later or a shorter range");
    }

    @Test
    void fewer_values_than_requested_are_flagged_unless_they_are_all_of_the_range() {
        upstream.on("/api/v4/futures/usdt/contract_stats", PlaybackServer.json(stats(100)));
        start("gate");
        String path = "/api/v1/series/gate/open_interest:BTC_USDT.P?from=2026-01-01";
        JsonNode day = gateway.get(path + "&to=2026-01-02").json();
        assertThat(day.at("/data/observations").size()).isEqualTo(24);
        assertThat(day.at("/data/quality").size()).isZero();
        JsonNode month = gateway.get(path + "&to=2026-02-01").json();
        assertThat(month.at("/data/quality/0/code").asString()).isEqualTo("history_limited");
        assertThat(month.at("/data/quality/0/detail").asString())
                .isEqualTo("gate sends at most 100 values at once, and may have later ones;"
                        + " ask for a range that begins at the last of these");
        assertThat(gateway.get(path + "&to=2026-02-01&format=csv").header("X-Quality"))
                .isEqualTo("history_limited");
    }

    @Test
    void a_request_that_weighs_more_than_the_plan_allows_is_refused_before_it_is_sent() {
        upstream.on("/dividends", PlaybackServer.json(TWELVE_DATA));
        String path = "/api/v1/series/twelvedata/dividends:AAPL";
        start("twelvedata");
        ContractClient.Answer refused = gateway.get(path);
        assertThat(refused.json().at("/type").asString()).isEqualTo("/problems/unsupported");
        assertThat(refused.json().at("/detail").asString())
                .isEqualTo("a request for dividends:AAPL weighs 20, more than the rate limit of twelvedata"
                        + " (8 weight per 60 s) ever allows; if your plan has a higher one, set"
                        + " providers.twelvedata.rates");
        assertThat(upstream.asked()).isEmpty();
        gateway.close();
        start(List.of("twelvedata"), List.of("TWELVEDATA_RATES", "55/1m,5000/1d"));
        assertThat(gateway.get(path).json().at("/data/observations/0/value").asString())
                .isEqualTo("0.22");
        JsonNode quota = gateway.get("/api/v1/providers/twelvedata").json().at("/provider/quota");
        assertThat(quota.at("/0/allowed").asInt()).isEqualTo(49);
        assertThat(quota.at("/0/used").asInt()).isEqualTo(20);
        assertThat(quota.at("/1/per_seconds").asInt()).isEqualTo(86_400);
    }

    @Test
    void the_limits_of_a_plan_count_calls_or_weight_as_those_of_the_same_periods_do() {
        upstream.on("/api/news", PlaybackServer.json("[]"));
        start(List.of("eodhd"), List.of("EODHD_API_KEY", "k1234567890", "EODHD_RATES", "1000/1m,100000/1d,50/1h"));
        gateway.get("/api/v1/news/eodhd?q=AAPL.US");
        JsonNode quota = gateway.get("/api/v1/providers/eodhd").json().at("/provider/quota");
        assertThat(quota.findValues("per_seconds")).hasToString("[60, 86400, 3600]");
        assertThat(quota.findValues("counts")).hasToString("[\"calls\", \"weight\", \"weight\"]");
        assertThat(quota.findValues("used")).hasToString("[1, 5, 5]");
    }

    @Test
    void the_slash_of_an_instrument_needs_no_encoding() {
        start("kucoin");
        String path = "/api/v1/series/okx/mark_price:BTC%sUSDT:USDT?from=2026-01-01&limit=2";
        JsonNode hours = gateway.get(path.formatted("/")).json().at("/data/observations");
        assertThat(hours.at("/0/time").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(hours.at("/1/time").asString()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(gateway.get(path.formatted("%2F")).json().at("/data/observations"))
                .isEqualTo(hours);
    }

    @Test
    void a_spot_pair_has_no_funding_rate_and_the_refusal_says_what_has() {
        start("kucoin");
        assertThat(gateway.get("/api/v1/series/auto/funding_rate:BTCUSDT")
                        .json()
                        .at("/detail")
                        .asString())
                .isEqualTo(
                        "no provider offers series of funding_rate:BTC/USDT; funding_rate is that of a perpetual swap,"
                                + " such as BTC/USDT:USDT");
    }

    @Test
    void a_provider_lists_the_kinds_that_it_has() {
        start("kucoin");
        JsonNode provider = gateway.get("/api/v1/providers/kucoin").json().get("provider");
        assertThat(provider.get("series_kinds").toString()).isEqualTo("[\"funding_rate\",\"mark_price\"]");
        assertThat(provider.get("series_now_only").toString()).isEqualTo("[\"mark_price\"]");
    }
}
