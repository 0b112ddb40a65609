package io.marketbrain.api;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.Catalogue;
import io.marketbrain.pipeline.MarketDataSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** The paths that answer with market data. Thread-safe. */
final class DataEndpoints {
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final MarketDataSource source;
    private final Catalogue catalogue;
    private final Ticker ticker;

    DataEndpoints(MarketDataSource source, Catalogue catalogue, Ticker ticker) {
        this.source = source;
        this.catalogue = catalogue;
        this.ticker = ticker;
    }

    Reply quote(Request request) throws Rejected {
        Parameters parameters = Parameters.of(request, "timeout", "mock_when_down");
        ProviderId provider = provider(request);
        return answer(request, parameters, new QuoteQuery(provider, instrument(request, provider), null));
    }

    Reply candles(Request request) throws Rejected {
        Parameters parameters = Parameters.of(request, "timeout", "mock_when_down", "interval", "from", "to", "limit");
        ProviderId provider = provider(request);
        Interval interval = parameters.oneOf("interval", Interval.H1, Interval::find, Interval.names());
        var from = parameters.instant("from");
        var to = parameters.instant("to");
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw Rejected.invalid("from", from.get().toString(), "must lie before to (" + to.get() + ")");
        }
        return answer(
                request,
                parameters,
                new CandlesQuery(
                        provider,
                        instrument(request, provider),
                        interval,
                        from.orElse(null),
                        to.orElse(null),
                        parameters.integer("limit", 500, 1, 5000)));
    }

    Reply book(Request request) throws Rejected {
        Parameters parameters = Parameters.of(request, "timeout", "mock_when_down", "depth");
        ProviderId provider = provider(request);
        return answer(
                request,
                parameters,
                new BookQuery(provider, instrument(request, provider), parameters.integer("depth", 20, 1, 5000), null));
    }

    Reply trades(Request request) throws Rejected {
        Parameters parameters = Parameters.of(request, "timeout", "mock_when_down", "limit");
        ProviderId provider = provider(request);
        return answer(
                request,
                parameters,
                new TradesQuery(
                        provider, instrument(request, provider), parameters.integer("limit", 100, 1, 1000), null));
    }

    private ProviderId provider(Request request) throws Rejected {
        String text = request.path().getOrDefault("provider", "").toLowerCase(Locale.ROOT);
        if (!ProviderId.isValid(text)) {
            throw Rejected.invalid(
                    "provider", Parameters.shown(text), "1 to 32 characters of a-z 0-9 _ -, a letter first");
        }
        Rejected.orReject(catalogue.provider(text));
        return new ProviderId(text);
    }

    private Instrument instrument(Request request, ProviderId provider) throws Rejected {
        String symbol = request.path().getOrDefault("symbol", "");
        boolean printable = symbol.chars().allMatch(c -> c > ' ' && c < 127);
        if (symbol.isEmpty() || symbol.length() > 64 || !printable) {
            throw Rejected.invalid(
                    "symbol", Parameters.shown(symbol), "1 to 64 printable ASCII characters without spaces");
        }
        return Rejected.orReject(catalogue.resolve(provider, symbol));
    }

    private Reply answer(Request request, Parameters parameters, MarketQuery query) throws Rejected {
        Duration timeout = parameters.seconds("timeout", TIMEOUT, MIN_TIMEOUT, MAX_TIMEOUT);
        Call call = new Call(
                request.callId(),
                Caller.LOCAL,
                Priority.HIGH,
                Deadline.in(timeout, ticker),
                parameters.flag("mock_when_down"));
        long start = ticker.nanos();
        return switch (source.fetch(query, call)) {
            case Outcome.Success<Answer>(Answer answer) ->
                Reply.json(Json.object(json -> {
                    AnswerJson.write(json, answer);
                    json.number("response_time", BigDecimal.valueOf((ticker.nanos() - start) / 1000, 6));
                    json.put("call_id", request.callId().value());
                }));
            case Outcome.Failed<Answer>(Failure failure) -> Problems.reply(failure, request.callId());
        };
    }
}
