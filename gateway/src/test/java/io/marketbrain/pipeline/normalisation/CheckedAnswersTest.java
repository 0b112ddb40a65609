package io.marketbrain.pipeline.normalisation;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.CacheSamples;
import io.marketbrain.pipeline.cache.ValidResults;
import io.marketbrain.provider.mock.MockConfig;
import io.marketbrain.provider.mock.MockProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a provider sends is checked against the query before it is cached. */
class CheckedAnswersTest {
    private static final Instant NOW = Instant.parse("2026-03-04T18:00:00Z");

    private final NormalisationLayer layer = new NormalisationLayer(InstantSource.fixed(NOW));

    private static Call call() {
        return new Call(
                new CallId("test"),
                Caller.LOCAL,
                Priority.HIGH,
                Deadline.in(Duration.ofSeconds(20), System::nanoTime),
                false);
    }

    @Test
    void data_about_another_instrument_is_untrusted() {
        QueryResult eth = CacheSamples.answer(CacheSamples.quoteOf("ETH", "1"));
        Outcome<QueryResult> outcome =
                layer.around((_, _) -> Outcome.success(eth)).fetch(ValidResults.QUOTE, call());
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        Failure failure = ((Outcome.Failed<QueryResult>) outcome).failure();
        assertThat(failure).isInstanceOf(Failure.Untrusted.class);
        assertThat(failure.message()).isEqualTo("binance sent data of another instrument than BTC/USDT");
    }

    @Test
    void every_kind_of_data_of_the_mock_market_passes() {
        var mock = new MockProvider(MockConfig.defaults(), InstantSource.fixed(NOW));
        var source = layer.around(mock.standIn(mock.descriptor()));
        List<MarketQuery> queries = new ArrayList<>();
        for (Instrument instrument : List.of(
                Instrument.crypto("BTC", "USD"),
                Instrument.crypto("SHIB", "USD"),
                new Instrument(AssetType.STOCK, "AAPL", "USD", null, null),
                new Instrument(AssetType.FX, "EUR", "USD", null, null),
                new Instrument(AssetType.COMMODITY, "XAU", "USD", null, null),
                new Instrument(AssetType.INDEX, "SPX", "USD", null, null))) {
            queries.add(new QuoteQuery(ProviderId.MOCK, instrument, null));
            queries.add(new QuoteQuery(ProviderId.MOCK, instrument, Instant.parse("1999-12-25T03:00:00Z")));
            queries.add(new BookQuery(ProviderId.MOCK, instrument, 1, null));
            queries.add(new BookQuery(ProviderId.MOCK, instrument, 1000, null));
            queries.add(new TradesQuery(ProviderId.MOCK, instrument, 500, null));
            for (Interval interval : Interval.values()) {
                queries.add(new CandlesQuery(ProviderId.MOCK, instrument, interval, null, null, 300));
                queries.add(new CandlesQuery(
                        ProviderId.MOCK,
                        instrument,
                        interval,
                        NOW.minus(interval.length().multipliedBy(20)),
                        NOW,
                        10));
            }
        }
        queries.add(new SeriesQuery(ProviderId.MOCK, "gdp", null, null, 50));
        queries.add(new SeriesQuery(ProviderId.MOCK, "straße", null, null, 5));
        queries.add(new NewsQuery(ProviderId.MOCK, "bitcoin", 20));
        for (MarketQuery query : queries) {
            assertThat(source.fetch(query, call())).as("%s", query).isInstanceOf(Outcome.Success.class);
        }
    }
}
