package io.marketbrain.pipeline.quality;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time and allocation of the quality layer for quotes in which nothing is found, of 1,000 instruments in turn. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@State(Scope.Thread)
public class QualityBenchmark {
    private static final int INSTRUMENTS = 1000;
    private static final ProviderId BINANCE = new ProviderId("binance");
    private static final Instant NOW = Instant.parse("2026-03-04T18:00:00Z");

    private int at;
    private final Call call = new Call(
            new CallId("bench"), Caller.LOCAL, Priority.HIGH, Deadline.in(Duration.ofDays(1), System::nanoTime), false);
    private final QuoteQuery[] queries = new QuoteQuery[INSTRUMENTS];
    private final Outcome<QueryResult>[] answers = answers();
    private final MarketDataSource layer = new QualityLayer(
                    BINANCE, QualityConfig.defaults(), ReferencePrices.NONE, new ProviderClock())
            .around((_, _) -> answers[at]);

    @SuppressWarnings("unchecked")
    private Outcome<QueryResult>[] answers() {
        var all = (Outcome<QueryResult>[]) new Outcome<?>[INSTRUMENTS];
        for (int i = 0; i < INSTRUMENTS; i++) {
            Instrument instrument = Instrument.crypto("C" + i, "USDT");
            queries[i] = new QuoteQuery(BINANCE, instrument, null);
            var listing = new Listing(instrument, instrument.base() + "USDT", "Binance", "UTC", "USDT");
            var price = new BigDecimal("67123.45000000");
            var ask = new BigDecimal("67123.46000000");
            var quote = new Quote(listing, price, price, ask, ask, ask, price, ask, price, ask, ask, NOW);
            var provenance = new Provenance(
                    BINANCE, io.marketbrain.model.Mode.LIVE, null, NOW, Freshness.FRESH, List.of(), List.of());
            all[i] = Outcome.success(new QueryResult(quote, provenance));
        }
        return all;
    }

    @Benchmark
    public Outcome<QueryResult> cleanQuote() {
        at = at + 1 == INSTRUMENTS ? 0 : at + 1;
        return layer.fetch(queries[at], call);
    }
}
