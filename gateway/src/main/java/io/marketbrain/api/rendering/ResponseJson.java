package io.marketbrain.api.rendering;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.price.PriceUnit;
import io.marketbrain.model.price.QuoteDetails;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.model.price.SessionPrice;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes market data as JSON: the documented fields, in snake_case. */
public final class ResponseJson {
    /** The {@code adjustment} of candles of what has neither splits nor dividends. */
    private static final String NOT_ADJUSTABLE = "not_applicable";

    private ResponseJson() {}

    /**
     * Writes the members of a result. {@code received_at} is excluded from the ETag because it does not describe the
     * payload.
     */
    public static void write(JsonDocument json, QueryResult answer) {
        Provenance provenance = answer.provenance();
        json.put("success", true);
        json.put("provider", provenance.provider().value());
        json.put("mock", isMock(provenance));
        json.put("mock_reason", provenance.mockReason());
        putMode(json, provenance);
        json.child("data", data -> writeData(data, answer.data(), provenance));
        json.objects(
                "attempts",
                provenance.attempts(),
                (item, attempt) -> item.put("provider", attempt.provider().value())
                        .put("mode", attempt.mode().wire())
                        .put("outcome", attempt.outcome()));
    }

    public static boolean isMock(Provenance provenance) {
        return provenance.mode() == Mode.MOCK;
    }

    /** Says that the data was replayed from a recording; answers of other kinds have no such member. */
    public static void putMode(JsonDocument json, Provenance provenance) {
        if (provenance.mode() == Mode.REPLAY) {
            json.put("mode", provenance.mode().wire());
        }
    }

    /** Writes the members of the {@code data} of an answer. */
    public static void writeData(JsonDocument json, MarketData data, Provenance provenance) {
        switch (data) {
            case Quote quote -> {
                writeListing(json, quote.listing());
                json.put("price", quote.price());
                json.child(
                        "current_price",
                        price -> price.put(
                                        "value",
                                        PriceUnit.inCurrency(
                                                quote.price(), quote.listing().priceUnit()))
                                .put("currency", quote.listing().instrument().quote()));
                json.put("bid", quote.bid());
                json.put("bid_size", quote.bidSize());
                json.put("ask", quote.ask());
                json.put("ask_size", quote.askSize());
                json.put("open", quote.open());
                json.put("high", quote.high());
                json.put("low", quote.low());
                json.put("volume", quote.volume());
                json.put("quote_volume", quote.quoteVolume());
                writeDetails(json, quote.details());
            }
            case Candles candles -> {
                writeListing(json, candles.listing());
                json.put("interval", candles.interval().wire());
                json.put("zone", candles.listing().zone());
                putAdjustment(json, candles);
                putDelay(json, candles.listing().delay());
                json.objects("candles", candles.candles(), (item, candle) -> writeCandle(item, candles, candle));
                json.objects("gaps", candles.gaps(), ResponseJson::writeGap);
                putActions(json, candles.actions());
            }
            case OrderBook book -> {
                writeListing(json, book.listing());
                putDelay(json, book.listing().delay());
                json.pairs("bids", rows(book.bids()));
                json.pairs("asks", rows(book.asks()));
                json.put("sequence", book.sequence());
            }
            case Trades trades -> {
                writeListing(json, trades.listing());
                putDelay(json, trades.listing().delay());
                json.objects(
                        "trades",
                        trades.trades(),
                        (item, trade) -> item.put("id", trade.id())
                                .put("time", trade.time())
                                .put("price", trade.price())
                                .put("size", trade.size())
                                .put(
                                        "side",
                                        trade.side() == null
                                                ? null
                                                : trade.side().name().toLowerCase(Locale.ROOT)));
            }
            case Series series -> {
                json.put("id", series.id()).put("title", series.title()).put("unit", series.unit());
                writeDetails(json, series.details());
                if (series.adjustment() != null) {
                    json.put("adjustment", series.adjustment().wire());
                }
                json.objects("observations", series.observations(), (item, observation) -> {
                    item.put("time", observation.time()).put("value", observation.value());
                    if (observation.ratio() != null) {
                        item.put("ratio", observation.ratio().text());
                    }
                });
            }
            case NewsItems news ->
                json.objects(
                        "items",
                        news.items(),
                        (item, story) -> item.put("id", story.id())
                                .put("published", story.published())
                                .put("title", story.title())
                                .put("summary", story.summary())
                                .put("url", story.url()));
            case Symbols _ -> throw new IllegalArgumentException("lists of symbols are not sent to callers");
        }
        json.put("source", provenance.source());
        json.put("as_of", data.asOf());
        json.untagged(when -> when.put("received_at", provenance.receivedAt()));
        json.put("freshness", provenance.freshness().wire());
        json.objects("quality", provenance.flags(), ResponseJson::writeFlag);
    }

    public static void writeFlag(JsonDocument json, QualityFlag flag) {
        json.put("code", flag.code()).put("detail", flag.detail());
    }

    /** Writes what a provider says about the values of a series; there is no member for what it does not say. */
    private static void writeDetails(JsonDocument json, SeriesDetails details) {
        putIfKnown(json, "unit_multiplier", details.unitMultiplier());
        if (details.frequency() != null) {
            json.put("frequency", details.frequency());
        }
        if (details.seasonalAdjustment() != null) {
            json.put("seasonal_adjustment", details.seasonalAdjustment());
        }
    }

    /** Writes what a quote has besides its price; there is no member for what it does not have. */
    private static void writeDetails(JsonDocument json, QuoteDetails details) {
        putDelay(json, details.delay());
        writeSession(json, "pre_market", details.preMarket());
        writeSession(json, "post_market", details.postMarket());
        putIfKnown(json, "mark_price", details.mark());
        putIfKnown(json, "index_price", details.index());
        putIfKnown(json, "funding_rate", details.fundingRate());
        if (details.nextFunding() != null) {
            json.put("next_funding", details.nextFunding());
        }
        putIfKnown(json, "open_interest", details.openInterest());
    }

    /** Says how much later than the market the data is published, if it is. */
    public static void putDelay(JsonDocument json, @Nullable Duration delay) {
        if (delay != null) {
            json.put("delayed", true);
            json.put("delay_seconds", delay.toSeconds());
        }
    }

    private static void writeSession(JsonDocument json, String name, @Nullable SessionPrice session) {
        if (session != null) {
            json.child(name, item -> item.put("price", session.price()).put("time", session.time()));
        }
    }

    private static void putIfKnown(JsonDocument json, String name, @Nullable BigDecimal value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    /** What the prices are adjusted for; empty where that is not known. */
    public static Optional<String> findAdjustment(Candles candles) {
        return candles.listing().instrument().type().isAdjustable()
                ? Optional.ofNullable(candles.adjustment()).map(Adjustment::wire)
                : Optional.of(NOT_ADJUSTABLE);
    }

    /** Says what the prices are adjusted for, where that is known. */
    public static void putAdjustment(JsonDocument json, Candles candles) {
        findAdjustment(candles).ifPresent(kind -> json.put("adjustment", kind));
    }

    /** Lists splits and dividends, if there are any. */
    public static void putActions(JsonDocument json, List<CorporateAction> actions) {
        if (!actions.isEmpty()) {
            json.objects("actions", actions, ResponseJson::writeAction);
        }
    }

    private static void writeAction(JsonDocument json, CorporateAction action) {
        switch (action) {
            case CorporateAction.Dividend dividend ->
                json.put("type", "dividend").put("time", dividend.time()).put("amount", dividend.amount());
            case CorporateAction.Split split ->
                json.put("type", "split")
                        .put("time", split.time())
                        .put("numerator", split.numerator())
                        .put("denominator", split.denominator());
        }
    }

    private static void writeListing(JsonDocument json, Listing listing) {
        Instrument instrument = listing.instrument();
        json.put("symbol", instrument.base());
        json.put("instrument", instrument.unified());
        json.put("provider_symbol", listing.providerSymbol());
        json.put("currency", instrument.quote());
        json.put("price_unit", listing.priceUnit());
        json.put("price_scale", PriceUnit.scale(listing.priceUnit()));
        json.put("asset_type", instrument.type().wire());
        json.put("exchange", listing.exchange());
    }

    public static void writeGap(JsonDocument json, Gap gap) {
        json.put("from", gap.from()).put("to", gap.to()).put("missing", gap.missing());
    }

    public static void writeCandle(JsonDocument json, Candles candles, Candle candle) {
        json.put("open_time", candle.openTime());
        if (candles.interval().isDaily()) {
            json.put("session_date", candles.sessionDate(candle).toString());
        }
        json.put("open", candle.open());
        json.put("high", candle.high());
        json.put("low", candle.low());
        json.put("close", candle.close());
        json.put("volume", candle.volume());
        json.put("quote_volume", candle.quoteVolume());
        json.put("trades", candle.trades());
        json.put("complete", candle.complete());
    }

    private static List<BigDecimal[]> rows(List<Level> levels) {
        return levels.stream()
                .map(level -> new BigDecimal[] {level.price(), level.size()})
                .toList();
    }
}
