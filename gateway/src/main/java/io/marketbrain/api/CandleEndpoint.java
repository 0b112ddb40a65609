package io.marketbrain.api;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Candles as JSON, CSV or NDJSON, one page per request. With a start and without a limit, CSV and NDJSON return the
 * whole range, streamed if it is longer than one page. Thread-safe.
 */
final class CandleEndpoint {
    static final int DEFAULT_LIMIT = 500;
    static final Interval DEFAULT_INTERVAL = Interval.H1;

    /**
     * Candles in one page of a stream: one or two calls at most providers. Must be at least two, because pages overlap
     * by one.
     */
    private static final int STREAM_PAGE = 1000;

    private final Subjects resolver;
    private final Asking executor;
    private final InstantSource clock;
    private final int maxCandles;
    private final int maxStreamed;

    /**
     * @param maxCandles maximum number of candles in one page
     * @param maxStreamed maximum number of candles in a whole range
     */
    CandleEndpoint(Subjects resolver, Asking executor, InstantSource clock, int maxCandles, int maxStreamed) {
        this.resolver = resolver;
        this.executor = executor;
        this.clock = clock;
        this.maxCandles = maxCandles;
        this.maxStreamed = maxStreamed;
    }

    Reply candles(Request request) throws Rejected {
        var parameters =
                Parameters.of(request, Asking.parametersAnd("interval", "from", "to", "limit", "cursor", "format"));
        ProviderId provider = resolver.provider(request.variable("provider"));
        Instrument instrument = resolver.instrument(provider, request.variable("symbol"));
        Interval interval = parameters.oneOf("interval", DEFAULT_INTERVAL, Interval::find, Interval.names());
        Instant from = from(parameters, interval);
        Instant to = parameters.range().to();
        if (from != null && to != null && !from.isBefore(to)) {
            throw Rejected.invalid("cursor", from.toString(), "must be before to (" + to + ")");
        }
        int limit = parameters.integer("limit", Math.min(DEFAULT_LIMIT, maxCandles), 1, maxCandles);
        CandleFormat format = CandleFormat.of(request, parameters);
        boolean whole = false;
        if (from != null
                && format != CandleFormat.JSON
                && parameters.find("limit").isEmpty()) {
            checkLength(interval, from, to);
            limit = Math.clamp(maxCandles, 2, STREAM_PAGE);
            whole = true;
        }
        var query = new CandlesQuery(provider, instrument, interval, from, to, limit);
        Call call = executor.call(request, parameters);
        Asking.Timed timed = executor.execute(query, call);
        return switch (timed.outcome()) {
            case Outcome.Success<Answer>(Answer answer) -> {
                var page = CandlePage.of(query, answer, clock.instant());
                yield whole && page.next().isPresent()
                        ? stream(format, page, call, executor.timeout(parameters))
                        : write(request, format, page, timed, call);
            }
            case Outcome.Failed<Answer>(Failure failure) ->
                Problems.reply(failure, request.callId(), Asking.recorder(call));
        };
    }

    private static @Nullable Instant from(Parameters parameters, Interval interval) throws Rejected {
        Optional<String> cursor = parameters.find("cursor");
        if (cursor.isEmpty()) {
            return parameters.range().from();
        }
        if (parameters.find("from").isPresent()) {
            throw Rejected.invalid("from", parameters.find("from").get(), "use either from or cursor, not both");
        }
        return Cursor.parse(cursor.get(), interval).from();
    }

    /** Rejects a range with more candles than may be streamed, before anything is fetched. */
    private void checkLength(Interval interval, Instant from, @Nullable Instant to) throws Rejected {
        Instant now = clock.instant();
        Instant end = to == null || now.isBefore(to) ? now : to;
        long candles = from.isBefore(end) ? Duration.between(from, end).dividedBy(interval.length()) : 0;
        if (candles > maxStreamed) {
            throw Rejected.invalid(
                    "from",
                    from.toString(),
                    "a range of at most " + maxStreamed + " candles (api.max_streamed_candles); this one has about "
                            + candles + ": narrow it, or page through it with limit");
        }
    }

    private Reply stream(CandleFormat format, CandlePage first, Call call, Duration timeout) {
        var body = new CandleStream(executor, clock, call, timeout, first, format.writer());
        return described(Reply.stream(format.contentType(), body), format, first)
                .adding("Vary", "Accept");
    }

    private Reply write(Request request, CandleFormat format, CandlePage page, Asking.Timed timed, Call call) {
        Optional<Cursor> next = page.next();
        Reply reply = format == CandleFormat.JSON
                ? Ready.page(page.answer(), next.map(Cursor::text).orElse(null))
                        .reply(call.id(), timed.micros(), Asking.recorder(call))
                : described(Reply.tagged(format.contentType(), lines(format, page)), format, page);
        if (format == CandleFormat.CSV) {
            reply.with("X-Missing-Bars", Long.toString(page.missing()));
        }
        next.ifPresent(cursor -> reply.with("Link", link(request, page.query(), cursor)));
        return CacheHeaders.on(reply, page.answer().cache()).adding("Vary", "Accept");
    }

    private static Reply described(Reply reply, CandleFormat format, CandlePage page) {
        return format == CandleFormat.CSV
                ? reply.with(
                        "X-Mock",
                        Boolean.toString(AnswerJson.isMock(page.answer().provenance())))
                : reply;
    }

    private static byte[] lines(CandleFormat format, CandlePage page) {
        CandleWriter writer = format.writer();
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
    private static String link(Request request, CandlesQuery query, Cursor cursor) {
        var out = new StringBuilder("<")
                .append(request.path())
                .append("?interval=")
                .append(query.interval().wire());
        request.query().forEach((name, values) -> {
            if (!name.equals("from") && !name.equals("cursor") && !name.equals("interval")) {
                out.append('&').append(name).append('=').append(PercentCode.encode(values.getFirst()));
            }
        });
        return out.append("&cursor=")
                .append(cursor.text())
                .append(">; rel=\"next\"")
                .toString();
    }
}
