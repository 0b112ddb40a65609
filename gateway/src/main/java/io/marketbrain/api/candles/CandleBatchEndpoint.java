package io.marketbrain.api.candles;

import io.marketbrain.api.endpoints.BatchEndpoint;
import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.CacheDirectiveReader;
import io.marketbrain.api.request.PageCursor;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.model.Call;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.Adjustment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Candles of several instruments in one request, of one interval and range. Thread-safe. */
public final class CandleBatchEndpoint {
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
                "timeout",
                QueryExecutor.MOCK_WHEN_DOWN,
                CacheDirectiveReader.PARAMETER,
                QueryExecutor.ALLOW);
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
        return batch.reply(
                request,
                "candles",
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
                (json, answer) -> writeNext(json, answer, from, to, limit));
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
