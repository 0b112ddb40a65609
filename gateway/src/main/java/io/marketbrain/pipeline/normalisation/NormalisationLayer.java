package io.marketbrain.pipeline.normalisation;

import io.marketbrain.model.Answer;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The layer that gives candles one form whoever sent them: oldest first, one a time, inside the range asked for, the
 * unfinished one marked, holes of a market that never closes listed. Thread-safe.
 */
public final class NormalisationLayer implements Layer {
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
                .map(answer -> answer.data() instanceof Candles candles && query instanceof CandlesQuery asked
                        ? new Answer(tidy(candles, asked), answer.provenance())
                        : answer);
    }

    private Candles tidy(Candles candles, CandlesQuery asked) {
        var byTime = new TreeMap<Instant, Candle>();
        for (Candle candle : candles.candles()) {
            boolean early = asked.from() != null && candle.openTime().isBefore(asked.from());
            boolean late = asked.to() != null && !candle.openTime().isBefore(asked.to());
            if (!early && !late) {
                byTime.put(candle.openTime(), candle);
            }
        }
        var now = clock.instant();
        List<Candle> tidy = new ArrayList<>(byTime.size());
        for (Candle c : byTime.values()) {
            boolean complete = !asked.interval().next(c.openTime()).isAfter(now);
            tidy.add(new Candle(
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
        int excess = tidy.size() - asked.limit();
        if (excess > 0) {
            tidy = asked.from() == null ? tidy.subList(excess, tidy.size()) : tidy.subList(0, asked.limit());
        }
        return new Candles(candles.listing(), candles.interval(), tidy, gaps(candles, tidy), candles.asOf());
    }

    private static List<Gap> gaps(Candles candles, List<Candle> tidy) {
        if (candles.listing().instrument().type() != AssetType.CRYPTO) {
            return candles.gaps();
        }
        List<Gap> gaps = new ArrayList<>();
        for (int i = 1; i < tidy.size(); i++) {
            var expected = candles.interval().next(tidy.get(i - 1).openTime());
            var found = tidy.get(i).openTime();
            if (expected.isBefore(found)) {
                long missing = 0;
                for (var at = expected;
                        at.isBefore(found);
                        at = candles.interval().next(at)) {
                    missing++;
                }
                gaps.add(new Gap(expected, found, missing));
            }
        }
        return gaps;
    }
}
