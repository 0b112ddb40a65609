package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Outcome;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The HTTP API as callers use it; the client also validates every response against the OpenAPI document. */
class ApiTest {
    private final ApiFixture fixture = new ApiFixture(ApiFixture.SAMPLES);
    private final ContractClient client = fixture.client;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_quote_keeps_the_providers_digits_and_has_null_for_absent_values() {
        JsonNode data = client.get("/api/v1/data/exchange/BTCUSDT").json().get("data");
        assertThat(data.get("symbol").asString()).isEqualTo("BTC");
        assertThat(data.get("instrument").asString()).isEqualTo("BTC/USDT");
        assertThat(data.get("price").asString()).isEqualTo("50123.45");
        assertThat(data.get("volume").asString()).isEqualTo("0.00001");
        assertThat(data.get("ask").isNull()).isTrue();
        assertThat(data.get("as_of").asString()).isEqualTo("2024-02-21T09:00:00Z");
        assertThat(data.at("/quality/0/code").asString()).isEqualTo("crossed_book");
    }

    @Test
    void sizes_are_plain_digits_whatever_the_scale_of_the_decimal() {
        JsonNode data = client.get("/api/v1/book/exchange/BTCUSDT").json().get("data");
        assertThat(data.at("/asks/0/1").asString()).isEqualTo("1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTCUSDT", "BTC%2FUSDT", "BTC/USDT", "BTC-USDT", "btcusdt", "BTC%2fUSDT"})
    void an_instrument_may_be_spelt_in_many_ways(String symbol) {
        var answer = client.get("/api/v1/data/EXCHANGE/" + symbol);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/data/instrument").asString()).isEqualTo("BTC/USDT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data/exchange/BTCUSDT?timeout=0.09|timeout|0.09",
                "data/exchange/BTCUSDT?timeout=60.1|timeout|60.1",
                "data/exchange/BTCUSDT?timeout=abc|timeout|abc",
                "data/exchange/BTCUSDT?timeout=-1|timeout|-1",
                "data/exchange/BTCUSDT?timeout=1e1|timeout|1e1",
                "data/exchange/BTCUSDT?timeout=|timeout|''",
                "data/exchange/BTCUSDT?timeout=1&timeout=2|timeout|1, 2",
                "data/exchange/BTCUSDT?mock_when_down=yes|mock_when_down|yes",
                "data/exchange/BTCUSDT?limit=3|limit|3",
                "data/exchange/BTCUSDT?Timeout=3|Timeout|3",
                "data/exchange/BTC%20USDT|symbol|BTC USDT",
                "data/exchange/B%E2%82%AC|symbol|B€",
                "data/9/BTCUSDT|provider|9",
                "candles/exchange/BTCUSDT?interval=7m|interval|7m",
                "candles/exchange/BTCUSDT?limit=0|limit|0",
                "candles/exchange/BTCUSDT?limit=5001|limit|5001",
                "candles/exchange/BTCUSDT?limit=99999999999|limit|99999999999",
                "candles/exchange/BTCUSDT?limit=%D9%A5|limit|\u0665",
                "candles/exchange/BTCUSDT?limit=%EF%BC%95|limit|\uFF15",
                "candles/exchange/BTCUSDT?from=%D9%A1%D9%A7%D9%A0%D9%A8%D9%A4%D9%A7%D9%A3%D9%A6%D9%A0%D9%A0|from|\u0661\u0667\u0660\u0668\u0664\u0667\u0663\u0666\u0660\u0660",
                "book/exchange/BTCUSDT?depth=%D9%A5|depth|\u0665",
                "trades/exchange/BTCUSDT?limit=%D9%A5|limit|\u0665",
                "data/exchange/BTCUSDT?timeout=%D9%A5|timeout|\u0665",
                "data/exchange/BTCUSDT?max_age=%D9%A5|max_age|\u0665",
                "candles/exchange/BTCUSDT?cursor=MXwxaHzZodmn2aDZqNmk2afZo9mm2aDZoNmg2aDZoA|cursor|MXwxaHzZodmn2aDZqNmk2afZo9mm2aDZoNmg2aDZoA",
                "candles/exchange/BTCUSDT?from=yesterday|from|yesterday",
                "candles/exchange/BTCUSDT?from=1970-01-01|from|1970-01-01",
                "candles/exchange/BTCUSDT?from=2024-01-02&to=2024-01-01|from|2024-01-02T00:00:00Z",
                "candles/exchange/BTCUSDT?format=xml|format|xml",
                "candles/exchange/BTCUSDT?cursor=nonsense|cursor|nonsense",
                "candles/exchange/BTCUSDT?cursor=MXwxaHwxNzA4NDczNjAw&from=2024-01-01|from|2024-01-01",
                "book/exchange/BTCUSDT?depth=5001|depth|5001",
                "trades/exchange/BTCUSDT?limit=1001|limit|1001",
                "quotes|symbols|''",
                "quotes?symbols=,|symbols|','",
                "status?verbose=1|verbose|1"
            })
    void an_invalid_value_is_rejected_with_its_field_value_and_what_is_allowed(
            String target, String field, String value) {
        var answer = client.get("/api/v1/" + target);
        assertThat(answer.status()).isEqualTo(422);
        JsonNode problem = answer.json();
        assertThat(problem.get("field").asString()).isEqualTo(field);
        assertThat(problem.get("value").asString()).isEqualTo(value);
        assertThat(problem.get("allowed").asString()).isNotBlank();
        assertThat(problem.get("success").asBoolean()).isFalse();
        assertThat(problem.get("error").asString())
                .isEqualTo(problem.get("detail").asString());
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void a_long_invalid_value_is_cut_in_the_message() {
        var answer = client.get("/api/v1/data/exchange/BTCUSDT?timeout=" + "9".repeat(5000));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().length).isLessThan(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/data/nowhere/BTCUSDT, 404, unknown-provider",
        "/api/v1/providers/nowhere, 404, unknown-provider",
        "/api/v1/data/exchange/FOO, 404, unknown-instrument",
        "/api/v1/data/exchange/BTC, 409, ambiguous-instrument",
        "/nothing, 404, unknown-path",
        "/api/v1/data/exchange, 404, unknown-path",
        "/api/v1/providers/exchange/more, 404, unknown-path",
        "/health/, 404, unknown-path",
        "/assets/nothing.css, 404, unknown-path",
        "/assets/..%2Fopenapi.json, 404, unknown-path",
        "/assets/page.class, 404, unknown-path"
    })
    void unknown_paths_providers_and_instruments_are_problem_documents(String target, int status, String code) {
        var answer = client.get(target);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/" + code);
    }

    @Test
    void bytes_that_are_not_utf_8_are_a_malformed_request() {
        var answer = client.get("/api/v1/data/exchange/%ff");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/malformed-request");
        assertThat(client.get("/api/v1/data/exchange/BTCUSDT?timeout=%C3").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/data//BTCUSDT",
                "/api/v1/data/exchange/%7f",
                "/api/v1/data/exchange/%00",
                "/api/v1/news/exchange?q=a%0Ab",
                "/api/v1/data/../../health"
            })
    void an_ambiguous_target_is_malformed(String target) {
        var answer = client.get(target);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/malformed-request");
    }

    @ParameterizedTest
    @CsvSource({"POST, /health", "DELETE, /api/v1/data/exchange/BTCUSDT", "GET, /api/v1/background/warm-cache"})
    void an_unsupported_method_is_405_with_the_supported_ones(String method, String target) {
        var answer = client.send(method, target);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/method-not-allowed");
    }

    @Test
    void options_lists_the_methods() {
        assertThat(client.send("OPTIONS", "/health").header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(client.send("OPTIONS", "/api/v1/background/warm-cache").header("Allow"))
                .isEqualTo("POST, OPTIONS");
    }

    @Test
    void head_is_get_without_the_body() {
        var get = client.get("/api/v1/providers");
        var head = client.send("HEAD", "/api/v1/providers");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(get.body().length));
        assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
    }

    @Test
    void the_callers_id_comes_back() {
        var answer = client.get("/api/v1/data/exchange/BTCUSDT", "X-Request-Id", "order-77.a_B");
        assertThat(answer.header("X-Request-Id")).isEqualTo("order-77.a_B");
        assertThat(answer.json().get("call_id").asString()).isEqualTo("order-77.a_B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space",
                "\"quoted\"",
                "<script>",
                "x23456789012345678901234567890123456789012345678901234567890abcde"
            })
    void an_id_that_is_not_valid_is_replaced(String id) {
        var answer = client.get("/api/v1/data/exchange/BTCUSDT", "X-Request-Id", id);
        assertThat(answer.header("X-Request-Id")).startsWith("call-");
        assertThat(answer.text()).doesNotContain(id);
    }

    @Test
    void the_same_payload_has_the_same_etag_for_every_caller() {
        var first = client.get("/api/v1/data/exchange/BTCUSDT");
        var second = client.get("/api/v1/data/exchange/BTCUSDT");
        assertThat(second.text()).isNotEqualTo(first.text());
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(client.get("/api/v1/data/exchange/ETHUSDT").header("ETag")).isNotEqualTo(first.header("ETag"));
        assertThat(client.get("/api/v1/book/exchange/BTCUSDT").header("ETag")).isNotEqualTo(first.header("ETag"));
    }

    @Test
    void a_caller_that_has_the_payload_gets_304() {
        String etag = client.get("/api/v1/data/exchange/BTCUSDT").header("ETag");
        for (String known : List.of(etag, "W/" + etag, "\"other\", " + etag, "*")) {
            var answer = client.get("/api/v1/data/exchange/BTCUSDT", "If-None-Match", known);
            assertThat(answer.status()).as(known).isEqualTo(304);
            assertThat(answer.header("ETag")).isEqualTo(etag);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        }
        for (String unknown : List.of("\"other\"", etag.substring(1, 10), "")) {
            var answer = client.get("/api/v1/data/exchange/BTCUSDT", "If-None-Match", unknown);
            assertThat(answer.status()).as(unknown).isEqualTo(200);
        }
    }

    @Test
    void an_error_is_never_304() {
        assertThat(client.get("/api/v1/data/exchange/FOO", "If-None-Match", "*").status())
                .isEqualTo(404);
    }

    @Test
    void a_304_for_a_page_keeps_the_policy_that_lets_the_page_work() {
        var page = client.get("/docs");
        var again = client.get("/docs", "If-None-Match", page.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("Content-Security-Policy")).isEqualTo(page.header("Content-Security-Policy"));
    }

    @Test
    void long_bodies_are_compressed_for_clients_that_accept_gzip() {
        var plain = client.get("/openapi.json");
        var packed = client.get("/openapi.json", "Accept-Encoding", "br;q=1.0, gzip;q=0.8");
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.body()).isEqualTo(plain.body());
        assertThat(packed.header("ETag")).isNotEqualTo(plain.header("ETag"));
        assertThat(client.get("/openapi.json", "Accept-Encoding", "gzip;q=0, *").header("Content-Encoding"))
                .isEmpty();
        assertThat(client.get("/health", "Accept-Encoding", "gzip").header("Content-Encoding"))
                .isEmpty();
        assertThat(client.get("/openapi.json", "If-None-Match", packed.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void compressed_assets_are_decompressed_for_clients_without_gzip() {
        var packed = client.get("/assets/swagger-ui.css", "Accept-Encoding", "gzip");
        var plain = client.get("/assets/swagger-ui.css");
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(plain.text()).isEqualTo(packed.text()).contains(".swagger-ui");
        assertThat(plain.header("ETag")).isNotEqualTo(packed.header("ETag"));
    }

    @Test
    void browsers_get_a_page_and_programs_json() {
        String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        assertThat(client.get("/", "Accept", browser).text()).startsWith("<!doctype html>");
        JsonNode entry = client.get("/", "Accept", "*/*").json();
        assertThat(entry.propertyNames())
                .containsExactly("name", "version", "mode", "docs", "health", "data_endpoint", "features");
        assertThat(entry.get("mode").asString()).isEqualTo("Hybrid (Low-Resource)");
    }

    @Test
    void health_and_status_have_the_fields_that_existing_clients_read() {
        JsonNode health = client.get("/health").json();
        assertThat(health.get("status").asString()).isEqualTo("degraded");
        assertThat(health.get("reasons").toString())
                .isEqualTo("[\"redis is down; the in-process cache is used until it is back\"]");
        assertThat(health.get("uptime").decimalValue()).isEqualByComparingTo("3600.5");
        assertThat(health.get("redis_available").asBoolean()).isFalse();
        assertThat(health.get("mock_active").asBoolean()).isTrue();
        assertThat(health.at("/components/cache").toString())
                .isEqualTo("{\"status\":\"degraded\",\"redis_available\":false,\"redis_state\":\"down\","
                        + "\"redis_state_changes\":3,\"swallowed_errors\":7,\"hit_rate\":0.85,\"l1_size\":0,\"l1_hits\":12,"
                        + "\"l2_hits\":0,\"fallback_hits\":150,\"stale_hits\":0,\"refreshes\":0}");
        JsonNode status = client.get("/api/v1/status").json();
        assertThat(status.get("mode").asString()).isEqualTo("Hybrid (Low-Resource)");
        assertThat(status.get("optimizations").toString())
                .isEqualTo("{\"redis_fallback_active\":true,\"mock_routing_enabled\":true,\"async_logging\":true,"
                        + "\"single_worker_mode\":true,\"reduced_background_tasks\":0}");
        assertThat(status.at("/cache/fallback_hits").asLong()).isEqualTo(150);
        assertThat(status.at("/cache/redis_state").asString()).isEqualTo("down");
        assertThat(status.at("/cache/counters/l1_hits").asLong()).isEqualTo(12);
        assertThat(status.get("resources").toString())
                .isEqualTo("{\"rss_bytes\":1024,\"heap_bytes\":512,\"cpu\":null,\"disk_bytes_written\":0,"
                        + "\"log_dropped\":3,\"open_connections\":5}");
    }

    @Test
    void a_stopping_gateway_is_live_but_not_ready() {
        fixture.ready = false;
        assertThat(client.get("/health/live").status()).isEqualTo(200);
        var answer = client.get("/health/ready");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
    }

    @Test
    void every_kind_of_failure_is_a_problem_with_its_own_status_and_type() {
        for (Failure failure : FailureSamples.ONE_OF_EACH) {
            fixture.source = (query, call) -> Outcome.failed(failure);
            var answer = client.get("/api/v1/data/exchange/BTCUSDT");
            JsonNode problem = answer.json();
            assertThat(problem.get("type").asString()).isEqualTo("/problems/" + failure.code());
            assertThat(problem.get("status").asInt()).isEqualTo(answer.status());
            assertThat(problem.get("detail").asString()).isEqualTo(failure.message());
            if (answer.status() == 429 || answer.status() == 503) {
                assertThat(answer.header("Retry-After"))
                        .isEqualTo(problem.get("retry_after").asString());
            }
        }
    }

    @Test
    void retry_after_is_in_whole_seconds_rounded_up() {
        fixture.source = (query, call) ->
                Outcome.failed(new Failure.Throttled(ApiSamples.PROVIDER, "fewer", Duration.ofMillis(30_001)));
        assertThat(client.get("/api/v1/data/exchange/BTCUSDT").header("Retry-After"))
                .isEqualTo("31");
    }

    @Test
    void a_server_error_with_a_retry_after_is_a_503_that_passes_it_on() {
        fixture.source = (query, call) -> Outcome.failed(
                new Failure.Faulty(ApiSamples.PROVIDER, "status 503").withRetryAfter(Duration.ofMinutes(5)));
        var answer = client.get("/api/v1/data/exchange/BTCUSDT");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("300");
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/upstream-faulty");
        assertThat(answer.json().get("retry_after").asInt()).isEqualTo(300);
    }

    @Test
    void a_problem_has_the_providers_own_code_and_words_where_it_said_any() {
        fixture.source = (query, call) -> Outcome.failed(Failure.withSaid(
                new Failure.Unsupported(ApiSamples.PROVIDER, "rejected"),
                new Failure.ProviderError("-71012", "IPv6 not supported")));
        JsonNode problem = client.get("/api/v1/data/exchange/BTCUSDT").json();
        assertThat(problem.get("provider_error").toString())
                .isEqualTo("{\"code\":\"-71012\",\"message\":\"IPv6 not supported\"}");
        fixture.source =
                (query, call) -> Outcome.failed(new Failure.Unsupported(ApiSamples.PROVIDER, "rejected"));
        assertThat(client.get("/api/v1/data/exchange/ETHUSDT").json().has("provider_error"))
                .isFalse();
    }

    @Test
    void a_bug_is_a_500_with_the_calls_id_and_nothing_of_its_cause() {
        fixture.source = (query, call) -> {
            throw new IllegalStateException("secret detail");
        };
        var answer = client.get("/api/v1/data/exchange/BTCUSDT", "X-Request-Id", "who-am-i");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json().get("call_id").asString()).isEqualTo("who-am-i");
        assertThat(answer.text()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void queries_have_the_parameters_of_the_request() {
        var asked = new CopyOnWriteArrayList<MarketQuery>();
        fixture.source = (query, call) -> {
            asked.add(query);
            return Outcome.success(ApiSamples.answer(query));
        };
        client.get("/api/v1/data/exchange/BTCUSDT");
        client.get("/api/v1/book/exchange/BTCUSDT?depth=7");
        client.get("/api/v1/series/exchange/GDP?from=2020-01-01&limit=9");
        client.get("/api/v1/news/exchange?q=two+words&limit=3");
        assertThat(asked.get(0)).isInstanceOf(QuoteQuery.class);
        assertThat(((BookQuery) asked.get(1)).depth()).isEqualTo(7);
        assertThat(((SeriesQuery) asked.get(2)).id()).isEqualTo("GDP");
        assertThat(((SeriesQuery) asked.get(2)).from()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(((NewsQuery) asked.get(3)).text()).isEqualTo("two words");
        assertThat(((NewsQuery) asked.get(3)).limit()).isEqualTo(3);
    }

    @Test
    void the_timeout_parameter_becomes_the_deadline() {
        var left = new CopyOnWriteArrayList<Duration>();
        fixture.source = (query, call) -> {
            left.add(call.deadline().remaining());
            return Outcome.success(ApiSamples.answer(query));
        };
        client.get("/api/v1/data/exchange/BTCUSDT?timeout=60");
        client.get("/api/v1/data/exchange/BTCUSDT?timeout=0.1");
        assertThat(left.get(0)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(60));
        assertThat(left.get(1)).isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void explain_lists_the_layers_only_on_request() {
        fixture.source = (query, call) -> {
            var own = call.trace().enter("cache");
            own.note("tier", "l1");
            own.note("waited", Duration.ofMillis(2));
            own.end("ok");
            return Outcome.success(ApiSamples.answer(query));
        };
        assertThat(client.get("/api/v1/data/exchange/BTCUSDT").json().has("explain"))
                .isFalse();
        var explained = client.get("/api/v1/data/exchange/BTCUSDT?explain=true");
        JsonNode layer = explained.json().at("/explain/layers/1");
        assertThat(layer.get("layer").asString()).isEqualTo("cache");
        assertThat(layer.at("/notes/tier").asString()).isEqualTo("l1");
        assertThat(layer.at("/notes/waited").decimalValue()).isEqualByComparingTo("0.002");
        assertThat(explained.header("ETag"))
                .isEqualTo(client.get("/api/v1/data/exchange/BTCUSDT").header("ETag"));
        fixture.source = (query, call) -> {
            call.trace().enter("budget").end("budget-exhausted");
            return Outcome.failed(new Failure.BudgetExhausted("daily", "spent", Duration.ofSeconds(1)));
        };
        assertThat(client.get("/api/v1/data/exchange/BTCUSDT?explain=true")
                        .json()
                        .at("/explain/layers/1/outcome")
                        .asString())
                .isEqualTo("budget-exhausted");
    }

    @Test
    void metrics_count_requests_by_path_and_status() {
        client.get("/health");
        client.get("/health");
        client.get("/api/v1/data/exchange/FOO");
        client.get("/nothing");
        String text = client.get("/metrics").text();
        assertThat(text)
                .contains("marketbrain_http_requests_total{path=\"/health\",status=\"200\"} 2\n")
                .contains(
                        "marketbrain_http_requests_total{path=\"/api/v1/data/{provider}/{symbol}\",status=\"404\"} 1\n")
                .contains("marketbrain_http_requests_total{path=\"\",status=\"404\"} 1\n")
                .contains("marketbrain_http_request_seconds_count{path=\"/health\"} 2\n")
                .contains("marketbrain_redis_available 0\n")
                .contains("marketbrain_layer_requests_total{layer=\"cache\",stack=\"request\"} 12\n")
                .contains("marketbrain_layer_failures_total{layer=\"cache\",stack=\"request\"} 3\n")
                .contains("marketbrain_layer_figure{layer=\"cache\",name=\"l1_hits\",stack=\"request\"} 9\n")
                .contains("marketbrain_test_gauge 1.5\n");
        JsonNode metrics = client.get("/api/v1/metrics").json().at("/metrics/families");
        assertThat(metrics.findValuesAsString("name"))
                .contains("marketbrain_http_requests_total", "marketbrain_test_gauge");
    }

    @Test
    void warming_is_rejected_without_a_cache() {
        var answer = client.send("POST", "/api/v1/background/warm-cache?symbols=exchange:BTCUSDT");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/nothing-to-warm");
    }

    @Test
    void warming_starts_at_low_priority_and_responds_at_once() {
        var warmed = new CopyOnWriteArrayList<String>();
        fixture.warming = java.util.Optional.of((queries, call) -> {
            queries.forEach(query -> warmed.add(call.priority() + " " + query.subject()));
            return Outcome.success(queries.size());
        });
        var answer = client.send("POST", "/api/v1/background/warm-cache?symbols=exchange:BTCUSDT,exchange:ETHUSDT");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("accepted").asInt()).isEqualTo(2);
        assertThat(warmed).containsExactly("LOW BTC/USDT", "LOW ETH/USDT");
        assertThat(client.send("POST", "/api/v1/background/warm-cache?symbols=exchange:FOO")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void an_unknown_method_is_501() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port())) {
            socket.getOutputStream()
                    .write("BREW /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).matches("(?s)HTTP/1.1 (405|501) .*");
        }
    }
}
