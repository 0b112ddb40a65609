package io.marketbrain.facade.binance;

import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.MarketData.Quote;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A quote with its figures over the last 24 hours, as Binance's REST API writes it. What is not known is null. */
record DayTicker(String symbol, Quote quote) {
    static final int PERCENT_PLACES = 3;
    private static final int AVERAGE_PLACES = 8;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Duration DAY = Duration.ofDays(1);

    void write(JsonOutput out) {
        BinanceJson.text(out, "symbol", symbol);
        BinanceJson.decimal(out, "priceChange", change());
        BinanceJson.decimal(out, "priceChangePercent", changePercent());
        BinanceJson.decimal(out, "weightedAvgPrice", average());
        BinanceJson.decimal(out, "prevClosePrice", null);
        BinanceJson.decimal(out, "lastPrice", quote.price());
        BinanceJson.decimal(out, "lastQty", null);
        BinanceJson.decimal(out, "bidPrice", quote.bid());
        BinanceJson.decimal(out, "bidQty", quote.bidSize());
        BinanceJson.decimal(out, "askPrice", quote.ask());
        BinanceJson.decimal(out, "askQty", quote.askSize());
        writeRange(out);
    }

    void writeMini(JsonOutput out) {
        BinanceJson.text(out, "symbol", symbol);
        BinanceJson.decimal(out, "lastPrice", quote.price());
        writeRange(out);
    }

    private void writeRange(JsonOutput out) {
        BinanceJson.decimal(out, "openPrice", quote.open());
        BinanceJson.decimal(out, "highPrice", quote.high());
        BinanceJson.decimal(out, "lowPrice", quote.low());
        BinanceJson.decimal(out, "volume", quote.volume());
        BinanceJson.decimal(out, "quoteVolume", quote.quoteVolume());
        BinanceJson.time(out, "openTime", openTime());
        BinanceJson.time(out, "closeTime", quote.asOf());
        BinanceJson.number(out, "firstId", null);
        BinanceJson.number(out, "lastId", null);
        BinanceJson.number(out, "count", null);
    }

    @Nullable
    BigDecimal change() {
        BigDecimal open = quote.open();
        return open == null ? null : quote.price().subtract(open);
    }

    @Nullable
    BigDecimal changePercent() {
        BigDecimal open = quote.open();
        return open == null || open.signum() == 0
                ? null
                : quote.price().subtract(open).multiply(HUNDRED).divide(open, PERCENT_PLACES, RoundingMode.HALF_EVEN);
    }

    @Nullable
    BigDecimal average() {
        BigDecimal volume = quote.volume();
        BigDecimal turnover = quote.quoteVolume();
        return volume == null || turnover == null || volume.signum() == 0
                ? null
                : turnover.divide(volume, AVERAGE_PLACES, RoundingMode.HALF_EVEN);
    }

    @Nullable
    Instant openTime() {
        Instant close = quote.asOf();
        return close == null ? null : close.minus(DAY);
    }
}
