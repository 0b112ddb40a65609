package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.ProviderClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Data for tests of the quality checks. */
final class QualitySamples {
    static final Instant NOW = Instant.parse("2026-03-04T18:00:00Z");
    static final ProviderId BINANCE = new ProviderId("binance");
    static final Instrument BTC = Instrument.crypto("BTC", "USDT");
    static final Listing LISTING = new Listing(BTC, "BTCUSDT", "Binance", "UTC", "USDT");
    static final QuoteQuery QUOTE = new QuoteQuery(BINANCE, BTC, null);
    static final CandlesQuery CANDLES = new CandlesQuery(BINANCE, BTC, Interval.H1, null, null, 100);

    private QualitySamples() {}

    static Listing listing(AssetType type, String zone) {
        return new Listing(new Instrument(type, "AAPL", "USD", null, null), "AAPL", "Nasdaq", zone, "USD");
    }

    static Quote quote(String price, String bid, String ask, Instant asOf) {
        return quote(LISTING, price, bid, ask, asOf);
    }

    static Quote quote(Listing listing, String price, String bid, String ask, Instant asOf) {
        return new Quote(
                listing,
                new BigDecimal(price),
                new BigDecimal(bid),
                null,
                new BigDecimal(ask),
                null,
                null,
                null,
                null,
                null,
                null,
                asOf);
    }

    static Candle candle(Instant openTime, String open, String high, String low, String close) {
        return new Candle(
                openTime,
                new BigDecimal(open),
                new BigDecimal(high),
                new BigDecimal(low),
                new BigDecimal(close),
                BigDecimal.ONE,
                null,
                null,
                true);
    }

    static List<Level> levels(String... pricesAndSizes) {
        return Arrays.stream(pricesAndSizes)
                .map(text -> text.split("x", -1))
                .map(parts -> new Level(new BigDecimal(parts[0]), new BigDecimal(parts[1])))
                .toList();
    }

    static QueryResult answer(MarketData data, Instant receivedAt) {
        return new QueryResult(
                data, new Provenance(BINANCE, Mode.LIVE, null, receivedAt, Freshness.FRESH, List.of(), List.of()));
    }

    static Call call() {
        return new Call(
                new CallId("test"),
                Caller.LOCAL,
                Priority.HIGH,
                Deadline.in(Duration.ofSeconds(20), System::nanoTime),
                false);
    }

    static QualityLayer layer() {
        return new QualityLayer(BINANCE, QualityConfig.defaults(), ReferencePrices.none(), new ProviderClock());
    }

    /** What the layer makes of data that is received at {@link #NOW}. */
    static Outcome<QueryResult> screened(QualityLayer layer, MarketQuery query, MarketData data) {
        return layer.around((_, _) -> Outcome.success(answer(data, NOW))).fetch(query, call());
    }

    static List<QualityCheck> checks(Findings findings) {
        return findings.list().stream().map(Findings.Finding::check).toList();
    }
}
