package io.marketbrain.pipeline.cache;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Attempt;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.NewsItem;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.price.QuoteDetails;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.model.price.SessionPrice;
import io.marketbrain.model.price.ShareRatio;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Generates answers of every kind with random optional fields, from a seed. */
public final class RandomResults {
    private final Random random;

    public RandomResults(long seed) {
        this.random = new Random(seed);
    }

    public QueryResult answer() {
        return new QueryResult(data(), provenance());
    }

    private MarketData data() {
        return switch (random.nextInt(6)) {
            case 0 ->
                new Quote(
                        listing(),
                        decimal(),
                        maybe(this::decimal),
                        maybe(this::decimal),
                        maybe(this::decimal),
                        maybe(this::decimal),
                        maybe(this::decimal),
                        maybe(this::decimal),
                        maybe(this::decimal),
                        maybe(this::decimal),
                        maybe(this::decimal),
                        maybe(this::instant),
                        details());
            case 1 ->
                new Candles(
                        listing(),
                        any(Interval.values()),
                        list(this::candle),
                        list(() -> new Gap(instant(), instant(), random.nextLong())),
                        maybe(this::instant),
                        maybe(() -> any(Adjustment.values())),
                        list(this::action));
            case 2 ->
                new OrderBook(
                        listing(), list(this::level), list(this::level), maybe(random::nextLong), maybe(this::instant));
            case 3 ->
                new Trades(
                        listing(),
                        list(() -> new Trade(text(), instant(), decimal(), decimal(), maybe(() -> any(Side.values())))),
                        maybe(this::instant));
            case 4 ->
                new Series(
                        text(),
                        text(),
                        maybe(this::text),
                        new SeriesDetails(maybe(this::decimal), maybe(this::text), maybe(this::text)),
                        maybe(() -> any(Adjustment.values())),
                        list(() -> new Observation(instant(), maybe(this::decimal), maybe(this::ratio))),
                        maybe(this::instant));
            default ->
                new NewsItems(
                        list(() -> new NewsItem(text(), instant(), text(), maybe(this::text), maybe(this::text))),
                        maybe(this::instant));
        };
    }

    private QuoteDetails details() {
        return random.nextInt(3) == 0
                ? QuoteDetails.NONE
                : new QuoteDetails(
                        maybe(() -> Duration.ofSeconds(random.nextInt(100_000))),
                        maybe(this::session),
                        maybe(this::session),
                        maybe(this::decimal),
                        maybe(this::decimal),
                        maybe(this::decimal),
                        maybe(this::instant),
                        maybe(this::decimal));
    }

    private SessionPrice session() {
        return new SessionPrice(decimal(), maybe(this::instant));
    }

    private CorporateAction action() {
        return random.nextBoolean()
                ? new CorporateAction.Dividend(instant(), decimal())
                : new CorporateAction.Split(instant(), decimal(), decimal());
    }

    private Provenance provenance() {
        return new Provenance(
                provider(),
                any(Mode.values()),
                maybe(this::text),
                instant(),
                any(Freshness.values()),
                list(() -> new QualityFlag(text(), text())),
                list(() -> new Attempt(
                        provider(), any(Mode.values()), text(), text(), Duration.ofNanos(random.nextLong(1L << 50)))));
    }

    private Listing listing() {
        var instrument = new Instrument(
                any(AssetType.values()),
                text(),
                text(),
                maybe(this::text),
                maybe(this::text),
                maybe(() -> LocalDate.ofEpochDay(random.nextInt(100_000))),
                maybe(this::text));
        return new Listing(instrument, text(), text(), text(), text());
    }

    private Candle candle() {
        return new Candle(
                instant(),
                decimal(),
                decimal(),
                decimal(),
                decimal(),
                maybe(this::decimal),
                maybe(this::decimal),
                maybe(random::nextLong),
                random.nextBoolean());
    }

    private Level level() {
        return new Level(decimal(), decimal());
    }

    private ProviderId provider() {
        return new ProviderId("p" + random.nextInt(1000));
    }

    private BigDecimal decimal() {
        return new BigDecimal(new BigInteger(random.nextInt(1, 100), random), random.nextInt(-8, 40))
                .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(-1L << 33, 1L << 33), random.nextInt(1_000_000_000));
    }

    private String text() {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(random.nextInt(8) == 0 ? 0x1F600 + random.nextInt(64) : ' ' + random.nextInt(700));
        }
        return text.toString();
    }

    private <T> T maybe(Supplier<T> maker) {
        return random.nextInt(3) == 0 ? null : maker.get();
    }

    private <T> List<T> list(Supplier<T> maker) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            list.add(maker.get());
        }
        return list;
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private ShareRatio ratio() {
        return new ShareRatio(decimal().abs().add(BigDecimal.ONE), BigDecimal.TEN);
    }
}
