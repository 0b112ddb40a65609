package io.marketbrain.api.candles;

import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.rendering.CacheHeaders;
import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.RenderedResponse;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.api.request.PageCursor;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.PercentEncoding;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.Adjustment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Candles as JSON, CSV, NDJSON or a chart, one page per request. With a start and without a limit, CSV and NDJSON return the
 * whole range, streamed if it is longer than one page. Thread-safe.
 */
public final class CandleEndpoint {
    public static final int DEFAULT_LIMIT = 500;
    public static final Interval DEFAULT_INTERVAL = Interval.H1;

    /** Candles in one page of a stream: one or two calls at most providers. */
    private static final int STREAM_PAGE = 1000;

    private final SymbolResolver resolver;
    private final QueryExecutor executor;
    private final InstantSource clock;
    private final int maxCandles;
    private final int maxStreamed;

    /**
     * @param maxCandles maximum number of candles in one page
     * @param maxStreamed maximum number of candles in a whole range
     */
    public CandleEndpoint(
            SymbolResolver resolver, QueryExecutor executor, InstantSource clock, int maxCandles, int maxStreamed) {
        this.resolver = resolver;
        this.executor = executor;
        this.clock = clock;
        this.maxCandles = maxCandles;
        this.maxStreamed = maxStreamed;
    }

    public Response candles(Request request) throws RequestRejected {
        var parameters = Parameters.of(
                request,
                QueryExecutor.parametersAnd(
                        "interval", "from", "to", "limit", "cursor", "format", "time_format", "adjustment"));
        ProviderId provider = resolver.provider(request.variable("provider"));
        Instrument instrument = resolver.instrument(provider, request.variable("symbol"));
        Interval interval = interval(parameters);
        Optional<PageCursor> cursor = cursor(parameters, interval);
        Instant from =
                cursor.isPresent() ? cursor.get().from() : parameters.range().from();
        Instant to = parameters.range().to();
        if (from != null && to != null && !from.isBefore(to)) {
            throw RequestRejected.invalid("cursor", from.toString(), "must be before to (" + to + ")");
        }
        if (from != null && parameters.find("cursor").isEmpty() && from.isAfter(clock.instant())) {
            throw RequestRejected.invalid("from", from.toString(), "from is in the future");
        }
        CandleFormat format = CandleFormat.of(request, parameters);
        Optional<CsvTime> times = CandleFormat.times(format, parameters);
        int most = format == CandleFormat.SVG ? Math.min(maxCandles, CandleDrawing.MAX_CANDLES) : maxCandles;
        int limit = parameters.integer("limit", Math.min(DEFAULT_LIMIT, most), 1, most);
        boolean whole = false;
        if (from != null && format.hasLines() && parameters.find("limit").isEmpty()) {
            checkLength(interval, from, to);
            limit = Math.min(maxCandles, STREAM_PAGE);
            whole = true;
        }
        var query = new CandlesQuery(
                provider, instrument, interval, from, to, limit, adjustment(parameters, cursor, instrument));
        Call call = executor.call(request, parameters);
        QueryExecutor.Timed timed = executor.execute(query, call);
        return switch (timed.outcome()) {
            case Outcome.Success<QueryResult>(QueryResult answer) -> {
                var page = CandlePage.of(query, answer, clock.instant());
                yield whole && page.next().isPresent()
                        ? stream(format, times, page, call, executor.timeout(parameters))
                        : write(request, format, times, page, timed, call);
            }
            case Outcome.Failed<QueryResult>(Failure failure) ->
                ProblemResponses.reply(failure, request.callId(), QueryExecutor.recorder(call));
        };
    }

    /** What the prices are to be adjusted for: as on the page before, else as requested; null where it makes no difference. */
    private static @Nullable Adjustment adjustment(
            Parameters parameters, Optional<PageCursor> cursor, Instrument instrument) throws RequestRejected {
        Adjustment before = cursor.map(PageCursor::adjustment).orElse(null);
        Optional<Adjustment> named = findAdjustment(parameters);
        if (named.isEmpty()) {
            return before;
        }
        Adjustment wanted = named.get();
        if (before != null && before != wanted) {
            throw RequestRejected.invalid("adjustment", wanted.wire(), before + ", as on the page before");
        }
        return instrument.type().isAdjustable() ? wanted : null;
    }

    /** The parameter {@code adjustment}. */
    static Optional<Adjustment> findAdjustment(Parameters parameters) throws RequestRejected {
        Optional<String> text = parameters.find("adjustment");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Adjustment> named = Adjustment.find(text.get());
        if (named.isEmpty()) {
            throw RequestRejected.invalid("adjustment", EchoedText.of(text.get()), "one of " + Adjustment.names());
        }
        return named;
    }

    /** The parameter {@code interval}. */
    static Interval interval(Parameters parameters) throws RequestRejected {
        return parameters.oneOf(
                "interval", DEFAULT_INTERVAL, Interval::find, text -> Interval.names() + IntervalSuggestion.of(text));
    }

    private static Optional<PageCursor> cursor(Parameters parameters, Interval interval) throws RequestRejected {
        Optional<String> cursor = parameters.find("cursor");
        if (cursor.isEmpty()) {
            return Optional.empty();
        }
        if (parameters.find("from").isPresent()) {
            throw RequestRejected.invalid("from", parameters.find("from").get(), "use either from or cursor, not both");
        }
        return Optional.of(PageCursor.parse(cursor.get(), interval));
    }

    /** Rejects a range with more candles than may be streamed, before anything is fetched. */
    private void checkLength(Interval interval, Instant from, @Nullable Instant to) throws RequestRejected {
        Instant now = clock.instant();
        Instant end = to == null || now.isBefore(to) ? now : to;
        long candles = from.isBefore(end) ? Duration.between(from, end).dividedBy(interval.length()) : 0;
        if (candles > maxStreamed) {
            throw RequestRejected.invalid(
                    "from",
                    from.toString(),
                    "a range of at most " + maxStreamed + " candles (api.max_streamed_candles); this one has about "
                            + candles + ": narrow it, or page through it with limit");
        }
    }

    private Response stream(
            CandleFormat format, Optional<CsvTime> times, CandlePage first, Call call, Duration timeout) {
        var body = new CandleStream(executor, clock, call, timeout, first, format.writer(times));
        return described(Response.stream(format.contentType(), body), format, first)
                .adding("Vary", "Accept");
    }

    private Response write(
            Request request,
            CandleFormat format,
            Optional<CsvTime> times,
            CandlePage page,
            QueryExecutor.Timed timed,
            Call call) {
        Optional<PageCursor> next = page.next();
        Response reply = switch (format) {
            case JSON ->
                RenderedResponse.page(page.answer(), next.map(PageCursor::text).orElse(null))
                        .reply(call.id(), timed.micros(), QueryExecutor.recorder(call));
            case SVG ->
                Response.tagged(format.contentType(), CandleSvgWriter.write(page))
                        .with(
                                "X-Mock",
                                Boolean.toString(
                                        ResponseJson.isMock(page.answer().provenance())));
            case CSV, EXCEL, NDJSON ->
                described(Response.tagged(format.contentType(), lines(format, times, page)), format, page);
        };
        if (format.isCsv()) {
            reply.with("X-Missing-Bars", Long.toString(page.missing()));
        }
        next.ifPresent(cursor -> reply.with("Link", link(request, page.query(), cursor)));
        return CacheHeaders.on(reply, page.answer().cache()).adding("Vary", "Accept");
    }

    /** CSV has no place for what JSON says about the candles. */
    private static Response described(Response reply, CandleFormat format, CandlePage page) {
        if (!format.isCsv()) {
            return reply;
        }
        Provenance provenance = page.answer().provenance();
        if (!provenance.flags().isEmpty()) {
            reply.with(
                    "X-Quality",
                    provenance.flags().stream().map(QualityFlag::code).collect(Collectors.joining(", ")));
        }
        ResponseJson.findAdjustment(page.candles()).ifPresent(kind -> reply.with("X-Adjustment", kind));
        Duration delay = page.candles().listing().delay();
        if (delay != null) {
            reply.with("X-Delay-Seconds", Long.toString(delay.toSeconds()));
        }
        return reply.with("X-Mock", Boolean.toString(ResponseJson.isMock(provenance)))
                .with("Content-Disposition", "inline; filename=\"" + fileName(page) + "\"");
    }

    /** A name for the file that a browser saves, of characters that every file system allows. */
    private static String fileName(CandlePage page) {
        String name = page.query().provider() + "-" + page.query().instrument().unified() + "-"
                + page.query().interval().wire();
        return name.replaceAll("[^A-Za-z0-9._-]", "-") + ".csv";
    }

    private static byte[] lines(CandleFormat format, Optional<CsvTime> times, CandlePage page) {
        CandleWriter writer = format.writer(times);
        var out = new ByteArrayOutputStream(64 + page.candles().candles().size() * 200);
        try {
            writer.page(page.answer(), page.candles(), out);
            writer.end(page.next(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The {@code Link} to the next page (RFC 8288): the same request with a cursor as its start. */
    private static String link(Request request, CandlesQuery query, PageCursor cursor) {
        var out = new StringBuilder("<")
                .append(request.path())
                .append("?interval=")
                .append(query.interval().wire());
        request.query().forEach((name, values) -> {
            if (!name.equals("from") && !name.equals("cursor") && !name.equals("interval")) {
                out.append('&').append(name).append('=').append(PercentEncoding.encode(values.getFirst()));
            }
        });
        return out.append("&cursor=")
                .append(cursor.text())
                .append(">; rel=\"next\"")
                .toString();
    }
}
