package io.marketbrain.pipeline.cache.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.marketbrain.api.rendering.RenderedResponse;
import io.marketbrain.model.Attempt;
import io.marketbrain.model.CacheStatus;
import io.marketbrain.model.CacheStatus.Forward;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.NewsItem;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.size.ObjectSize;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.Expiry;
import io.marketbrain.pipeline.cache.policy.NegativeEntry;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the cache counts is what it holds: the estimates against the real heap. */
@Tag("alone")
@Timeout(120)
class HeapSizeTest {
    /** How far an estimate may be from the heap, in percent. */
    private static final Percentage TOLERANCE = Percentage.withPercentage(20);

    private static final ProviderId BINANCE = new ProviderId("binance");
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final Random random = new Random(7);

    /** How long texts are, how many digits numbers have and how many records there are. */
    private record Shape(int text, int digits, int records) {}

    @ParameterizedTest(name = "{0}: texts of {1}, {2} digits, {3} records, {4} of them")
    @CsvSource({
        "quote, 5, 9, 1, 10000",
        "quote, 60, 40, 1, 10000",
        "candles, 5, 9, 1, 8000",
        "candles, 5, 9, 250, 60",
        "candles, 5, 60, 100, 60",
        "book, 5, 9, 5, 8000",
        "book, 5, 9, 1000, 40",
        "book, 5, 25, 500, 40",
        "trades, 12, 9, 500, 60",
        "trades, 1000000, 9, 9, 2",
        "trades, 300, 90, 100, 60",
        "series, 20, 5, 1, 10000",
        "series, 500, 19, 1000, 60",
        "news, 10, 5, 1, 8000",
        "news, 3000, 5, 50, 40",
        "symbols, 6, 5, 5000, 4",
        "symbols, 64, 5, 5000, 4",
    })
    void the_estimate_of_every_kind_of_data_is_what_it_takes(
            String kind, int text, int digits, int records, int count) {
        var shape = new Shape(text, digits, records);
        long[] estimated = {0};
        long held = HeapMeter.retained(() -> {
            List<MarketData> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                MarketData data = data(kind, shape);
                estimated[0] += HeapSize.estimate(data);
                all.add(data);
            }
            return all;
        });
        assertThat((double) estimated[0]).isCloseTo((double) held, TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"quote, 6, 9, 1, 6000", "book, 6, 9, 100, 200", "trades, 12, 9, 500, 40", "news, 800, 9, 20, 150"})
    void a_tier_counts_what_it_holds_with_keys_provenance_and_rendered_responses(
            String kind, int text, int digits, int records, int count) {
        var shape = new Shape(text, digits, records);
        var tiers = new LocalTier[1];
        long held = HeapMeter.retained(() -> {
            var tier = new LocalTier(count, 1L << 40, () -> 0);
            tiers[0] = tier;
            fill(tier, count, i -> {
                var answer = new QueryResult(data(kind, shape), provenance(i % 3));
                var entry = new CacheEntry(answer, expiry(), HeapSize.estimate(answer.data()));
                return entry;
            });
            return tier;
        });
        assertThat(tiers[0].entries()).isEqualTo(count);
        assertThat((double) tiers[0].bytes()).isCloseTo((double) held, TOLERANCE);
    }

    @Test
    void numbers_from_the_shared_tier_take_no_more_than_those_of_a_provider() {
        byte[] price = new ByteWriter().decimal(new BigDecimal("50123.45")).bytes();
        int count = 100_000;
        long held = HeapMeter.retained(() -> {
            List<BigDecimal> all = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                all.add(new ByteReader(price).decimal());
            }
            return all;
        });
        long estimated = count * (ObjectSize.REFERENCE + ObjectSize.decimal(new BigDecimal("50123.45")));
        assertThat((double) estimated).isCloseTo((double) held, TOLERANCE);
    }

    @Test
    void a_rendered_response_counts_from_when_it_is_kept() {
        var tier = new LocalTier(10, 1L << 40, () -> 0);
        var answer = new QueryResult(data("book", new Shape(6, 9, 1000)), provenance(0));
        var entry = new CacheEntry(answer, expiry(), HeapSize.estimate(answer.data()));
        tier.put(key(0), entry);
        long before = tier.bytes();
        RenderedResponse rendered = render(entry);
        assertThat(tier.bytes()).isCloseTo(before + rendered.open().length, within(400L));
    }

    @Test
    void rendered_responses_cannot_take_a_tier_beyond_its_bytes() {
        long most = 1 << 20;
        var tier = new LocalTier(1000, most, () -> 0);
        List<CacheEntry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // The data itself counts little, its rendering does.
            var answer = new QueryResult(data("news", new Shape(5_000, 9, 10)), provenance(0));
            var entry = new CacheEntry(answer, expiry(), 100);
            tier.put(key(i), entry);
            entries.add(entry);
        }
        assertThat(tier.entries()).isEqualTo(100);
        entries.forEach(HeapSizeTest::render);
        assertThat(tier.entries()).isLessThan(100);
        assertThat(tier.bytes()).isBetween(most / 2, most);
    }

    @Test
    void trades_with_ids_of_a_megabyte_do_not_stay_beyond_the_limit() {
        long most = 4 << 20;
        var tier = new LocalTier(1000, most, () -> 0);
        for (int i = 0; i < 12; i++) {
            var answer = new QueryResult(data("trades", new Shape(1_000_000, 9, 1)), provenance(0));
            tier.put(key(i), new CacheEntry(answer, expiry(), HeapSize.estimate(answer.data())));
        }
        tier.entries();
        assertThat(tier.bytes()).isBetween(most / 2, most);
    }

    @Test
    void cached_failures_count_with_their_messages() {
        int count = 4000;
        var tiers = new LocalTier[1];
        long held = HeapMeter.retained(() -> {
            var tier = new LocalTier(count, 1L << 40, () -> 0);
            tiers[0] = tier;
            for (int i = 0; i < count; i++) {
                tier.put(key(i), new NegativeEntry(new Failure.Faulty(BINANCE, text(2000)), HOUR, HOUR, 1));
            }
            return tier;
        });
        assertThat((double) tiers[0].bytes()).isCloseTo((double) held, TOLERANCE);
    }

    private static void fill(LocalTier tier, int count, IntFunction<CacheEntry> maker) {
        for (int i = 0; i < count; i++) {
            CacheEntry entry = maker.apply(i);
            MarketQuery query = entry.answer().data() instanceof MarketData.OfInstrument data
                    ? new QuoteQuery(BINANCE, data.listing().instrument(), null)
                    : new NewsQuery(BINANCE, "news " + i, 20);
            tier.put(
                    new CacheKey(
                            query instanceof QuoteQuery quote && entry.answer().data() instanceof OrderBook
                                    ? new BookQuery(BINANCE, quote.instrument(), i, null)
                                    : query,
                            "live",
                            false),
                    entry);
            render(entry);
        }
    }

    private static RenderedResponse render(CacheEntry entry) {
        return RenderedResponse.of(entry.served(CacheStatus.Tier.L1, Forward.NONE, true, false, 1));
    }

    private static CacheKey key(int number) {
        return new CacheKey(new QuoteQuery(BINANCE, Instrument.crypto("C" + number, "USDT"), null), "live", false);
    }

    private static Expiry expiry() {
        return new Expiry(0, 0, HOUR, HOUR, HOUR, HOUR, false);
    }

    private Provenance provenance(int flags) {
        List<QualityFlag> all = new ArrayList<>();
        for (int i = 0; i < flags; i++) {
            all.add(new QualityFlag("crossed_book", text(80)));
        }
        return new Provenance(
                BINANCE,
                Mode.LIVE,
                null,
                instant(),
                Freshness.FRESH,
                all,
                List.of(new Attempt(BINANCE, Mode.LIVE, "ok", "", Duration.ofNanos(random.nextInt(1 << 30)))));
    }

    private MarketData data(String kind, Shape s) {
        return switch (kind) {
            case "quote" ->
                new Quote(
                        listing(s),
                        decimal(s),
                        decimal(s),
                        decimal(s),
                        decimal(s),
                        decimal(s),
                        decimal(s),
                        decimal(s),
                        decimal(s),
                        decimal(s),
                        null,
                        instant());
            case "candles" ->
                new Candles(
                        listing(s),
                        Interval.M1,
                        list(s.records(), () -> candle(s)),
                        list(2, () -> new Gap(instant(), instant(), 5)),
                        instant());
            case "book" ->
                new OrderBook(
                        listing(s),
                        list(s.records(), () -> new Level(decimal(s), decimal(s))),
                        list(s.records(), () -> new Level(decimal(s), decimal(s))),
                        1L << 40,
                        instant());
            case "trades" ->
                new Trades(
                        listing(new Shape(6, 0, 0)),
                        list(s.records(), () -> new Trade(text(s.text()), instant(), decimal(s), decimal(s), Side.BUY)),
                        null);
            case "series" ->
                new Series(
                        text(s.text()),
                        text(s.text()),
                        text(s.text()),
                        list(s.records(), () -> new Observation(instant(), decimal(s))),
                        instant());
            case "news" ->
                new NewsItems(
                        list(
                                s.records(),
                                () -> new NewsItem(
                                        text(20),
                                        instant(),
                                        text(s.text()),
                                        random.nextBoolean() ? "\u20ac" + text(s.text()) : null,
                                        text(40))),
                        instant());
            case "symbols" ->
                new Symbols(list(
                        s.records(),
                        () -> new ListedSymbol(
                                text(s.text()), Instrument.crypto(text(s.text() / 2), text(s.text() / 2)))));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private Candle candle(Shape s) {
        return new Candle(
                instant(), decimal(s), decimal(s), decimal(s), decimal(s), decimal(s), decimal(s), 1L << 40, true);
    }

    private Listing listing(Shape s) {
        var instrument = Instrument.crypto(text(s.text()), text(s.text()));
        return new Listing(instrument, text(2 * s.text()), "Binance", "UTC", instrument.quote());
    }

    private BigDecimal decimal(Shape s) {
        int digits = random.nextInt(s.digits() / 2, s.digits()) + 1;
        BigInteger unscaled = BigInteger.TEN.pow(digits - 1).add(new BigInteger(digits, random));
        return new BigDecimal(new BigDecimal(unscaled, digits / 2).toPlainString());
    }

    private String text(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('A' + random.nextInt(26)));
        }
        return text.toString();
    }

    private Instant instant() {
        return Instant.ofEpochMilli(random.nextLong(1L << 41));
    }

    private static <T> List<T> list(int size, Supplier<T> maker) {
        List<T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(maker.get());
        }
        return list;
    }
}
