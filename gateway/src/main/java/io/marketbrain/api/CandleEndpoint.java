package io.marketbrain.api;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Candles as JSON, CSV or NDJSON, page by page. Thread-safe. */
final class CandleEndpoint {
    static final int DEFAULT_LIMIT = 500;
    static final Interval DEFAULT_INTERVAL = Interval.H1;

    private final Subjects subjects;
    private final Asking asking;
    private final InstantSource clock;
    private final int maxCandles;

    CandleEndpoint(Subjects subjects, Asking asking, InstantSource clock, int maxCandles) {
        this.subjects = subjects;
        this.asking = asking;
        this.clock = clock;
        this.maxCandles = maxCandles;
    }

    Reply candles(Request request) throws Rejected {
        var parameters =
                Parameters.of(request, Asking.parametersAnd("interval", "from", "to", "limit", "cursor", "format"));
        ProviderId provider = subjects.provider(request.variable("provider"));
        var instrument = subjects.instrument(provider, request.variable("symbol"));
        Interval interval = parameters.oneOf("interval", DEFAULT_INTERVAL, Interval::find, Interval.names());
        Instant from = from(parameters, interval);
        Instant to = parameters.range().to();
        if (from != null && to != null && !from.isBefore(to)) {
            throw Rejected.invalid("cursor", from.toString(), "must lie before to (" + to + ")");
        }
        int limit = parameters.integer("limit", Math.min(DEFAULT_LIMIT, maxCandles), 1, maxCandles);
        CandleFormat format = CandleFormat.of(request, parameters);
        var query = new CandlesQuery(provider, instrument, interval, from, to, limit);
        Call call = asking.call(request, parameters);
        Asking.Timed timed = asking.ask(query, call);
        return switch (timed.outcome()) {
            case Outcome.Success<Answer>(Answer answer) -> write(request, query, format, answer, timed, call);
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
            throw Rejected.invalid("from", parameters.find("from").get(), "give either from or cursor");
        }
        return Cursor.parse(cursor.get(), interval).from();
    }

    private Reply write(
            Request request, CandlesQuery query, CandleFormat format, Answer answer, Asking.Timed timed, Call call) {
        if (!(answer.data() instanceof Candles candles)) {
            throw new IllegalStateException(
                    "candles were asked for, and this came: " + answer.data().getClass());
        }
        Optional<Cursor> next = Cursor.after(candles, query, clock.instant());
        Reply reply = switch (format) {
            case JSON ->
                Ready.page(answer, next.map(Cursor::text).orElse(null))
                        .reply(call.id(), timed.micros(), Asking.recorder(call));
            case CSV ->
                Reply.tagged(format.mediaType() + "; charset=utf-8; header=present", CandleText.csv(answer, candles))
                        .with("X-Mock", Boolean.toString(AnswerJson.isMock(answer.provenance())))
                        .with("X-Missing-Bars", Long.toString(CandleText.missing(candles)));
            case NDJSON -> Reply.tagged(format.mediaType(), CandleText.ndjson(answer, candles, next));
        };
        next.ifPresent(cursor -> reply.with("Link", link(request, query, cursor)));
        return CacheHeaders.on(reply, answer.cache()).adding("Vary", "Accept");
    }

    /** The address of the next page (RFC 8288), with every parameter but the start as it was. */
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
