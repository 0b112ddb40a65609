package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.candles.CandleCsvWriter;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BatchApiTest {
    private final ApiFixture fixture = new ApiFixture(ApiFixture.SAMPLES);
    private final ContractClient client = fixture.client;

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String symbols(int count) {
        return IntStream.range(0, count).mapToObj(_ -> "exchange:BTCUSDT").collect(Collectors.joining(","));
    }

    @Test
    void one_failed_quote_does_not_fail_the_others_and_order_is_kept() {
        fixture.source =
                (query, call) -> ((QuoteQuery) query).instrument().base().equals("ETH")
                        ? Outcome.failed(new Failure.Faulty(ApiSamples.PROVIDER, "status 500"))
                        : Outcome.success(ApiSamples.answer(query));
        JsonNode answer = client.get(
                        "/api/v1/quotes?symbols=exchange:ETHUSDT,exchange:BTCUSDT,nowhere:X,%20exchange:BTC%2FUSDT%20,naked")
                .json();
        assertThat(answer.get("count").asInt()).isEqualTo(5);
        assertThat(answer.get("failed").asInt()).isEqualTo(3);
        assertThat(answer.at("/quotes/0/problem/status").asInt()).isEqualTo(502);
        assertThat(answer.at("/quotes/1/data/price").asString()).isEqualTo("50123.45");
        assertThat(answer.at("/quotes/2/problem/type").asString()).isEqualTo("/problems/unknown-provider");
        assertThat(answer.at("/quotes/3/requested").asString()).isEqualTo("exchange:BTC/USDT");
        assertThat(answer.at("/quotes/3/success").asBoolean()).isTrue();
        assertThat(answer.at("/quotes/4/problem/type").asString()).isEqualTo("/problems/unknown-instrument");
    }

    @Test
    void candles_of_several_instruments_come_in_the_order_of_the_request() {
        JsonNode answer = client.get(
                        "/api/v1/candles?symbols=exchange:BTCUSDT,nowhere:X&symbols=exchange:ETHUSDT&interval=1h&limit=3")
                .json();
        assertThat(answer.get("count").asInt()).isEqualTo(3);
        assertThat(answer.get("failed").asInt()).isEqualTo(1);
        assertThat(answer.at("/candles/0/data/candles").size()).isPositive();
        assertThat(answer.at("/candles/1/problem/type").asString()).isEqualTo("/problems/unknown-provider");
        assertThat(answer.at("/candles/2/data/symbol").asString()).isEqualTo("ETH");
    }

    @Test
    void candles_as_csv_are_one_table_of_all_instruments_that_did_not_fail() {
        String list = "/api/v1/candles?symbols=exchange:ETHUSDT,nowhere:X,exchange:BTCUSDT&interval=1h&limit=3";
        var answer = client.get(list + "&format=csv");
        List<String> lines = answer.text().lines().toList();
        List<String> single = Stream.of("ETHUSDT", "BTCUSDT")
                .flatMap(symbol -> client.get("/api/v1/candles/exchange/" + symbol + "?interval=1h&limit=3&format=csv")
                        .text()
                        .lines()
                        .skip(1))
                .toList();
        assertThat(lines.getFirst()).isEqualTo(CandleCsvWriter.HEAD);
        assertThat(lines.subList(1, lines.size())).hasSize(6).isEqualTo(single);
        assertThat(answer.header("X-Failed")).isEqualTo("1");
        assertThat(answer.header("X-Missing-Bars")).isEqualTo("ETH/USDT 1, BTC/USDT 1");
        assertThat(answer.header("X-Delay-Seconds")).isEqualTo("ETH/USDT 900");
        assertThat(answer.header("Content-Type")).startsWith("text/csv");
        assertThat(client.get(list + "&time_format=epoch")
                        .text()
                        .lines()
                        .toList()
                        .get(1))
                .startsWith("17");
        assertThat(client.get(list, "Accept", "text/csv").text()).isEqualTo(answer.text());
        assertThat(client.get(list, "Accept", "image/svg+xml").header("Content-Type"))
                .startsWith("application/json");
        assertThat(client.get(list + "&format=ndjson").json().get("detail").asString())
                .contains("one of json, csv, excel");
        assertThat(client.get("/api/v1/candles?symbols=nowhere:X&format=csv").text())
                .isEqualTo(CandleCsvWriter.HEAD + "\n");
    }

    @Test
    void each_list_of_candles_says_how_it_continues() {
        String list = "/api/v1/candles?symbols=exchange:BTCUSDT,nowhere:X&interval=1h&limit=";
        JsonNode open = client.get(list + "2").json();
        assertThat(open.at("/candles/0/next_cursor").isNull())
                .as("the latest candles have no next page")
                .isTrue();
        assertThat(open.at("/candles/1").has("next_cursor")).isFalse();
        JsonNode single = client.get("/api/v1/candles/exchange/BTCUSDT?interval=1h&from=2024-01-01&limit=1")
                .json();
        JsonNode first = client.get(list + "1&from=2024-01-01").json();
        assertThat(single.get("next_cursor").asString()).isNotEmpty();
        assertThat(first.at("/candles/0/next_cursor")).isEqualTo(single.get("next_cursor"));
    }

    @Test
    void all_candles_of_a_batch_are_no_more_than_one_request_may_have() {
        var answer = client.get("/api/v1/candles?limit=1000&symbols=" + symbols(50));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("field").asString()).isEqualTo("limit");
    }

    @Test
    void a_batch_of_which_every_quote_failed_is_not_a_success() {
        JsonNode failed = client.get("/api/v1/quotes?symbols=nowhere:X,naked").json();
        assertThat(failed.get("success").asBoolean()).isFalse();
        assertThat(failed.get("failed").asInt()).isEqualTo(2);
        JsonNode one =
                client.get("/api/v1/quotes?symbols=nowhere:X,exchange:BTCUSDT").json();
        assertThat(one.get("success").asBoolean()).isTrue();
    }

    @Test
    void symbols_may_be_repeated_separated_by_commas_or_both() {
        JsonNode answer = client.get(
                        "/api/v1/quotes?symbols=exchange:ETHUSDT&timeout=5&symbols=exchange:BTCUSDT,exchange:BTC-USDT&symbols=")
                .json();
        assertThat(answer.get("count").asInt()).isEqualTo(3);
        assertThat(answer.get("failed").asInt()).isZero();
        assertThat(answer.at("/quotes/0/requested").asString()).isEqualTo("exchange:ETHUSDT");
        assertThat(answer.at("/quotes/1/requested").asString()).isEqualTo("exchange:BTCUSDT");
        assertThat(answer.at("/quotes/2/requested").asString()).isEqualTo("exchange:BTC-USDT");
        fixture.warming = Optional.of((queries, call) -> Outcome.success(queries.size()));
        var warmed =
                client.send("POST", "/api/v1/background/warm-cache?symbols=exchange:ETHUSDT&symbols=exchange:BTCUSDT");
        assertThat(warmed.status()).isEqualTo(202);
        assertThat(warmed.json().get("accepted").asInt()).isEqualTo(2);
    }

    @Test
    void repeated_symbols_count_together_and_other_parameters_still_may_not_be_repeated() {
        var tooMany = client.get("/api/v1/quotes?symbols=" + symbols(25) + "&symbols=" + symbols(26));
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.json().get("allowed").asString()).contains("1 to 50");
        var twice = client.get("/api/v1/quotes?symbols=exchange:BTCUSDT&timeout=5&timeout=6");
        assertThat(twice.status()).isEqualTo(422);
        assertThat(twice.json().get("field").asString()).isEqualTo("timeout");
    }

    @Test
    void all_quotes_are_fetched_concurrently() {
        var together = new CountDownLatch(50);
        fixture.source = (query, call) -> {
            together.countDown();
            try {
                // No query returns before all fifty have started.
                return together.await(30, TimeUnit.SECONDS)
                        ? Outcome.success(ApiSamples.answer(query))
                        : Outcome.failed(new Failure.DeadlinePassed("alone"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Outcome.failed(new Failure.DeadlinePassed("stopped"));
            }
        };
        JsonNode answer =
                client.get("/api/v1/quotes?timeout=60&symbols=" + symbols(50)).json();
        assertThat(answer.get("failed").asInt()).isZero();
        assertThat(answer.get("count").asInt()).isEqualTo(50);
    }

    @Test
    void more_symbols_than_the_limit_are_rejected() {
        var answer = client.get("/api/v1/quotes?symbols=" + symbols(51));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("allowed").asString()).contains("1 to 50");
    }

    @Test
    void a_source_that_hangs_fails_only_its_own_quote_and_is_interrupted() throws Exception {
        var interrupted = new CountDownLatch(1);
        fixture.source = (query, call) -> {
            if (((QuoteQuery) query).instrument().base().equals("ETH")) {
                try {
                    Thread.sleep(600_000);
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
            return Outcome.success(ApiSamples.answer(query));
        };
        JsonNode answer = client.get("/api/v1/quotes?timeout=0.3&symbols=exchange:ETHUSDT,exchange:BTCUSDT")
                .json();
        assertThat(answer.at("/quotes/0/problem/type").asString()).isEqualTo("/problems/deadline-passed");
        assertThat(answer.at("/quotes/1/success").asBoolean()).isTrue();
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_bug_fails_only_its_own_quote_and_reveals_nothing() {
        fixture.source = (query, call) -> {
            if (((QuoteQuery) query).instrument().base().equals("ETH")) {
                throw new IllegalStateException("secret detail");
            }
            return Outcome.success(ApiSamples.answer(query));
        };
        var answer = client.get("/api/v1/quotes?symbols=exchange:ETHUSDT,exchange:BTCUSDT");
        assertThat(answer.json().at("/quotes/0/problem/type").asString()).isEqualTo("/problems/internal");
        assertThat(answer.json().at("/quotes/1/success").asBoolean()).isTrue();
        assertThat(answer.text()).doesNotContain("secret");
    }

    @Test
    void the_same_quotes_have_the_same_tag() {
        String target = "/api/v1/quotes?symbols=exchange:BTCUSDT,exchange:ETHUSDT";
        String etag = client.get(target).header("ETag");
        assertThat(client.get(target, "If-None-Match", etag).status()).isEqualTo(304);
        assertThat(Collections.singleton(
                        client.get("/api/v1/quotes?symbols=exchange:BTCUSDT").header("ETag")))
                .doesNotContain(etag);
    }
}
