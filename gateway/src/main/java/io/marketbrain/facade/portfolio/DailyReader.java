package io.marketbrain.facade.portfolio;

import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.facade.MarketReader;
import io.marketbrain.model.Call;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.PriceUnit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads closes by day and latest prices, in the currency that is wanted. May block. Thread-safe. */
final class DailyReader {
    /** How far before a range rates are read, for days without a rate of their own. */
    private static final int RATES_BEFORE_DAYS = 10;

    private final MarketReader market;
    private final RateReader rates;
    private final InstantSource clock;
    private final int page;
    private final int most;

    /**
     * @param page the most candles in one query
     * @param most the most days of one response
     */
    DailyReader(MarketReader market, InstantSource clock, int page, int most) {
        this.market = market;
        this.rates = new RateReader(market);
        this.clock = clock;
        this.page = page;
        this.most = most;
    }

    /**
     * What is wanted of prices.
     *
     * @param currency the currency to convert to; empty for that of the instrument
     * @param rateProvider whose rates they are converted with
     */
    record Wanted(Optional<String> currency, ProviderId rateProvider) {}

    /**
     * The closes from {@code from} inclusive to {@code to} exclusive.
     *
     * @param from null for the last {@code limit} days
     */
    Outcome<PriceRows> closes(
            Listed listed, @Nullable Instant from, @Nullable Instant to, int limit, Wanted wanted, Call call) {
        int first = from == null ? Math.min(limit, page) : page;
        var query = new CandlesQuery(listed.provider(), listed.instrument(), Interval.D1, from, to, first);
        return pages(query, call).then(candles -> {
            Listing listing = candles.listing;
            String currency = PriceUnit.currencyOf(listing.priceUnit());
            String target = wanted.currency().orElse(currency);
            List<Candle> all = candles.candles;
            Instant start = all.isEmpty()
                    ? clock.instant()
                    : all.getFirst().openTime().minus(RATES_BEFORE_DAYS, ChronoUnit.DAYS);
            return rates.read(
                            wanted.rateProvider(),
                            currency,
                            target,
                            call,
                            pair -> new CandlesQuery(pair.provider(), pair.instrument(), Interval.D1, start, to, page))
                    .map(table -> rows(candles, target, table));
        });
    }

    /** The candles of all pages of a range. */
    private static final class Pages {
        private final Listing listing;
        private final List<Candle> candles = new ArrayList<>();
        private final List<Provenance> provenances = new ArrayList<>();
        private final Candles last;

        private Pages(Candles first) {
            this.listing = first.listing();
            this.last = first;
        }
    }

    private Outcome<Pages> pages(CandlesQuery first, Call call) {
        CandlesQuery query = first;
        Pages pages = null;
        while (true) {
            Outcome<QueryResult> outcome = market.fetch(query, call);
            if (outcome instanceof Outcome.Failed<QueryResult>(var failure)) {
                return Outcome.failed(failure);
            }
            QueryResult answer = ((Outcome.Success<QueryResult>) outcome).value();
            if (!(answer.data() instanceof Candles candles)) {
                throw new IllegalStateException("expected candles");
            }
            if (pages == null) {
                pages = new Pages(candles);
            }
            pages.candles.addAll(candles.candles());
            pages.provenances.add(answer.provenance());
            boolean full = query.from() != null && candles.candles().size() >= query.limit();
            if (!full || pages.candles.size() >= most) {
                return Outcome.success(pages);
            }
            query = query.in(candles.candles().getLast().openTime().plusMillis(1), query.to(), query.limit());
        }
    }

    private static PriceRows rows(Pages pages, String currency, RateTable table) {
        var closes = new ArrayList<DailyClose>();
        for (Candle candle : pages.candles) {
            LocalDate day = pages.last.sessionDate(candle);
            BigDecimal close = PriceUnit.inCurrency(candle.close(), pages.listing.priceUnit());
            table.convert(close, day)
                    .ifPresent(converted -> closes.add(new DailyClose(day, converted, candle.complete())));
        }
        var provenances = new ArrayList<>(pages.provenances);
        provenances.addAll(table.provenances());
        return new PriceRows(pages.listing.instrument(), currency, closes, provenances);
    }

    /** The latest price, as a row of one day that has not ended. */
    Outcome<PriceRows> latest(Listed listed, Wanted wanted, Call call) {
        return market.fetch(new QuoteQuery(listed.provider(), listed.instrument(), null), call)
                .then(answer -> latest(answer, wanted, call));
    }

    private Outcome<PriceRows> latest(QueryResult answer, Wanted wanted, Call call) {
        if (!(answer.data() instanceof Quote quote)) {
            throw new IllegalStateException("expected a quote");
        }
        String unit = quote.listing().priceUnit();
        String currency = PriceUnit.currencyOf(unit);
        String target = wanted.currency().orElse(currency);
        LocalDate day = quote.asOf() == null
                ? LocalDate.ofInstant(answer.provenance().receivedAt(), ZoneOffset.UTC)
                : day(quote);
        return rates.read(
                        wanted.rateProvider(),
                        currency,
                        target,
                        call,
                        pair -> new QuoteQuery(pair.provider(), pair.instrument(), null))
                .map(table -> {
                    BigDecimal price = PriceUnit.inCurrency(quote.price(), unit);
                    var provenances = new ArrayList<>(List.of(answer.provenance()));
                    provenances.addAll(table.provenances());
                    List<DailyClose> rows = table.convert(price, day)
                            .map(converted -> List.of(new DailyClose(day, converted, true)))
                            .orElse(List.of());
                    return new PriceRows(quote.listing().instrument(), target, rows, provenances);
                });
    }

    static LocalDate day(Quote quote) {
        return quote.asOf() == null
                ? LocalDate.EPOCH
                : quote.asOf().atZone(ZoneId.of(quote.listing().zone())).toLocalDate();
    }
}
