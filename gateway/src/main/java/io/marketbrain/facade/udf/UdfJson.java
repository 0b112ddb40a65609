package io.marketbrain.facade.udf;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QueryResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The documents of the data feed. Prices are JSON numbers with the digits of the decimals that they are; what is unknown is
 * absent or null, never zero. Pure.
 */
final class UdfJson {
    private static final int PERCENT_PLACES = 2;

    private UdfJson() {}

    /** Candles as columns. {@code source}, {@code mock} and {@code freshness} are additions, which charts ignore. */
    static byte[] history(Candles candles, Provenance provenance) {
        return JsonDocument.object(json -> {
            json.put("s", "ok")
                    .numbers("t", candles.candles(), candle -> BigDecimal.valueOf(seconds(candles, candle)))
                    .numbers("o", candles.candles(), Candle::open)
                    .numbers("h", candles.candles(), Candle::high)
                    .numbers("l", candles.candles(), Candle::low)
                    .numbers("c", candles.candles(), Candle::close)
                    .numbers("v", candles.candles(), Candle::volume);
            label(json, provenance);
        });
    }

    /** A range without candles; {@code nextTime} is when the last candle before it opened, null if there is none. */
    static byte[] noData(@Nullable Long nextTime) {
        return JsonDocument.object(json -> {
            json.put("s", "no_data");
            if (nextTime != null) {
                json.put("nextTime", nextTime.longValue());
            }
        });
    }

    static byte[] error(String message) {
        return JsonDocument.object(json -> json.put("s", "error").put("errmsg", message));
    }

    /** The time of a candle: of a day or more, midnight in UTC of the day at the exchange, as charts expect. */
    static long seconds(Candles candles, Candle candle) {
        Instant open = candle.openTime();
        return candles.interval().compareTo(Interval.D1) < 0
                ? open.getEpochSecond()
                : candles.sessionDate(candle).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    /** One symbol of a quotes response. */
    static void quote(JsonDocument json, String symbol, Outcome<QueryResult> outcome) {
        switch (outcome) {
            case Outcome.Success<QueryResult>(QueryResult answer)
            when answer.data() instanceof Quote quote ->
                json.put("s", "ok").put("n", symbol).child("v", values -> {
                    values(values, quote);
                    label(values, answer.provenance());
                });
            case Outcome.Success<QueryResult> _ ->
                json.put("s", "error").put("n", symbol).put("errmsg", "there is no quote");
            case Outcome.Failed<QueryResult>(Failure failure) ->
                json.put("s", "error").put("n", symbol).put("errmsg", failure.message());
        }
    }

    private static void values(JsonDocument json, Quote quote) {
        json.put("short_name", quote.listing().instrument().base())
                .put("exchange", quote.listing().exchange())
                .put("description", quote.listing().instrument().unified())
                .put("original_name", quote.listing().providerSymbol())
                .put("currency_code", quote.listing().priceUnit());
        known(json, "lp", quote.price());
        known(json, "bid", quote.bid());
        known(json, "ask", quote.ask());
        known(json, "open_price", quote.open());
        known(json, "high_price", quote.high());
        known(json, "low_price", quote.low());
        known(json, "volume", quote.volume());
        BigDecimal open = quote.open();
        if (open != null && open.signum() > 0) {
            BigDecimal change = quote.price().subtract(open);
            json.number("ch", change);
            json.number("chp", change.movePointRight(2).divide(open, PERCENT_PLACES, RoundingMode.HALF_EVEN));
        }
        if (quote.asOf() != null) {
            json.put("lp_time", quote.asOf().getEpochSecond());
        }
    }

    private static void known(JsonDocument json, String name, @Nullable BigDecimal value) {
        if (value != null) {
            json.number(name, value);
        }
    }

    private static void label(JsonDocument json, Provenance provenance) {
        json.put("source", provenance.source())
                .put("mock", ResponseJson.isMock(provenance))
                .put("freshness", provenance.freshness().wire());
        if (!provenance.flags().isEmpty()) {
            json.objects("quality", provenance.flags(), ResponseJson::writeFlag);
        }
    }
}
