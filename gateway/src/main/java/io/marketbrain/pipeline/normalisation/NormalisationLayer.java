package io.marketbrain.pipeline.normalisation;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.calendar.ExchangeCalendar;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.pipeline.CandleCalendar;
import io.marketbrain.pipeline.CandleGaps;
import io.marketbrain.pipeline.CandleMerge;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataPolicy;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.UnknownHolidays;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * The layer that brings candles from any provider into one form: oldest first, one per opening time, within the
 * requested range, with the unfinished candle marked and, for markets whose hours are known, the gaps listed. Data of
 * another instrument is untrusted, and data of any kind that cannot be an answer to the query is malformed. Thread-safe.
 */
public final class NormalisationLayer implements Layer {
    /** How late prices of securities may come. */
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private final InstantSource clock;

    public NormalisationLayer(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "normalisation";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> next.fetch(query, call)
                .map(answer -> answer.data() instanceof Candles candles && query instanceof CandlesQuery candlesQuery
                        ? normalised(answer, candles, candlesQuery)
                        : answer)
                .then(answer -> checked(query, answer));
    }

    private static Outcome<QueryResult> checked(MarketQuery query, QueryResult answer) {
        ProviderId provider = answer.provenance().provider();
        if (MarketDataPolicy.isOfAnotherSubject(query, answer.data())) {
            return Outcome.failed(new Failure.Untrusted(
                    provider, provider + " sent data of another instrument than " + query.subject(), null));
        }
        return MarketDataPolicy.findMalformation(query, answer.data())
                .map(fault -> Outcome.<QueryResult>failed(
                        new Failure.Malformed(provider, provider + " sent data that " + fault)))
                .orElseGet(() -> Outcome.success(answer));
    }

    private QueryResult normalised(QueryResult answer, Candles candles, CandlesQuery candlesQuery) {
        var now = clock.instant();
        var merge = new CandleMerge(candlesQuery.interval(), now);
        merge.add(candles.candles());
        var provenance = answer.provenance();
        boolean simulated = provenance.mode() == Mode.MOCK;
        Candles data = normalised(candles, candlesQuery, merge.byTime(), now, simulated);
        List<QualityFlag> flags = merge.flags(provenance.flags());
        return UnknownHolidays.flag(new QueryResult(data, provenance.withFlags(flags)), candlesQuery, now);
    }

    private static Candles normalised(
            Candles candles,
            CandlesQuery candlesQuery,
            NavigableMap<Instant, Candle> byTime,
            Instant now,
            boolean simulated) {
        if (candlesQuery.from() != null) {
            byTime.headMap(candlesQuery.from(), false).clear();
        }
        if (candlesQuery.to() != null) {
            byTime.tailMap(candlesQuery.to(), true).clear();
        }
        List<Candle> normalised = new ArrayList<>(byTime.size());
        for (Candle c : byTime.values()) {
            // The source knows the provider's clock and may have marked the candle as unfinished.
            boolean complete =
                    c.complete() && !candlesQuery.interval().next(c.openTime()).isAfter(now);
            normalised.add(new Candle(
                    c.openTime(),
                    c.open(),
                    c.high(),
                    c.low(),
                    c.close(),
                    c.volume(),
                    c.quoteVolume(),
                    c.trades(),
                    complete));
        }
        int excess = normalised.size() - candlesQuery.limit();
        if (excess > 0) {
            normalised = candlesQuery.from() == null
                    ? normalised.subList(excess, normalised.size())
                    : normalised.subList(0, candlesQuery.limit());
        }
        return candles.with(normalised, gaps(candles, candlesQuery, normalised, now, simulated))
                .withActions(actions(candles.actions(), candlesQuery, normalised));
    }

    /** Those in the time that the candles are about: a page is followed by others, and the oldest candle is the start if none was asked for. */
    private static List<CorporateAction> actions(
            List<CorporateAction> actions, CandlesQuery query, List<Candle> candles) {
        if (actions.isEmpty() || candles.isEmpty()) {
            return List.of();
        }
        Interval interval = query.interval();
        Instant from = query.from() == null ? interval.floor(candles.getFirst().openTime()) : query.from();
        boolean full = query.from() != null && candles.size() == query.limit();
        Instant to = query.to() == null ? Instant.MAX : query.to();
        return CorporateAction.merge(
                actions, List.of(), from, full ? interval.next(candles.getLast().openTime()) : to);
    }

    private static List<Gap> gaps(
            Candles sent, CandlesQuery query, List<Candle> candles, Instant now, boolean simulated) {
        Instrument instrument = sent.listing().instrument();
        return switch (instrument.type()) {
            case CRYPTO -> gaps(query, candles, now);
            case STOCK, ETF, INDEX, FX, COMMODITY, FUND, RATE, MACRO, NEWS ->
                CandleCalendar.find(sent, simulated)
                        .map(calendar -> CandleCalendar.isIntraday(query.interval())
                                ? missingBars(calendar, query, candles, now)
                                : missingSessions(calendar, query, candles, now))
                        .orElse(sent.gaps());
        };
    }

    /** The same part of the range as for crypto, of which only sessions that are over count. */
    private static List<Gap> missingSessions(
            ExchangeCalendar calendar, CandlesQuery query, List<Candle> candles, Instant now) {
        if (candles.isEmpty() && query.from() == null) {
            return List.of();
        }
        Instant from = query.from() == null ? candles.getFirst().openTime() : query.from();
        Instant to = query.to() == null || query.to().isAfter(now) ? now : query.to();
        boolean full = query.from() != null && candles.size() == query.limit();
        return SessionGaps.find(
                calendar, candles, from, full ? candles.getLast().openTime() : to, now);
    }

    /**
     * Missing candles of up to an hour. If the range reaches the present, it ends with the last candle: prices of securities
     * are often delayed, and old ones are flagged as stale.
     */
    private static List<Gap> missingBars(
            ExchangeCalendar calendar, CandlesQuery query, List<Candle> candles, Instant now) {
        boolean full = query.from() != null && candles.size() == query.limit();
        boolean past = query.to() != null && !query.to().plus(LONGEST_DELAY).isAfter(now) && !full;
        if (candles.isEmpty() && (query.from() == null || !past)) {
            return List.of();
        }
        Instant from = query.from() == null ? candles.getFirst().openTime() : query.from();
        Instant to = past && query.to() != null
                ? query.to()
                : query.interval().next(candles.getLast().openTime());
        return IntradayGaps.find(calendar, query.interval(), candles, from, to);
    }

    /**
     * What is missing in the part of the range that the result covers: up to the last candle if that is as many as
     * requested, else to the end, as far as it has passed.
     */
    private static List<Gap> gaps(CandlesQuery query, List<Candle> candles, Instant now) {
        Instant from = query.from();
        if (from == null) {
            if (candles.isEmpty()) {
                return List.of();
            }
            from = candles.getFirst().openTime();
        }
        Instant to;
        if (query.from() != null && candles.size() == query.limit()) {
            to = candles.getLast().openTime();
        } else {
            Instant passed = passed(query, candles, now);
            to = query.to() != null && query.to().isBefore(passed) ? query.to() : passed;
        }
        return CandleGaps.find(query.interval(), candles, from, to);
    }

    /** The end of the last period that is over: the provider's clock may be behind and still build an earlier candle. */
    private static Instant passed(CandlesQuery query, List<Candle> candles, Instant now) {
        Instant passed = query.interval().floor(now);
        if (!candles.isEmpty() && !candles.getLast().complete()) {
            Instant open = query.interval().floor(candles.getLast().openTime());
            return open.isBefore(passed) ? open : passed;
        }
        return passed;
    }
}
