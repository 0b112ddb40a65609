package io.marketbrain.facade.binance;

import io.marketbrain.facade.ChannelMessages;
import io.marketbrain.facade.EventTexts;
import io.marketbrain.facade.NewTrades;
import io.marketbrain.facade.NewTrades.Print;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.stream.StreamKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One stream of one client: makes Binance's messages of our events. Not thread-safe. */
final class StreamMessages implements ChannelMessages {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Duration DAY = Duration.ofDays(1);

    private final BinanceStreamName stream;
    private final DepthChanges changes;
    private final NewTrades trades = new NewTrades();

    StreamMessages(BinanceStreamName stream, RecentDepths depths) {
        this.stream = stream;
        this.changes = new DepthChanges(stream.symbol(), depths);
    }

    BinanceStreamName stream() {
        return stream;
    }

    @Override
    public List<byte[]> of(JsonValue data, boolean snapshot) throws MalformedPayload {
        return switch (stream.type()) {
            case TRADE, AGGREGATED_TRADE -> trades(data, snapshot);
            case KLINE -> klines(data, snapshot);
            case MINI_TICKER, TICKER -> List.of(ticker(data));
            case BOOK_TICKER -> List.of(bookTicker(data));
            case PARTIAL_DEPTH -> List.of(partialDepth(data));
            case DEPTH_CHANGES -> depthChanges(data);
        };
    }

    private List<byte[]> trades(JsonValue data, boolean snapshot) throws MalformedPayload {
        boolean first = snapshot && trades.isEmpty();
        List<Print> prints = trades.take(data);
        if (first) {
            return List.of();
        }
        long at = eventTime(data);
        return prints.stream().map(print -> trade(print, at)).toList();
    }

    private byte[] trade(Print trade, long at) {
        boolean aggregated = stream.type() == BinanceStreamName.Type.AGGREGATED_TRADE;
        return JsonOutput.object(out -> {
            head(out, aggregated ? "aggTrade" : "trade", at);
            BinanceJson.id(out, aggregated ? "a" : "t", trade.id());
            BinanceJson.text(out, "p", trade.price());
            BinanceJson.text(out, "q", trade.size());
            if (aggregated) {
                BinanceJson.id(out, "f", trade.id());
                BinanceJson.id(out, "l", trade.id());
            }
            BinanceJson.time(out, "T", trade.time());
            BinanceJson.flag(out, "m", trade.side().map("sell"::equals).orElse(null));
            BinanceJson.flag(out, "M", true);
        });
    }

    /** Of a snapshot the newest bar, which is open; of an update every bar that has changed. */
    private List<byte[]> klines(JsonValue data, boolean snapshot) throws MalformedPayload {
        List<JsonValue> bars = data.at("candles").items();
        List<byte[]> messages = new ArrayList<>();
        for (JsonValue bar : snapshot && !bars.isEmpty() ? List.of(bars.getLast()) : bars) {
            messages.add(kline(data, bar));
        }
        return messages;
    }

    private byte[] kline(JsonValue data, JsonValue bar) throws MalformedPayload {
        var interval = ((StreamKind.Bars) stream.kind()).interval();
        Instant open = Instant.parse(bar.at("open_time").text());
        boolean complete = bar.at("complete").bool();
        Optional<JsonValue> trades = known(bar, "trades");
        Long count = trades.isPresent() ? trades.get().integer() : null;
        var prices = new EventTexts(bar);
        long at = eventTime(data);
        return JsonOutput.object(out -> {
            head(out, "kline", at);
            out.name("k");
            out.startObject();
            BinanceJson.time(out, "t", open);
            BinanceJson.number(out, "T", interval.next(open).toEpochMilli() - 1);
            BinanceJson.text(out, "s", stream.symbol());
            BinanceJson.text(out, "i", interval.wire());
            BinanceJson.number(out, "f", null);
            BinanceJson.number(out, "L", null);
            prices.put(out, "o", "open")
                    .put(out, "c", "close")
                    .put(out, "h", "high")
                    .put(out, "l", "low");
            prices.put(out, "v", "volume");
            BinanceJson.number(out, "n", count);
            BinanceJson.flag(out, "x", complete);
            prices.put(out, "q", "quote_volume");
            BinanceJson.text(out, "V", null);
            BinanceJson.text(out, "Q", null);
            BinanceJson.text(out, "B", "0");
            out.endObject();
        });
    }

    private byte[] ticker(JsonValue data) throws MalformedPayload {
        boolean mini = stream.type() == BinanceStreamName.Type.MINI_TICKER;
        var values = new EventTexts(data);
        long at = eventTime(data);
        return JsonOutput.object(out -> {
            head(out, mini ? "24hrMiniTicker" : "24hrTicker", at);
            values.put(out, "c", "price")
                    .put(out, "o", "open")
                    .put(out, "h", "high")
                    .put(out, "l", "low");
            values.put(out, "v", "volume").put(out, "q", "quote_volume");
            if (!mini) {
                change(out, values);
                BinanceJson.text(out, "w", null);
                BinanceJson.text(out, "x", null);
                BinanceJson.text(out, "Q", null);
                values.put(out, "b", "bid")
                        .put(out, "B", "bid_size")
                        .put(out, "a", "ask")
                        .put(out, "A", "ask_size");
                BinanceJson.number(out, "O", at - DAY.toMillis());
                BinanceJson.number(out, "C", at);
                BinanceJson.number(out, "F", null);
                BinanceJson.number(out, "L", null);
                BinanceJson.number(out, "n", null);
            }
        });
    }

    private static void change(JsonOutput out, EventTexts values) {
        Optional<BigDecimal> open = values.findDecimal("open");
        Optional<BigDecimal> change =
                open.map(first -> new BigDecimal(values.find("price").orElseThrow()).subtract(first));
        BinanceJson.decimal(out, "p", change.orElse(null));
        BinanceJson.decimal(
                out,
                "P",
                open.filter(first -> first.signum() > 0)
                        .map(first -> change.orElseThrow()
                                .multiply(HUNDRED)
                                .divide(first, DayTicker.PERCENT_PLACES, RoundingMode.HALF_EVEN))
                        .orElse(null));
    }

    private byte[] bookTicker(JsonValue data) throws MalformedPayload {
        var values = new EventTexts(data);
        long at = eventTime(data);
        return JsonOutput.object(out -> {
            BinanceJson.number(out, "u", at);
            BinanceJson.text(out, "s", stream.symbol());
            values.put(out, "b", "bid")
                    .put(out, "B", "bid_size")
                    .put(out, "a", "ask")
                    .put(out, "A", "ask_size");
        });
    }

    private byte[] partialDepth(JsonValue data) throws MalformedPayload {
        var out = new JsonOutput();
        out.startObject();
        BinanceJson.number(out, "lastUpdateId", updateId(data));
        for (String side : List.of("bids", "asks")) {
            out.name(side);
            out.startArray();
            for (JsonValue row : data.at(side).items()) {
                out.startArray();
                out.text(row.at(0).text());
                out.text(row.at(1).text());
                out.endArray();
            }
            out.endArray();
        }
        out.endObject();
        return out.finish();
    }

    private List<byte[]> depthChanges(JsonValue data) throws MalformedPayload {
        long updateId = updateId(data);
        if (!changes.isNewer(updateId)) {
            return List.of();
        }
        var out = new JsonOutput();
        out.startObject();
        changes.write(out, eventTime(data), updateId, data);
        out.endObject();
        return List.of(out.finish());
    }

    /** The provider's number of a book; where it has none, its time, as in the REST API. */
    private static long updateId(JsonValue data) throws MalformedPayload {
        Optional<JsonValue> sequence = known(data, "sequence");
        return sequence.isPresent() ? sequence.get().integer() : eventTime(data);
    }

    private static long eventTime(JsonValue data) throws MalformedPayload {
        return EventTexts.time(data).toEpochMilli();
    }

    private void head(JsonOutput out, String event, long at) {
        BinanceJson.text(out, "e", event);
        BinanceJson.number(out, "E", at);
        BinanceJson.text(out, "s", stream.symbol());
    }

    private static Optional<JsonValue> known(JsonValue object, String name) throws MalformedPayload {
        return object.find(name).filter(value -> !value.isNull());
    }
}
