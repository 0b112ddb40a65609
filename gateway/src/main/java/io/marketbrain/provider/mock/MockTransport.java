package io.marketbrain.provider.mock;

import io.marketbrain.mock.MacroSeries;
import io.marketbrain.mock.Market;
import io.marketbrain.mock.calendar.SupportedYears;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Transport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The transport to the mock market: computes the bytes that a provider would have sent, or the configured fault.
 * Thread-safe; blocks only for the configured latency.
 */
public final class MockTransport implements Transport {
    private final ProviderId provider;
    private final MockProvider market;
    private final InstantSource clock;
    private final AtomicLong requests = new AtomicLong();

    MockTransport(ProviderId provider, MockProvider market, InstantSource clock) {
        this.provider = provider;
        this.market = market;
        this.clock = clock;
    }

    @Override
    public Outcome<RawPayload> exchange(ProviderRequest request, Call call) {
        FaultInjection faults = market.config().faults();
        Optional<Failure> late = sleep(faults.latency(), call.deadline().remaining());
        if (late.isPresent()) {
            return Outcome.failed(late.get());
        }
        return switch (faults.verdict(market.config().seed(), requests.getAndIncrement())) {
            case FAILED -> reply(503, MockBody.error("rehearsed outage"), Map.of());
            case THROTTLED ->
                reply(
                        429,
                        MockBody.error("rehearsed throttling"),
                        Map.of("retry-after", Long.toString(faults.retryAfter().toSeconds())));
            case DRIFTED -> reply(request, true);
            case SERVED -> reply(request, false);
        };
    }

    private Outcome<RawPayload> reply(ProviderRequest request, boolean drifted) {
        Instant now = clock.instant();
        Optional<MockBody> body = new Handler(request.asMap(), now.toEpochMilli()).respond(request.path(), drifted);
        return body.isPresent()
                ? reply(200, body.get(), Map.of())
                : reply(404, MockBody.error("nothing traded at that time"), Map.of());
    }

    private Outcome<RawPayload> reply(int status, MockBody body, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("content-type", "application/json");
        return Outcome.success(new RawPayload(status, all, body.bytes(), clock.instant()));
    }

    private Optional<Failure> sleep(Duration latency, Duration left) {
        if (latency.isZero()) {
            return Optional.empty();
        }
        boolean late = latency.compareTo(left) > 0;
        try {
            Thread.sleep(late ? left : latency);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Failure.TimedOut(provider, provider + " was interrupted"));
        }
        return late
                ? Optional.of(new Failure.TimedOut(provider, provider + " did not respond in time"))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "mock market";
    }

    /** The parameters of one request, and the response to it. */
    private final class Handler {
        private final Map<String, String> parameters;
        private final long now;

        Handler(Map<String, String> parameters, long now) {
            this.parameters = parameters;
            this.now = now;
        }

        Optional<MockBody> respond(String path, boolean drifted) {
            return switch (path) {
                case "/quote" -> {
                    Market requested = requestedMarket();
                    long at = instant("at", now);
                    yield requested.hasTradedBy(at)
                            ? Optional.of(MockBody.quote(
                                    requested.asset(), requested.quoteAt(at), requested.dayAt(at), drifted))
                            : Optional.empty();
                }
                case "/candles" -> {
                    Market requested = requestedMarket();
                    Interval interval = Interval.find(text("interval")).orElseThrow();
                    long to = instant("to", now + 1);
                    int limit = Integer.parseInt(text("limit"));
                    var bars = parameters.containsKey("from")
                            ? requested.candles(interval, instant("from", 0), to, now, limit)
                            : requested.lastCandles(interval, to, now, limit);
                    yield Optional.of(MockBody.candles(requested.asset(), bars, now, drifted));
                }
                case "/book" -> {
                    Market requested = requestedMarket();
                    long at = instant("at", now);
                    int depth = Integer.parseInt(text("depth"));
                    yield requested.hasTradedBy(at)
                            ? Optional.of(MockBody.book(requested.asset(), requested.bookAt(at, depth), drifted))
                            : Optional.empty();
                }
                case "/trades" -> {
                    Market requested = requestedMarket();
                    int limit = Integer.parseInt(text("limit"));
                    yield Optional.of(MockBody.trades(
                            requested.asset(), requested.tradesUntil(instant("at", now), limit), drifted));
                }
                case "/series" -> {
                    MacroSeries.Spec spec = MacroSeries.spec(text("id"));
                    var points = market.series()
                            .points(spec, from(), instant("to", now + 1), now, Integer.parseInt(text("limit")));
                    yield Optional.of(MockBody.series(spec.id(), spec.title(), spec.unit(), points, drifted));
                }
                case "/instrument-series" -> {
                    SeriesKind kind = SeriesKind.find(text("kind")).orElseThrow();
                    var points = market.marketSeries()
                            .points(
                                    kind,
                                    requestedMarket(),
                                    from(),
                                    instant("to", now + 1),
                                    now,
                                    Integer.parseInt(text("limit")));
                    yield Optional.of(MockBody.series(text("id"), text("title"), text("unit"), points, drifted));
                }
                case "/news" ->
                    Optional.of(MockBody.news(
                            market.news().items(text("text"), now, Integer.parseInt(text("limit"))), drifted));
                default -> Optional.empty();
            };
        }

        private Market requestedMarket() {
            Instrument instrument =
                    new Instrument(AssetType.valueOf(text("type")), text("base"), text("quote"), null, null);
            Optional<BigDecimal> tick =
                    Optional.ofNullable(parameters.get("tick")).map(BigDecimal::new);
            return market.markets().of(instrument, tick);
        }

        private long from() {
            return instant("from", SupportedYears.START);
        }

        private String text(String name) {
            return parameters.getOrDefault(name, "");
        }

        private long instant(String name, long defaultMillis) {
            String text = parameters.get(name);
            return text == null ? defaultMillis : Math.min(Long.parseLong(text), now + 1);
        }
    }
}
