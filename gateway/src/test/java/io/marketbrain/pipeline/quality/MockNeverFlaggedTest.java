package io.marketbrain.pipeline.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.normalisation.NormalisationLayer;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.mock.MockConfig;
import io.marketbrain.provider.mock.MockProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The simulated market is what correct data looks like: no check finds anything in it. */
class MockNeverFlaggedTest {
    private static final List<String> COINS = List.of("BTC", "ETH", "SOL", "DOGE", "PEPE", "XRP", "WBTC", "USDC");
    private static final List<Interval> INTERVALS = List.of(Interval.values());
    private static final ProviderId BINANCE = new ProviderId("binance");

    private Instant now = Instant.parse("2024-02-21T15:04:05Z");

    @Test
    void no_check_finds_anything_in_the_mock_market_at_any_time_for_any_symbol() {
        var random = new SplittableRandom(14);
        var mock = new MockProvider(MockConfig.defaults(), () -> now);
        var descriptor = Descriptors.builtIn().stream()
                .filter(entry -> entry.id().equals(BINANCE))
                .findFirst()
                .orElseThrow()
                .descriptor()
                .get();
        var layer = QualitySamples.layer();
        MarketDataSource market = layer.around(new NormalisationLayer(() -> now).around(mock.standIn(descriptor)));
        for (int i = 0; i < 400; i++) {
            now = now.plus(
                    i % 20 == 0
                            ? Duration.ofSeconds(random.nextLong(30L * 86_400))
                            : Duration.ofMillis(random.nextLong(60_000)));
            Instrument coin = Instrument.crypto(COINS.get(random.nextInt(COINS.size())), "USDT");
            Interval interval = INTERVALS.get(random.nextInt(INTERVALS.size()));
            for (MarketQuery query : List.of(
                    new QuoteQuery(BINANCE, coin, null),
                    new BookQuery(BINANCE, coin, 1 + random.nextInt(100), null),
                    new TradesQuery(BINANCE, coin, 1 + random.nextInt(100), null),
                    new CandlesQuery(BINANCE, coin, interval, null, null, 1 + random.nextInt(200)))) {
                Outcome<QueryResult> outcome = market.fetch(query, QualitySamples.call());
                assertThat(outcome).as("%s at %s", query, now).isInstanceOf(Outcome.Success.class);
                assertThat(((Outcome.Success<QueryResult>) outcome)
                                .value()
                                .provenance()
                                .flags())
                        .as("%s at %s", query, now)
                        .isEmpty();
            }
        }
    }
}
