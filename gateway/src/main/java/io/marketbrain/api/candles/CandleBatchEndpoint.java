package io.marketbrain.api.candles;

import io.marketbrain.api.endpoints.BatchEndpoint;
import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.api.request.CacheDirectiveReader;
import io.marketbrain.api.request.PageCursor;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.model.Call;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.Adjustment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Candles of several instruments in one request, of one interval and range. Thread-safe. */
public final class CandleBatchEndpoint {
    private static final List<String> FORMATS = List.of("json", "csv", "excel");

    private final BatchEndpoint batch;
    private final QueryExecutor executor;
    private final InstantSource clock;
    private final int maxBatch;
    private final int maxCandles;

    /**
     * @param maxBatch maximum number of instruments
     * @param maxCandles maximum number of candles of all of them together, because they are in memory at once
     */
    public CandleBatchEndpoint(
            BatchEndpoint batch, QueryExecutor executor, InstantSource clock, int maxBatch, int maxCandles) {
        this.batch = batch;
        this.executor = executor;
        this.clock = clock;
        this.maxBatch = maxBatch;
        this.maxCandles = maxCandles;
    }

    public Response candles(Request request) throws RequestRejected {
        var parameters = Parameters.withList(
                request,
                BatchEndpoint.SYMBOLS,
                BatchEndpoint.SYMBOLS,
                "interval",
                "from",
                "to",
                "limit",
                "adjustment",
                "format",
                CsvTime.PARAMETER,
                "timeout",
                QueryExecutor.MOCK_WHEN_DOWN,
                CacheDirectiveReader.PARAMETER,
                QueryExecutor.ALLOW);
        CandleFormat format = format(request, parameters);
        Optional<CsvTime> times = CandleFormat.times(format, parameters);
        List<String> symbols = BatchEndpoint.symbols(parameters, maxBatch);
        Interval interval = CandleEndpoint.interval(parameters);
        Instant from = parameters.range().from();
        Instant to = parameters.range().to();
        if (from != null && from.isAfter(clock.instant())) {
            throw RequestRejected.invalid("from", from.toString(), "from is in the future");
        }
        int most = Math.max(1, maxCandles / symbols.size());
        int limit = parameters.integer("limit", Math.min(CandleEndpoint.DEFAULT_LIMIT, most), 1, most);
        Adjustment adjustment = CandleEndpoint.findAdjustment(parameters).orElse(null);
        Call call = executor.call(request, parameters);
        Optional<Function<List<QueryResult>, Response>> table =
                format.isCsv() ? Optional.of(answers -> table(answers, format, times)) : Optional.empty();
        return batch.reply(
                request,
                symbols,
                call,
                listed -> new CandlesQuery(
                        listed.provider(),
                        listed.instrument(),
                        interval,
                        from,
                        to,
                        limit,
                        listed.instrument().type().isAdjustable() ? adjustment : null),
                new BatchEndpoint.BatchLayout(
                        "candles", (json, answer) -> writeNext(json, answer, from, to, limit), table));
    }

    /** JSON or CSV: the other formats have a place for one instrument only. */
    private static CandleFormat format(Request request, Parameters parameters) throws RequestRejected {
        Optional<String> named = parameters.find("format");
        if (named.isPresent() && !FORMATS.contains(named.get())) {
            throw RequestRejected.invalid("format", EchoedText.of(named.get()), "one of " + String.join(", ", FORMATS));
        }
        CandleFormat format = CandleFormat.of(request, parameters);
        return format.isCsv() ? format : CandleFormat.JSON;
    }

    /** The candles of all instruments as rows of one table; what JSON says of each beside them is in headers, by instrument. */
    private static Response table(List<QueryResult> answers, CandleFormat format, Optional<CsvTime> times) {
        var writer = format.writer(times);
        var out = new ByteArrayOutputStream();
        Map<String, List<String>> headers = new TreeMap<>();
        try {
            for (QueryResult answer : answers) {
                if (answer.data() instanceof Candles candles) {
                    writer.page(answer, candles, out);
                    String instrument = candles.listing().instrument().unified() + " ";
                    notes(answer, candles)
                            .forEach((name, notes) ->
                                    notes.forEach(note -> headers.computeIfAbsent(name, _ -> new ArrayList<>())
                                            .add(instrument + note)));
                }
            }
            if (answers.isEmpty()) {
                out.write((CandleCsvWriter.HEAD + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Response reply = Response.tagged(format.contentType(), out.toByteArray());
        headers.forEach((name, notes) -> reply.with(name, String.join(", ", notes)));
        return reply;
    }

    /** What JSON says of the candles of one instrument beside the rows, by the header that it is in. */
    private static Map<String, List<String>> notes(QueryResult answer, Candles candles) {
        long missing = candles.gaps().stream().mapToLong(Gap::missing).sum();
        return Map.of(
                "X-Quality",
                answer.provenance().flags().stream().map(QualityFlag::code).toList(),
                "X-Adjustment",
                ResponseJson.findAdjustment(candles).stream().toList(),
                "X-Delay-Seconds",
                Optional.ofNullable(candles.listing().delay()).stream()
                        .map(delay -> Long.toString(delay.toSeconds()))
                        .toList(),
                "X-Missing-Bars",
                missing == 0 ? List.of() : List.of(Long.toString(missing)));
    }

    /** The cursor with which a request for this instrument alone continues. */
    private void writeNext(
            JsonDocument json, QueryResult answer, @Nullable Instant from, @Nullable Instant to, int limit) {
        if (answer.data() instanceof Candles page) {
            var asked = new CandlesQuery(
                    answer.provenance().provider(), page.listing().instrument(), page.interval(), from, to, limit);
            json.put(
                    "next_cursor",
                    PageCursor.after(page, asked, clock.instant())
                            .map(PageCursor::text)
                            .orElse(null));
        }
    }
}
