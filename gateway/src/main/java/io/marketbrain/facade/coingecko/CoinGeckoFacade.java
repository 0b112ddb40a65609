package io.marketbrain.facade.coingecko;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.RouteGroup;
import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.api.routing.Router;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.MarketReader;
import io.marketbrain.facade.SymbolList;
import io.marketbrain.facade.coingecko.CoinIds.Coin;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * CoinGecko's prices and charts, from one provider or any. Unknown coins are absent, as at CoinGecko; a price that cannot be had is absent,
 * never zero, and if there is none at all the response is an error. Thread-safe.
 */
public final class CoinGeckoFacade implements RouteGroup {
    /** Below the 3 s after which Ghostfolio gives up. */
    private static final Duration TIMEOUT = Duration.ofMillis(2500);

    private static final String API = "/api/v3";
    private static final List<String> CURRENCIES =
            List.of("usd", "eur", "gbp", "jpy", "chf", "cad", "aud", "cny", "krw", "inr", "brl", "usdt", "btc", "eth");
    private static final int MOST_TEXT = 100;
    private static final int MOST_DAYS = 10_000;

    private final Router router;
    private final MarketReader market;
    private final ProviderId provider;
    private final CoinIds coins;
    private final InstantSource clock;
    private final int maxBatch;
    private final int maxCandles;

    /**
     * @param provider whose prices they are
     * @param coins the coins that there are
     * @param prefix what precedes the paths in metrics
     */
    public CoinGeckoFacade(ProviderId provider, CoinIds coins, ApiServices services, String prefix) {
        this.router = new Router(prefix);
        this.market = new MarketReader(services);
        this.provider = provider;
        this.coins = coins;
        this.clock = services.clock();
        this.maxBatch = services.config().maxBatch();
        this.maxCandles = services.config().maxCandles();
        router.get(
                API + "/ping",
                _ -> Response.json(JsonDocument.object(json -> json.put("gecko_says", "(V3) To the Moon!"))));
        router.get(API + "/simple/price", this::prices);
        router.get(API + "/simple/supported_vs_currencies", _ -> currencies());
        router.get(API + "/coins/list", _ -> Response.json(CoinGeckoJson.coins(coins.all())));
        router.get(API + "/search", this::search);
        router.get(API + "/coins/{symbol}", this::coin);
    }

    @Override
    public Router router() {
        return router;
    }

    private static Response currencies() {
        return Response.json(
                ('[' + "\"" + String.join("\",\"", CURRENCIES) + "\"]").getBytes(StandardCharsets.US_ASCII));
    }

    private Response search(Request request) throws RequestRejected {
        String text =
                Parameters.lenient(request).text("query", MOST_TEXT).strip().toLowerCase(Locale.ROOT);
        List<Coin> found = coins.all().stream()
                .filter(coin -> coin.id().contains(text)
                        || coin.name().toLowerCase(Locale.ROOT).contains(text)
                        || coin.code().equalsIgnoreCase(text))
                .toList();
        return Response.json(CoinGeckoJson.search(found));
    }

    /** A coin in a currency. */
    private record Pair(Coin coin, String currency) {}

    private Response prices(Request request) throws RequestRejected {
        var parameters = Parameters.lenient(request);
        List<Coin> asked = SymbolList.of("ids", parameters.all("ids"), maxBatch).stream()
                .map(coins::find)
                .flatMap(Optional::stream)
                .toList();
        List<String> currencies = SymbolList.of("vs_currencies", parameters.all("vs_currencies"), CURRENCIES.size());
        var pairs = new ArrayList<Pair>();
        asked.forEach(coin ->
                currencies.forEach(currency -> pairs.add(new Pair(coin, currency.toLowerCase(Locale.ROOT)))));
        if (pairs.size() > maxBatch) {
            throw RequestRejected.invalid(
                    "ids", Integer.toString(pairs.size()), "at most " + maxBatch + " prices in one request");
        }
        Call call = market.call(request, TIMEOUT);
        List<Outcome<QueryResult>> outcomes = market.quotes(
                pairs.stream().map(pair -> symbol(pair.coin(), pair.currency())).toList(), call);
        Map<String, Map<String, Quote>> quotes = new LinkedHashMap<>();
        var results = new ArrayList<QueryResult>();
        Failure failed = null;
        for (int i = 0; i < pairs.size(); i++) {
            switch (outcomes.get(i)) {
                case Outcome.Success<QueryResult>(QueryResult answer) -> {
                    if (answer.data() instanceof Quote quote) {
                        quotes.computeIfAbsent(pairs.get(i).coin().id(), _ -> new LinkedHashMap<>())
                                .put(pairs.get(i).currency(), quote);
                        results.add(answer);
                    }
                }
                case Outcome.Failed<QueryResult>(Failure failure) -> failed = failed == null ? failure : failed;
            }
        }
        if (results.isEmpty() && failed != null) {
            throw new RequestRejected(failed);
        }
        var extras = new CoinGeckoJson.Extras(
                parameters.flag("include_24hr_vol"),
                parameters.flag("include_24hr_change"),
                parameters.flag("include_last_updated_at"));
        return DataLabels.on(Response.json(CoinGeckoJson.simplePrices(quotes, extras)), results)
                .with("Cache-Control", "no-cache");
    }

    private String symbol(Coin coin, String currency) {
        return provider + ":" + coin.code() + "/" + currency.toUpperCase(Locale.ROOT);
    }

    /** {@code /coins/<id>}, {@code /coins/<id>/market_chart} and {@code /coins/<id>/market_chart/range}. */
    private Response coin(Request request) throws RequestRejected {
        String[] parts = request.variable("symbol").split("/", 2);
        Optional<Coin> coin = coins.find(parts[0]);
        if (coin.isEmpty()) {
            return Response.of(404, Response.JSON, CoinGeckoJson.error("coin not found"));
        }
        return switch (parts.length == 1 ? "" : parts[1]) {
            case "" -> Response.json(CoinGeckoJson.coin(coin.get()));
            case "market_chart" -> chart(request, coin.get());
            case "market_chart/range" -> range(request, coin.get());
            default -> unknown();
        };
    }

    private Response chart(Request request, Coin coin) throws RequestRejected {
        var parameters = Parameters.lenient(request);
        Instant now = clock.instant();
        boolean max = parameters.find("days").map("max"::equals).orElse(false);
        int days = max ? MOST_DAYS : parameters.integer("days", 1, 1, MOST_DAYS);
        boolean daily = parameters.find("interval").map("daily"::equals).orElse(false);
        return chart(request, coin, now.minus(Duration.ofDays(days)), now, daily);
    }

    private Response range(Request request, Coin coin) throws RequestRejected {
        var range = Parameters.lenient(request).range();
        if (range.from() == null || range.to() == null) {
            throw RequestRejected.invalid("from", "", "from and to, in seconds since 1970");
        }
        return chart(request, coin, range.from(), range.to(), false);
    }

    private Response chart(Request request, Coin coin, Instant from, Instant to, boolean daily) throws RequestRejected {
        String currency = Parameters.lenient(request).text("vs_currency", MOST_TEXT);
        if (currency.isEmpty()) {
            throw RequestRejected.invalid(
                    "vs_currency", EchoedText.of(currency), "the code of a currency, such as usd");
        }
        Interval interval = daily ? Interval.D1 : ChartIntervalPolicy.of(Duration.between(from, to));
        Listed listed = RequestRejected.orReject(market.find(symbol(coin, currency)));
        Call call = market.call(request, TIMEOUT);
        boolean fits = interval.bars(from, to) <= maxCandles;
        var query =
                new CandlesQuery(listed.provider(), listed.instrument(), interval, fits ? from : null, to, maxCandles);
        QueryResult answer = RequestRejected.orReject(market.fetch(query, call));
        if (!(answer.data() instanceof Candles candles)) {
            throw new IllegalStateException("expected candles");
        }
        return DataLabels.on(Response.json(CoinGeckoJson.chart(candles, clock.instant())), List.of(answer))
                .with("Cache-Control", "no-cache");
    }

    @Override
    public Response failed(Failure failure, CallId callId) {
        return ProblemResponses.withWait(
                failure,
                Response.of(ProblemResponses.status(failure), Response.JSON, CoinGeckoJson.error(failure.message())));
    }

    private static Response unknown() {
        return Response.of(
                404,
                Response.JSON,
                CoinGeckoJson.error("not served here: only /ping, /simple/price, /simple/supported_vs_currencies,"
                        + " /search, /coins/list, /coins/<id>, /coins/<id>/market_chart and .../range"));
    }

    @Override
    public Response unknownPath(RawRequest request, String asked, CallId callId) {
        return unknown();
    }

    @Override
    public Response wrongMethod(RawRequest request, String allow, CallId callId) {
        return Response.of(405, Response.JSON, CoinGeckoJson.error("use " + allow));
    }
}
