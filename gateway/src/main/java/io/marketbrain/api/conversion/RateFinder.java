package io.marketbrain.api.conversion;

import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.PriceUnit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rate of a pair at a provider: the current quote or, for a past instant, a quote of then, the last observation of
 * the pair's series, or the close of the last candle that was complete. A mock rate counts only between well-known or configured
 * assets, because the mock market has a price for any two codes, also those of shares.
 */
final class RateFinder implements ConversionPath.Rates {
    /** How far back the last rate before an instant may be: over weekends and holidays. */
    private static final Duration REACH = Duration.ofDays(10);

    private static final int MOST = 100;

    private final SymbolResolver resolver;
    private final QueryExecutor executor;
    private final ProviderId provider;
    private final @Nullable Instant at;
    private final Call call;

    RateFinder(SymbolResolver resolver, QueryExecutor executor, ProviderId provider, @Nullable Instant at, Call call) {
        this.resolver = resolver;
        this.executor = executor;
        this.provider = provider;
        this.at = at;
        this.call = call;
    }

    @Override
    public PairRate find(String base, String quote, boolean inverted) {
        return switch (resolver.findInstrument(provider, base + "/" + quote)) {
            case Outcome.Success<Instrument>(Instrument pair) -> find(pair, inverted);
            case Outcome.Failed<Instrument>(Failure failure) -> PairRate.of(failure);
        };
    }

    private PairRate find(Instrument pair, boolean inverted) {
        return switch (ask(pair)) {
            case Outcome.Success<QueryResult>(QueryResult answer) ->
                findRate(answer, pair, inverted)
                        .<PairRate>map(PairRate.Found::new)
                        .orElseGet(() -> without(answer, pair));
            case Outcome.Failed<QueryResult>(Failure failure) -> PairRate.of(failure);
        };
    }

    /** The first of the kinds of data that the provider has of the pair. */
    private Outcome<QueryResult> ask(Instrument pair) {
        Instant then = at;
        Outcome<QueryResult> quote = answer(new QuoteQuery(provider, pair, then));
        if (then == null || !isUnsupported(quote)) {
            return quote;
        }
        Instant earliest = then.minus(REACH);
        Outcome<QueryResult> series =
                answer(new SeriesQuery(provider, pair.base() + pair.quote(), earliest, then.plusSeconds(1), MOST));
        if (!isUnsupported(series)) {
            return series;
        }
        Instant hour = Interval.H1.floor(then);
        Outcome<QueryResult> hourly =
                answer(new CandlesQuery(provider, pair, Interval.H1, hour.minus(Duration.ofHours(MOST)), hour, MOST));
        return isUnsupported(hourly)
                ? answer(new CandlesQuery(provider, pair, Interval.D1, earliest, then, MOST))
                : hourly;
    }

    private Outcome<QueryResult> answer(MarketQuery query) {
        return executor.execute(query, call).outcome();
    }

    private static boolean isUnsupported(Outcome<QueryResult> outcome) {
        return outcome instanceof Outcome.Failed<QueryResult>(Failure failure)
                && failure instanceof Failure.Unsupported;
    }

    /** What an answer without a rate means: a mock market has none for what is not an asset. */
    private PairRate without(QueryResult answer, Instrument pair) {
        return at == null || ResponseJson.isMock(answer.provenance())
                ? new PairRate.Absent()
                : new PairRate.Missing(new Failure.Unsupported(
                        provider,
                        answer.provenance().provider() + " has no rate of " + pair + " in the " + REACH.toDays()
                                + " days before " + at));
    }

    private Optional<ConversionRate> findRate(QueryResult answer, Instrument pair, boolean inverted) {
        MarketData data = answer.data();
        Optional<ConversionRate> rate = switch (data) {
            case Quote quote ->
                Optional.of(new ConversionRate(
                        pair,
                        inverted,
                        PriceUnit.inCurrency(quote.price(), quote.listing().priceUnit()),
                        ConversionRate.Kind.QUOTE,
                        quote.asOf(),
                        answer.provenance()));
            case Series series -> lastOf(series).flatMap(observed -> rate(answer, pair, inverted, observed));
            case Candles candles ->
                lastOf(candles).map(candle -> {
                    Instant end = candles.interval().next(candle.openTime());
                    return new ConversionRate(
                            pair, inverted, candle.close(), ConversionRate.Kind.CANDLE, end, answer.provenance());
                });
            default -> Optional.empty();
        };
        boolean madeUp = ResponseJson.isMock(answer.provenance()) && !resolver.isKnownPair(pair);
        return madeUp ? Optional.empty() : rate.filter(one -> one.rate().signum() > 0);
    }

    private static Optional<ConversionRate> rate(
            QueryResult answer, Instrument pair, boolean inverted, Observation observed) {
        BigDecimal value = observed.value();
        return value == null
                ? Optional.empty()
                : Optional.of(new ConversionRate(
                        pair, inverted, value, ConversionRate.Kind.OBSERVATION, observed.time(), answer.provenance()));
    }

    /** The last value that is not after the instant. */
    private Optional<Observation> lastOf(Series series) {
        List<Observation> known = series.observations().stream()
                .filter(one -> one.value() != null && (at == null || !one.time().isAfter(at)))
                .toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(known.getLast());
    }

    /** The last candle that was complete at the instant. */
    private Optional<Candle> lastOf(Candles candles) {
        List<Candle> known = candles.candles().stream()
                .filter(one ->
                        at == null || !candles.interval().next(one.openTime()).isAfter(at))
                .toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(known.getLast());
    }
}
