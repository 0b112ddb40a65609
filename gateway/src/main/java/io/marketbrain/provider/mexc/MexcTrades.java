package io.marketbrain.provider.mexc;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.provider.CheckedText;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedSignal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Trades of MEXC. Those without an id get one made of time, price and size, as in the REST API. Pure. */
final class MexcTrades {
    private static final int BUY = 1;

    private MexcTrades() {}

    /** Trades of a spot pair. */
    static FeedSignal ofDeals(String key, JsonValue rows) throws MalformedPayload {
        return read(key, rows.items(), "price", "quantity", "tradeType", "time", "tradeId");
    }

    /** Trades of a swap, whose sizes are numbers of contracts: one row, or an array of rows. */
    static FeedSignal ofContracts(String key, JsonValue data) throws MalformedPayload {
        return read(key, data.isArray() ? data.items() : List.of(data), "p", "v", "T", "t", "i");
    }

    private static FeedSignal read(
            String key, List<JsonValue> rows, String price, String size, String side, String time, String id)
            throws MalformedPayload {
        List<Trade> trades = new ArrayList<>();
        Map<String, Integer> repeated = new HashMap<>();
        for (JsonValue row : rows) {
            Instant at = row.at(time).epochMillis();
            BigDecimal priceOf = row.at(price).price();
            BigDecimal sizeOf = row.at(size).size();
            trades.add(new Trade(
                    FeedJson.textOrEmpty(row, id).isEmpty()
                            ? made(at, priceOf, sizeOf, repeated)
                            : CheckedText.id(row.at(id)),
                    at,
                    priceOf,
                    sizeOf,
                    row.at(side).integer() == BUY ? Side.BUY : Side.SELL));
        }
        return new FeedSignal.Prints(key, FeedJson.oldestFirst(trades), null, false);
    }

    /** Equal trades of one message are several trades. */
    private static String made(Instant time, BigDecimal price, BigDecimal size, Map<String, Integer> repeated) {
        String id = time.toEpochMilli() + "-" + price.toPlainString() + "-" + size.toPlainString();
        int times = repeated.merge(id, 1, Integer::sum);
        return times == 1 ? id : id + "-" + times;
    }
}
