package io.marketbrain.facade.coingecko;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.facade.coingecko.CoinIds.Coin;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The documents of CoinGecko's API. Prices are JSON numbers with all their digits; what is unknown is absent. Pure. */
final class CoinGeckoJson {
    private static final int PERCENT_PLACES = 6;

    private CoinGeckoJson() {}

    /** What a request wants besides prices. */
    record Extras(boolean volume, boolean change, boolean updated) {}

    /** Prices by coin and currency. */
    static byte[] simplePrices(Map<String, Map<String, Quote>> quotes, Extras extras) {
        return JsonDocument.object(json -> quotes.forEach((coin, byCurrency) -> json.child(coin, prices -> {
            byCurrency.forEach((currency, quote) -> write(prices, currency, quote, extras));
            if (extras.updated()) {
                findUpdate(byCurrency.values()).ifPresent(time -> prices.put("last_updated_at", time));
            }
        })));
    }

    private static Optional<Long> findUpdate(Collection<Quote> quotes) {
        Instant latest = Instant.MIN;
        for (Quote quote : quotes) {
            if (quote.asOf() != null && quote.asOf().isAfter(latest)) {
                latest = quote.asOf();
            }
        }
        return latest.equals(Instant.MIN) ? Optional.empty() : Optional.of(latest.getEpochSecond());
    }

    private static void write(JsonDocument json, String currency, Quote quote, Extras extras) {
        json.number(currency, quote.price());
        if (extras.volume() && quote.quoteVolume() != null) {
            json.number(currency + "_24h_vol", quote.quoteVolume());
        }
        BigDecimal open = quote.open();
        if (extras.change() && open != null && open.signum() > 0) {
            json.number(
                    currency + "_24h_change",
                    quote.price()
                            .subtract(open)
                            .movePointRight(2)
                            .divide(open, PERCENT_PLACES, RoundingMode.HALF_EVEN));
        }
    }

    /** A price or a volume at an instant. */
    private record Point(Instant time, BigDecimal value) {
        List<BigDecimal> row() {
            return List.of(BigDecimal.valueOf(time.toEpochMilli()), value);
        }
    }

    /** The price at the beginning of each candle, and the latest one. */
    static byte[] chart(Candles candles, Instant now) {
        var points = new ArrayList<Point>();
        candles.candles().forEach(candle -> points.add(new Point(candle.openTime(), candle.open())));
        if (!candles.candles().isEmpty()) {
            Candle last = candles.candles().getLast();
            Instant end = candles.interval().next(last.openTime());
            points.add(new Point(end.isBefore(now) ? end : now, last.close()));
        }
        var volumes = new ArrayList<Point>();
        for (Candle candle : candles.candles()) {
            if (candle.quoteVolume() != null) {
                volumes.add(new Point(candle.openTime(), candle.quoteVolume()));
            }
        }
        return JsonDocument.object(json -> json.numberRows("prices", points, Point::row)
                .numberRows("market_caps", List.<Point>of(), Point::row)
                .numberRows("total_volumes", volumes, Point::row));
    }

    static byte[] coins(List<Coin> coins) {
        return JsonDocument.array(coins, CoinGeckoJson::write);
    }

    static byte[] search(List<Coin> coins) {
        return JsonDocument.object(json -> json.objects("coins", coins, (item, coin) -> {
            write(item, coin);
            item.put("api_symbol", coin.id());
        }));
    }

    static byte[] coin(Coin coin) {
        return JsonDocument.object(json -> write(json, coin));
    }

    private static void write(JsonDocument json, Coin coin) {
        json.put("id", coin.id())
                .put("symbol", coin.code().toLowerCase(Locale.ROOT))
                .put("name", coin.name());
    }

    static byte[] error(String message) {
        return JsonDocument.object(json -> json.put("error", message));
    }
}
