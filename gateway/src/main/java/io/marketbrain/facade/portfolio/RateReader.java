package io.marketbrain.facade.portfolio;

import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.facade.MarketReader;
import io.marketbrain.facade.portfolio.RateTable.Leg;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.PriceUnit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the rates from one currency to another: those of the pair, of the pair the other way round, or of two pairs with the
 * dollar between them. May block. Thread-safe.
 */
final class RateReader {
    private static final String BETWEEN = "USD";

    private final MarketReader market;

    RateReader(MarketReader market) {
        this.market = market;
    }

    /**
     * The rates; fails with what prevented the pair itself.
     *
     * @param provider whose rates they are
     * @param query asks for candles or the quote of a pair
     */
    Outcome<RateTable> read(
            ProviderId provider, String from, String to, Call call, Function<Listed, MarketQuery> query) {
        if (from.equals(to)) {
            return Outcome.success(RateTable.SAME);
        }
        Outcome<Leg> direct = leg(provider, from, to, call, query);
        if (direct instanceof Outcome.Success<Leg>(Leg found)) {
            return Outcome.success(new RateTable(List.of(found)));
        }
        boolean crossed = !from.equals(BETWEEN) && !to.equals(BETWEEN);
        if (crossed
                && leg(provider, from, BETWEEN, call, query) instanceof Outcome.Success<Leg>(Leg first)
                && leg(provider, BETWEEN, to, call, query) instanceof Outcome.Success<Leg>(Leg second)) {
            return Outcome.success(new RateTable(List.of(first, second)));
        }
        return direct.map(leg -> new RateTable(List.of(leg)));
    }

    private Outcome<Leg> leg(
            ProviderId provider, String from, String to, Call call, Function<Listed, MarketQuery> query) {
        Outcome<Leg> straight = pair(provider, from + "/" + to, false, call, query);
        if (straight instanceof Outcome.Success) {
            return straight;
        }
        Outcome<Leg> inverted = pair(provider, to + "/" + from, true, call, query);
        return inverted instanceof Outcome.Success ? inverted : straight;
    }

    private Outcome<Leg> pair(
            ProviderId provider, String pair, boolean inverted, Call call, Function<Listed, MarketQuery> query) {
        return market.fetch(provider + ":" + pair, call, query).then(answer -> {
            NavigableMap<LocalDate, BigDecimal> rates = rates(answer);
            return rates.isEmpty()
                    ? Outcome.failed(new Failure.UnknownInstrument(provider, pair))
                    : Outcome.success(new Leg(rates, inverted, answer.data() instanceof Quote, answer.provenance()));
        });
    }

    /** The rates by day. */
    private static NavigableMap<LocalDate, BigDecimal> rates(QueryResult answer) {
        var rates = new TreeMap<LocalDate, BigDecimal>();
        switch (answer.data()) {
            case Candles candles ->
                candles.candles().forEach(candle -> {
                    if (candle.close().signum() > 0) {
                        rates.put(candles.sessionDate(candle), candle.close());
                    }
                });
            case Quote quote -> {
                if (quote.price().signum() > 0) {
                    rates.put(
                            DailyReader.day(quote),
                            PriceUnit.inCurrency(quote.price(), quote.listing().priceUnit()));
                }
            }
            default -> {}
        }
        return rates;
    }
}
