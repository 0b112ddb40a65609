package io.marketbrain.facade.portfolio;

import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.RouteGroup;
import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.api.routing.Router;
import io.marketbrain.facade.MarketReader;
import io.marketbrain.facade.SymbolList;
import io.marketbrain.facade.portfolio.DailyReader.Wanted;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.text.IdentifierText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Flat prices for portfolio and accounting programs: closes by day, and latest prices. Such programs give up after a few seconds and
 * then show nothing, so a request without a {@code timeout} ends in 2.5 s. Thread-safe.
 */
public final class PortfolioFacade implements RouteGroup {
    /** Below the 3 s after which Ghostfolio gives up. */
    static final Duration TIMEOUT = Duration.ofMillis(2500);

    private static final int DEFAULT_DAYS = 1000;
    private static final int MOST_DIGITS = 18;

    private final Router router;
    private final MarketReader market;
    private final SymbolResolver resolver;
    private final DailyReader reader;
    private final InstantSource clock;
    private final int maxBatch;
    private final int maxCandles;

    /** @param prefix what precedes the paths in metrics */
    public PortfolioFacade(ApiServices services, String prefix) {
        this.router = new Router(prefix);
        this.market = new MarketReader(services);
        this.resolver = services.resolver();
        this.clock = services.clock();
        this.maxBatch = services.config().maxBatch();
        this.maxCandles = services.config().maxCandles();
        this.reader =
                new DailyReader(market, clock, maxCandles, services.config().maxStreamedCandles());
        router.get("/daily/{provider}/{symbol}", this::daily);
        router.get("/latest/{provider}/{symbol}", this::latestOfOne);
        router.get("/latest", this::latest);
    }

    @Override
    public Router router() {
        return router;
    }

    private Response daily(Request request) throws RequestRejected {
        var parameters = Parameters.of(
                request,
                QueryExecutor.parametersAnd(
                        "from", "to", "limit", "currency", "rates", "digits", "format", "commodity"));
        PriceFormat format = PriceFormat.of(parameters);
        Listed listed = listed(request);
        var range = parameters.range();
        Instant from = range.from();
        if (from != null && from.isAfter(clock.instant())) {
            throw RequestRejected.invalid("from", from.toString(), "from is in the future");
        }
        int limit = parameters.integer("limit", Math.min(DEFAULT_DAYS, maxCandles), 1, maxCandles);
        Optional<String> commodity = commodity(parameters);
        Wanted wanted = wanted(parameters);
        Optional<Integer> digits = digits(parameters);
        Call call = market.call(request, TIMEOUT);
        PriceRows rows = RequestRejected.orReject(reader.closes(listed, from, range.to(), limit, wanted, call));
        return finished(format, List.of(rounded(rows, digits)), commodity, 0);
    }

    private Response latestOfOne(Request request) throws RequestRejected {
        var parameters = Parameters.of(
                request, QueryExecutor.parametersAnd("currency", "rates", "digits", "format", "commodity"));
        PriceFormat format = PriceFormat.of(parameters);
        Optional<String> commodity = commodity(parameters);
        Optional<Integer> digits = digits(parameters);
        Wanted wanted = wanted(parameters);
        Listed listed = listed(request);
        PriceRows rows = RequestRejected.orReject(reader.latest(listed, wanted, market.call(request, TIMEOUT)));
        return finished(format, List.of(rounded(rows, digits)), commodity, 0);
    }

    private Response latest(Request request) throws RequestRejected {
        var parameters = Parameters.withList(
                request, "symbols", QueryExecutor.parametersAnd("symbols", "currency", "rates", "digits", "format"));
        PriceFormat format = PriceFormat.of(parameters);
        List<String> symbols = SymbolList.of("symbols", parameters.all("symbols"), maxBatch);
        Optional<Integer> digits = digits(parameters);
        Wanted wanted = wanted(parameters);
        Call call = market.call(request, TIMEOUT);
        List<Outcome<PriceRows>> outcomes = market.each(
                symbols, call, symbol -> market.find(symbol).then(listed -> reader.latest(listed, wanted, call)));
        var rows = new ArrayList<PriceRows>();
        Failure failed = null;
        for (Outcome<PriceRows> outcome : outcomes) {
            switch (outcome) {
                case Outcome.Success<PriceRows>(PriceRows found) -> rows.add(rounded(found, digits));
                case Outcome.Failed<PriceRows>(Failure failure) -> failed = failed == null ? failure : failed;
            }
        }
        if (rows.isEmpty() && failed != null) {
            throw new RequestRejected(failed);
        }
        return finished(format, rows, Optional.empty(), symbols.size() - rows.size());
    }

    private static PriceRows rounded(PriceRows rows, Optional<Integer> digits) {
        return digits.map(rows::rounded).orElse(rows);
    }

    private static Response finished(PriceFormat format, List<PriceRows> rows, Optional<String> commodity, int failed) {
        return format.write(rows, commodity)
                .with("X-Mock", Boolean.toString(rows.stream().anyMatch(PriceRows::mock)))
                .with("X-Stale", Boolean.toString(rows.stream().anyMatch(PriceRows::stale)))
                .with("X-Failed", Integer.toString(failed))
                .with("Cache-Control", "no-cache");
    }

    private Listed listed(Request request) throws RequestRejected {
        ProviderId provider = resolver.provider(request.variable("provider"));
        return new Listed(provider, resolver.instrument(provider, request.variable("symbol")));
    }

    private Wanted wanted(Parameters parameters) throws RequestRejected {
        Optional<String> currency = parameters.find("currency").map(code -> code.toUpperCase(Locale.ROOT));
        if (currency.isPresent() && !IdentifierText.CODE.isValid(currency.get())) {
            throw RequestRejected.invalid(
                    "currency", EchoedText.of(currency.get()), "the code of a currency, such as EUR");
        }
        return new Wanted(currency, resolver.provider(parameters.find("rates").orElse(ProviderId.AUTO.value())));
    }

    private static Optional<Integer> digits(Parameters parameters) throws RequestRejected {
        return parameters.find("digits").isEmpty()
                ? Optional.empty()
                : Optional.of(parameters.integer("digits", 0, 0, MOST_DIGITS));
    }

    private static Optional<String> commodity(Parameters parameters) throws RequestRejected {
        Optional<String> name = parameters.find("commodity");
        if (name.isPresent() && !PriceDirectives.isCommodity(name.get())) {
            throw RequestRejected.invalid(
                    "commodity",
                    EchoedText.of(name.get()),
                    "2 to 24 characters of A-Z 0-9 ' . _ -, a letter first, a letter or digit last");
        }
        return name;
    }
}
