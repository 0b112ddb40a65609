package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.api.candles.CandleCsvWriter;
import io.marketbrain.api.candles.CandleNdjsonWriter;
import io.marketbrain.http.RawClient;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.Trace;
import io.marketbrain.pipeline.CandleGaps;
import io.marketbrain.pipeline.MarketDataSource;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Whole ranges of candles, streamed page by page. It is 09:00 UTC on 2024-02-21. */
@Timeout(120)
class CandleStreamTest {
    private static final String PATH = "/api/v1/candles/exchange/BTCUSDT?interval=1m";

    /** A month of minutes: 44,640 candles. */
    private static final String MONTH = PATH + "&from=2024-01-01&to=2024-02-01";

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<CandlesQuery> queries = new ConcurrentLinkedQueue<>();
    private final ApiFixture fixture = new ApiFixture(noting(ApiFixture.SAMPLES));
    private final ContractClient client = fixture.client;

    @AfterEach
    void close() {
        fixture.close();
    }

    private MarketDataSource noting(MarketDataSource source) {
        return (query, call) -> {
            calls.add(call);
            queries.add((CandlesQuery) query);
            return source.fetch(query, call);
        };
    }

    /** Samples up to the page of the number {@code failing}, then a failure. */
    private MarketDataSource failingAt(int failing) {
        return noting((query, call) -> queries.size() < failing
                ? ApiFixture.SAMPLES.fetch(query, call)
                : Outcome.failed(new Failure.Unreachable(ApiSamples.PROVIDER, "the line is dead")));
    }

    private static void checkMonth(List<String> times) {
        assertThat(times).hasSize(44_640).doesNotHaveDuplicates().isSorted();
        assertThat(times.getFirst()).isEqualTo("2024-01-01T00:00:00Z");
        assertThat(times.getLast()).isEqualTo("2024-01-31T23:59:00Z");
    }

    @Test
    void csv_has_the_whole_range_under_one_header_row() {
        var answer = client.get(MONTH + "&format=csv");
        assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(answer.header("Content-Type")).isEqualTo("text/csv; charset=utf-8; header=present");
        assertThat(answer.header("X-Mock")).isEqualTo("false");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Vary")).contains("Accept");
        for (String absent : new String[] {"ETag", "Link", "Content-Length", "Age", "Cache-Status"}) {
            assertThat(answer.header(absent)).as(absent).isEmpty();
        }
        List<String> lines = answer.text().lines().toList();
        assertThat(lines.getFirst()).isEqualTo(CandleCsvWriter.HEAD);
        checkMonth(lines.stream().skip(1).map(line -> line.split(",", 2)[0]).toList());
    }

    @Test
    void ndjson_ends_with_one_trailer_over_all_pages() throws Exception {
        String text = client.get(MONTH, "Accept", "application/x-ndjson").text();
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        JsonNode trailer = ContractDocument.JSON.readTree(text.substring(last));
        byte[] before = text.substring(0, last).getBytes(StandardCharsets.UTF_8);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(before));
        assertThat(trailer.get("checksum").asString()).isEqualTo("sha256:" + hash);
        assertThat(trailer.get("count").asInt()).isEqualTo(44_640);
        assertThat(trailer.get("gaps")).isEmpty();
        assertThat(trailer.has("gaps_omitted")).isFalse();
        assertThat(trailer.get("next_cursor").isNull()).isTrue();
        var times = new ArrayList<String>();
        text.substring(0, last)
                .lines()
                .forEach(line -> times.add(
                        ContractDocument.JSON.readTree(line).get("open_time").asString()));
        checkMonth(times);
    }

    @Test
    void each_page_is_a_bounded_query_with_its_own_deadline() {
        client.get(MONTH + "&format=csv&timeout=5&mock_when_down=true&explain=true");
        assertThat(queries).hasSizeBetween(45, 46).allMatch(query -> query.limit() == 1000);
        assertThat(calls.stream().map(Call::deadline).distinct()).hasSameSizeAs(calls);
        assertThat(calls.stream().map(Call::id).distinct()).hasSize(1);
        assertThat(calls).allMatch(Call::mockWhenDown);
        assertThat(calls.stream().skip(1)).allMatch(call -> call.trace().equals(Trace.NONE));
    }

    @Test
    void a_range_of_one_page_is_not_streamed() {
        var answer = client.get(PATH + "&from=2024-01-01T00:00:00Z&to=2024-01-01T16:40:00Z&format=csv");
        assertThat(answer.text().lines()).hasSize(1001);
        assertThat(answer.header("ETag")).isNotEmpty();
        assertThat(answer.header("X-Missing-Bars")).isEqualTo("0");
        assertThat(answer.header("Transfer-Encoding")).isEmpty();
        assertThat(queries).hasSize(1);
    }

    @Test
    void requests_with_a_limit_json_or_no_start_are_paged() {
        assertThat(client.get(MONTH + "&format=csv&limit=10").header("Link")).contains("cursor=");
        assertThat(client.get(MONTH).json().at("/data/candles")).hasSize(500);
        assertThat(client.get(PATH + "&format=csv").text().lines()).hasSize(501);
        assertThat(queries).hasSize(3);
    }

    @Test
    void a_cursor_counts_as_a_start() {
        String cursor =
                client.get(MONTH + "&limit=640").json().get("next_cursor").asString();
        assertThat(client.get(PATH + "&to=2024-02-01&format=csv&cursor=" + cursor)
                        .text()
                        .lines())
                .hasSize(44_001);
    }

    @Test
    void head_fetches_only_the_first_page() throws Exception {
        try (RawClient wire = new RawClient(fixture.port())) {
            wire.send("HEAD " + MONTH + "&format=csv HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(wire.answer().body()).isEmpty();
        }
        assertThat(queries).hasSize(1);
    }

    @Test
    void a_compressed_stream_decompresses_to_the_same_bytes() throws Exception {
        String plain = client.get(MONTH + "&format=csv").text();
        var packed = client.get(MONTH + "&format=csv", "Accept-Encoding", "gzip");
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(packed.text()).isEqualTo(plain);
        try (RawClient wire = new RawClient(fixture.port())) {
            wire.send("GET " + MONTH + "&format=csv HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n");
            byte[] body = wire.answer().body().getBytes(StandardCharsets.ISO_8859_1);
            assertThat(body.length).isLessThan(plain.length() / 4);
            try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(plain);
            }
        }
    }

    @Test
    void a_failure_before_the_first_byte_is_a_problem_with_its_status() {
        fixture.source = failingAt(1);
        var answer = client.get(MONTH + "&format=csv");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/upstream-unreachable");
    }

    @Test
    void a_failure_midway_cuts_the_connection_so_that_the_body_is_incomplete() throws Exception {
        for (String format : new String[] {"csv", "ndjson"}) {
            for (String coding : new String[] {"identity", "gzip"}) {
                queries.clear();
                fixture.source = failingAt(3);
                try (RawClient wire = new RawClient(fixture.port())) {
                    wire.send("GET " + MONTH + "&format=" + format + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: "
                            + coding + "\r\n\r\n");
                    assertThatThrownBy(wire::answer).isInstanceOf(IOException.class);
                }
                assertThat(queries).hasSize(3);
            }
        }
        assertThatThrownBy(() -> {
                    queries.clear();
                    client.get(MONTH + "&format=csv");
                })
                .hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void a_page_rejected_briefly_is_retried_before_its_deadline() {
        fixture.source = noting((query, call) -> queries.size() % 3 == 2
                ? Outcome.failed(new Failure.Shed("too busy", Duration.ofMillis(1)))
                : ApiFixture.SAMPLES.fetch(query, call));
        List<String> lines =
                client.get(MONTH + "&format=csv").text().lines().skip(1).toList();
        checkMonth(lines.stream().map(line -> line.split(",", 2)[0]).toList());
    }

    @Test
    void a_page_rejected_beyond_its_deadline_ends_the_stream() throws Exception {
        fixture.source = noting((query, call) -> queries.size() > 2
                ? Outcome.failed(new Failure.RateLimited("day", "spent", Duration.ofHours(1)))
                : ApiFixture.SAMPLES.fetch(query, call));
        try (RawClient wire = new RawClient(fixture.port())) {
            wire.get(MONTH + "&format=csv");
            assertThatThrownBy(wire::answer).isInstanceOf(IOException.class);
        }
        assertThat(queries).hasSize(3);
    }

    @Test
    void a_failed_stream_within_the_process_is_a_problem() {
        fixture.source = failingAt(3);
        var answer = new LocalApi(fixture.api)
                .get(
                        List.of("api", "v1", "candles", "exchange", "BTCUSDT"),
                        Map.of("interval", "1m", "from", "2024-01-01", "format", "csv"));
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("the line is dead");
    }

    @Test
    void live_and_mock_candles_are_never_mixed() throws Exception {
        fixture.source = noting((query, call) ->
                Outcome.success(queries.size() < 2 ? ApiSamples.answer(query) : asMock(ApiSamples.answer(query))));
        try (RawClient wire = new RawClient(fixture.port())) {
            wire.get(MONTH + "&format=csv");
            assertThatThrownBy(wire::answer).isInstanceOf(IOException.class);
        }
    }

    private static QueryResult asMock(QueryResult answer) {
        var p = answer.provenance();
        return answer.with(new Provenance(
                p.provider(), Mode.MOCK, "a stand-in", p.receivedAt(), p.freshness(), p.flags(), p.attempts()));
    }

    @Test
    void a_stale_page_makes_the_whole_response_stale() {
        fixture.source = noting((query, call) -> {
            QueryResult answer = ApiSamples.answer(query);
            return Outcome.success(
                    queries.size() == 2 ? answer.with(answer.provenance().withFreshness(Freshness.STALE)) : answer);
        });
        assertThat(client.get(MONTH + "&format=ndjson").text()).contains("\"freshness\":\"stale\"");
    }

    @Test
    void a_range_of_too_many_candles_is_rejected_before_anything_is_fetched() {
        var answer = client.get("/api/v1/candles/exchange/BTCUSDT?interval=1s&from=2024-01-01&format=ndjson");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("field").asString()).isEqualTo("from");
        assertThat(answer.json().get("allowed").asString())
                .contains("at most 1000000 candles")
                .contains("about 4438800");
        assertThat(queries).isEmpty();
    }

    @Test
    void gaps_between_pages_are_detected_and_listed_up_to_a_limit() {
        fixture.source = noting((query, call) -> Outcome.success(everyOther((CandlesQuery) query)));
        String text = client.get(MONTH + "&format=ndjson").text();
        JsonNode trailer =
                ContractDocument.JSON.readTree(text.substring(text.lastIndexOf('\n', text.length() - 2) + 1));
        assertThat(trailer.get("count").asInt()).isEqualTo(22_320);
        assertThat(trailer.get("gaps")).hasSize(CandleNdjsonWriter.MAX_GAPS);
        assertThat(trailer.get("gaps_omitted").asInt()).isEqualTo(22_320 - CandleNdjsonWriter.MAX_GAPS);
        for (int i = 1; i < CandleNdjsonWriter.MAX_GAPS; i++) {
            String before = trailer.at("/gaps/" + (i - 1) + "/to").asString();
            assertThat(Instant.parse(trailer.at("/gaps/" + i + "/from").asString()))
                    .isEqualTo(Instant.parse(before).plusSeconds(60));
        }
    }

    /** Every other minute, with the gaps between, as the stack would return them. */
    private static QueryResult everyOther(CandlesQuery query) {
        var all = (Candles) ApiSamples.answer(new CandlesQuery(
                        query.provider(), query.instrument(), query.interval(), query.from(), query.to(), 2000))
                .data();
        List<Candle> candles = all.candles().stream()
                .filter(candle -> candle.openTime().getEpochSecond() % 120 == 0)
                .limit(query.limit())
                .toList();
        Instant covered =
                candles.size() == query.limit() ? candles.getLast().openTime() : Objects.requireNonNull(query.to());
        List<Gap> gaps = CandleGaps.find(query.interval(), candles, query.from(), covered);
        return new QueryResult(
                new Candles(all.listing(), all.interval(), candles, gaps, null), ApiSamples.provenance());
    }

    @Test
    void a_page_is_fetched_only_after_the_client_has_read_most_of_the_previous_ones() throws Exception {
        String target = "/api/v1/candles/exchange/BTCUSDT?interval=1s&from=2024-02-01&to=2024-02-12&format=ndjson";
        var read = new AtomicLong();
        var furthest = new AtomicLong();
        var asked = new AtomicLong();
        fixture.source = (query, call) -> {
            furthest.accumulateAndGet(asked.addAndGet(1000) - read.get(), Math::max);
            return ApiFixture.SAMPLES.fetch(query, call);
        };
        var url = java.net
                .URI
                .create("http://127.0.0.1:" + fixture.port() + target)
                .toURL();
        try (var in = new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
            String last = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                read.incrementAndGet();
                last = line;
            }
            assertThat(last).contains("\"count\":950400");
        }
        assertThat(read.get()).isEqualTo(950_401);
        // The socket buffers of both sides, at more than 150 bytes per line, plus one page.
        assertThat(furthest.get()).isLessThan(100_000);
    }
}
