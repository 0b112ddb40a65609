package io.marketbrain.pipeline.quality;

import static io.marketbrain.pipeline.quality.QualitySamples.BINANCE;
import static io.marketbrain.pipeline.quality.QualitySamples.CANDLES;
import static io.marketbrain.pipeline.quality.QualitySamples.LISTING;
import static io.marketbrain.pipeline.quality.QualitySamples.NOW;
import static io.marketbrain.pipeline.quality.QualitySamples.QUOTE;
import static io.marketbrain.pipeline.quality.QualitySamples.answer;
import static io.marketbrain.pipeline.quality.QualitySamples.call;
import static io.marketbrain.pipeline.quality.QualitySamples.candle;
import static io.marketbrain.pipeline.quality.QualitySamples.layer;
import static io.marketbrain.pipeline.quality.QualitySamples.levels;
import static io.marketbrain.pipeline.quality.QualitySamples.quote;
import static io.marketbrain.pipeline.quality.QualitySamples.screened;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderClock;
import io.marketbrain.pipeline.UntrustedAnswers;
import io.marketbrain.pipeline.normalisation.NormalisationLayer;
import io.marketbrain.pipeline.quality.ReferencePrices.ReferencePrice;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QualityLayerTest {
    private static List<String> flags(Outcome<QueryResult> outcome) {
        return ((Outcome.Success<QueryResult>) outcome)
                .value().provenance().flags().stream().map(QualityFlag::code).toList();
    }

    @Test
    void an_answer_without_findings_is_passed_on_as_the_same_object() {
        Outcome<QueryResult> good = Outcome.success(answer(quote("100", "99", "101", NOW), NOW));
        assertThat(layer().around((_, _) -> good).fetch(QUOTE, call())).isSameAs(good);
    }

    @Test
    void a_refused_answer_is_kept_in_the_failure_and_given_to_calls_that_accept_it() {
        Outcome<QueryResult> refused = screened(layer(), QUOTE, quote("100", "101", "99", Instant.EPOCH));
        var failure = (Failure.Untrusted) ((Outcome.Failed<QueryResult>) refused).failure();
        assertThat(failure.message())
                .isEqualTo("binance sent data that cannot be right: the quote is of 1970-01-01T00:00:00Z, before there"
                        + " was such data");
        assertThat(failure.toString()).doesNotContain("101");
        assertThat(UntrustedAnswers.accepted(refused, call())).isSameAs(refused);
        assertThat(flags(UntrustedAnswers.accepted(refused, call().allowingUntrusted())))
                .containsExactly("absurd_time", "crossed_quote");
        Outcome<QueryResult> both = Outcome.failed(new Failure.NoProviderAnswered(List.of(), failure.withoutAnswer()));
        assertThat(UntrustedAnswers.accepted(both, call().allowingUntrusted())).isSameAs(both);
    }

    @Test
    void the_actions_of_a_provider_replace_the_general_ones() {
        var config = new QualityConfig(
                Map.of(QualityCheck.CROSSED_QUOTE, QualityAction.REFUSE, QualityCheck.STALE_FEED, QualityAction.OFF),
                Map.of(),
                Map.of(
                        BINANCE,
                        new QualityConfig.Overrides(Map.of(QualityCheck.CROSSED_QUOTE, QualityAction.OFF), Map.of())));
        var layer = new QualityLayer(BINANCE, config, ReferencePrices.none(), new ProviderClock());
        assertThat(flags(screened(layer, QUOTE, quote("100", "101", "99", NOW.minus(Duration.ofDays(400))))))
                .isEmpty();
    }

    @Test
    void prices_are_compared_with_the_last_one_of_another_provider_unless_that_is_doubtful_itself() {
        var prices = new RecentPrices();
        var kraken = new QualityLayer(new ProviderId("kraken"), QualityConfig.defaults(), prices, new ProviderClock());
        assertThat(flags(screened(kraken, QUOTE, quote("102", "104", "103", NOW))))
                .containsExactly("crossed_quote");
        assertThat(flags(screened(comparing(prices), QUOTE, quote("51", "50", "52", NOW))))
                .isEmpty();
        assertThat(flags(screened(kraken, QUOTE, quote("102", "101", "103", NOW.minus(RecentPrices.MAX_AGE)))))
                .containsExactly("source_deviation");
        assertThat(flags(screened(comparing(prices), QUOTE, quote("51", "50", "52", NOW))))
                .containsExactly("source_deviation");
        assertThat(flags(screened(comparing(prices), QUOTE, quote("101", "100", "102", NOW))))
                .isEmpty();
    }

    @Test
    void a_refused_price_is_not_compared_with_others() {
        var prices = new RecentPrices();
        var refusing =
                new QualityConfig(Map.of(QualityCheck.SOURCE_DEVIATION, QualityAction.REFUSE), Map.of(), Map.of());
        var binance = new QualityLayer(BINANCE, refusing, prices, new ProviderClock());
        var kraken = new QualityLayer(new ProviderId("kraken"), refusing, prices, new ProviderClock());
        assertThat(flags(screened(binance, QUOTE, quote("100", "99", "101", NOW))))
                .isEmpty();
        assertThat(screened(kraken, QUOTE, quote("51", "50", "52", NOW))).isInstanceOf(Outcome.Failed.class);
        assertThat(flags(screened(binance, QUOTE, quote("100", "99", "101", NOW))))
                .isEmpty();
    }

    @Test
    void the_age_of_a_price_is_measured_by_its_providers_clock() {
        var prices = new RecentPrices();
        var behind = new ProviderClock();
        behind.set(NOW.minusSeconds(300), NOW);
        var kraken = new QualityLayer(new ProviderId("kraken"), QualityConfig.defaults(), prices, behind);
        assertThat(flags(screened(kraken, QUOTE, quote("102", "101", "103", NOW.minusSeconds(301)))))
                .isEmpty();
        assertThat(prices.findPrice(BINANCE, QUOTE.instrument(), NOW))
                .contains(new ReferencePrice(new ProviderId("kraken"), new BigDecimal("102"), NOW.minusSeconds(1)));
        assertThat(flags(screened(kraken, QUOTE, quote("102", "101", "103", NOW.minusSeconds(400)))))
                .isEmpty();
        assertThat(prices.findPrice(BINANCE, QUOTE.instrument(), NOW)).isEmpty();
    }

    /** A layer that knows no earlier prices of its own. */
    private static QualityLayer comparing(ReferencePrices prices) {
        return new QualityLayer(BINANCE, QualityConfig.defaults(), prices, new ProviderClock());
    }

    @Test
    void the_actions_of_a_kind_of_data_replace_the_general_ones_and_those_of_a_provider_replace_both() {
        var crossed = QualityCheck.CROSSED_QUOTE;
        var kinds = Map.of(
                Operation.QUOTE, Map.of(crossed, QualityAction.REFUSE),
                Operation.CANDLES, Map.of(crossed, QualityAction.OFF));
        var binance = new QualityConfig.Overrides(
                Map.of(crossed, QualityAction.FLAG), Map.of(Operation.BOOK, Map.of(crossed, QualityAction.REFUSE)));
        var config =
                new QualityConfig(Map.of(crossed, QualityAction.OFF), kinds, Map.of(new ProviderId("kraken"), binance));
        assertThat(config.of(BINANCE).of(Operation.QUOTE, crossed)).isEqualTo(QualityAction.REFUSE);
        assertThat(config.of(BINANCE).of(Operation.TRADES, crossed)).isEqualTo(QualityAction.OFF);
        var kraken = config.of(new ProviderId("kraken"));
        assertThat(kraken.of(Operation.QUOTE, crossed)).isEqualTo(QualityAction.FLAG);
        assertThat(kraken.of(Operation.BOOK, crossed)).isEqualTo(QualityAction.REFUSE);
        var layer = new QualityLayer(BINANCE, config, ReferencePrices.none(), new ProviderClock());
        assertThat(screened(layer, QUOTE, quote("100", "101", "99", NOW))).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void a_price_that_differs_from_another_provider_is_flagged_with_both() {
        ReferencePrices kraken = (_, _, _) ->
                Optional.of(new ReferencePrice(new ProviderId("kraken"), new BigDecimal("102"), NOW.minusSeconds(3)));
        var layer = new QualityLayer(BINANCE, QualityConfig.defaults(), kraken, new ProviderClock());
        assertThat(flags(screened(layer, QUOTE, quote("100", "99", "101", NOW))))
                .isEmpty();
        // Another layer, which knows no earlier price from which this one would be a jump.
        var fresh = new QualityLayer(BINANCE, QualityConfig.defaults(), kraken, new ProviderClock());
        Outcome<QueryResult> far = screened(fresh, QUOTE, quote("51", "50", "52", NOW));
        assertThat(flags(far)).containsExactly("source_deviation");
        assertThat(((Outcome.Success<QueryResult>) far)
                        .value()
                        .provenance()
                        .flags()
                        .getFirst()
                        .detail())
                .contains("50.0 % below that of kraken, 102");
    }

    private static Outcome<QueryResult> normalised(QualityLayer layer, Candle... candles) {
        MarketDataSource provider = (_, _) ->
                Outcome.success(answer(new Candles(LISTING, Interval.H1, List.of(candles), List.of(), null), NOW));
        return layer.around(new NormalisationLayer(InstantSource.fixed(NOW)).around(provider))
                .fetch(CANDLES, call());
    }

    @Test
    void a_price_of_zero_or_less_is_refused_in_every_kind_of_data() {
        assertImpossible(QUOTE, quote("-1", "99", "101", NOW), "the price is -1");
        assertImpossible(QUOTE, quote("100", "-99", "101", NOW), "the bid is -99");
        Candle candle = candle(NOW.minusSeconds(7200), "10", "12", "0.0", "11");
        assertImpossible(
                CANDLES,
                new Candles(LISTING, Interval.H1, List.of(candle), List.of(), null),
                "the low at " + candle.openTime() + " is 0.0");
        assertImpossible(
                new BookQuery(BINANCE, LISTING.instrument(), 5, null),
                new OrderBook(LISTING, levels("99x1"), levels("0x1", "101x1"), null, NOW),
                "an ask is 0");
        assertImpossible(
                new TradesQuery(BINANCE, LISTING.instrument(), 5, null),
                new Trades(LISTING, List.of(new Trade("1", NOW, new BigDecimal("-5"), BigDecimal.ONE, null)), NOW),
                "the price of the trade at " + NOW + " is -5");
    }

    private static void assertImpossible(MarketQuery query, MarketData data, String detail) {
        MarketDataSource source = layer().around(new NormalisationLayer(InstantSource.fixed(NOW))
                .around((_, _) -> Outcome.success(answer(data, NOW))));
        Outcome<QueryResult> refused = source.fetch(query, call());
        assertThat(refused).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed<QueryResult>) refused).failure().message()).contains(detail);
        assertThat(flags(UntrustedAnswers.accepted(refused, call().allowingUntrusted())))
                .contains("impossible_price");
    }

    @Test
    void oil_may_have_a_price_below_zero_and_a_refused_price_teaches_nothing() {
        Listing oil = QualitySamples.listing(AssetType.COMMODITY, "America/New_York");
        var query = new QuoteQuery(BINANCE, oil.instrument(), null);
        assertThat(flags(screened(layer(), query, quote(oil, "-37.63", "-38", "-37", NOW))))
                .isEmpty();
        QualityLayer layer = layer();
        for (int i = 0; i < 20; i++) {
            screened(layer, QUOTE, quote("100", "99", "101", NOW.plusSeconds(i)));
        }
        screened(layer, QUOTE, quote("-100", "99", "101", NOW.plusSeconds(20)));
        assertThat(flags(screened(layer, QUOTE, quote("10000", "9900", "10100", NOW.plusSeconds(21)))))
                .contains("suspected_factor");
    }

    private static Candle hour(int back, String close) {
        return candle(NOW.minusSeconds(3600L * back), "10", "20", "5", close);
    }

    @Test
    void candles_of_one_time_with_different_values_are_flagged_and_equal_ones_are_not() {
        assertThat(flags(normalised(layer(), hour(3, "10"), hour(2, "11"), hour(2, "11.0"), hour(1, "10"))))
                .isEmpty();
        Outcome<QueryResult> differing = normalised(
                layer(),
                hour(3, "10"),
                hour(2, "11"),
                candle(NOW.minusSeconds(7200), "9", "20", "5", "12"),
                hour(1, "10"));
        assertThat(flags(differing)).containsExactly("conflicting_bars");
        assertThat(((Outcome.Success<QueryResult>) differing)
                        .value()
                        .provenance()
                        .flags()
                        .getFirst()
                        .detail())
                .isEqualTo("there were two candles of " + hour(2, "11").openTime()
                        + ", with open 10 and 9, close 11 and 12; the later one is used");
        assertThat(((Candles) ((Outcome.Success<QueryResult>) differing).value().data()).candles())
                .hasSize(3);
    }

    @Test
    void candles_that_come_newest_first_are_not_flagged_and_those_in_no_order_are() {
        assertThat(flags(normalised(layer(), hour(1, "10"), hour(2, "11"), hour(3, "12"))))
                .isEmpty();
        assertThat(flags(normalised(layer(), hour(3, "12"), hour(1, "10"), hour(2, "11"))))
                .containsExactly("unordered_bars");
    }

    @Test
    void the_action_of_a_check_holds_for_what_was_found_while_merging_too() {
        var off = new QualityConfig(Map.of(QualityCheck.CONFLICTING_BARS, QualityAction.OFF), Map.of(), Map.of());
        var layer = new QualityLayer(BINANCE, off, ReferencePrices.none(), new ProviderClock());
        assertThat(flags(normalised(layer, hour(2, "11"), hour(2, "12"), hour(1, "10"))))
                .isEmpty();
    }

    @Test
    void a_provider_whose_clock_is_ahead_is_measured_by_its_own_clock() {
        var clock = new ProviderClock();
        clock.set(NOW.plus(Duration.ofHours(2)), NOW);
        var ahead = new QualityLayer(BINANCE, QualityConfig.defaults(), ReferencePrices.none(), clock);
        var quote = quote("100", "99", "101", NOW.plus(Duration.ofHours(2)));
        assertThat(flags(screened(ahead, QUOTE, quote))).isEmpty();
        assertThat(screened(layer(), QUOTE, quote)).isInstanceOf(Outcome.Failed.class);
        clock.set(NOW.plus(Duration.ofDays(400)), NOW);
        assertThat(clock.offset()).as("an impossible Date is ignored").isEqualTo(Duration.ofHours(2));
    }

    @Test
    void the_states_of_the_least_recently_used_instruments_are_dropped() {
        var states = new InstrumentStates(2);
        InstrumentState btc = states.of(Instrument.crypto("BTC", "USDT"));
        states.of(Instrument.crypto("ETH", "USDT"));
        assertThat(states.of(Instrument.crypto("BTC", "USDT"))).isSameAs(btc);
        states.of(Instrument.crypto("SOL", "USDT"));
        assertThat(states.size()).isEqualTo(2);
        assertThat(states.of(Instrument.crypto("BTC", "USDT"))).isSameAs(btc);
    }

    @Test
    void nothing_is_allocated_for_a_quote_in_which_nothing_is_found() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Outcome<QueryResult> good = Outcome.success(answer(quote("100", "99.99", "101.01", NOW), NOW));
        MarketDataSource source = layer().around((_, _) -> good);
        var call = call();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                source.fetch(QUOTE, call);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes for 1,000 quotes").isLessThan(1000);
    }

    @Test
    void an_instrument_retains_at_most_200_bytes_with_its_key() {
        byte[][] codes = new byte[InstrumentStates.MAX_INSTRUMENTS][];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = ("C" + i).getBytes(StandardCharsets.ISO_8859_1);
        }
        var bare = new InstrumentStates();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var warm = quote("100", "99", "101", NOW);
        bare.of(Instrument.crypto("WARM", "USDT")).screen(warm, NOW, Findings.NONE);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (byte[] code : codes) {
            bare.of(Instrument.crypto(new String(code, StandardCharsets.ISO_8859_1), "USDT"));
        }
        // All of what is allocated is retained, except the tables of 32 to 8,192 references that larger ones replaced.
        long retained = threads.getCurrentThreadAllocatedBytes() - before - 4L * (16_384 - 32);
        assertThat(retained / (double) codes.length).as("bytes an instrument").isLessThanOrEqualTo(200);
    }
}
