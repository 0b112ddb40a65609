package io.marketbrain.facade.kraken;

import io.marketbrain.facade.BookChanges;
import io.marketbrain.facade.BookChanges.Row;
import io.marketbrain.facade.BookChanges.Sides;
import io.marketbrain.facade.ChannelMessages;
import io.marketbrain.facade.EventTexts;
import io.marketbrain.facade.NewTrades;
import io.marketbrain.facade.NewTrades.Print;
import io.marketbrain.facade.TradeIds;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.stream.StreamKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One channel of one pair for one client: makes Kraken's messages of our events, with decimals as numbers that keep their digits. What
 * is not known is null. Not thread-safe.
 */
final class KrakenMessages implements ChannelMessages {
    private static final int AVERAGE_PLACES = 8;
    private static final int PERCENT_PLACES = 2;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();
    private static final DateTimeFormatter NANOS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    private final KrakenSubscription subscription;
    private final String pair;
    private final NewTrades trades = new NewTrades();
    private final BookChanges book = new BookChanges();
    private boolean begun;

    KrakenMessages(KrakenSubscription subscription, String pair) {
        this.subscription = subscription;
        this.pair = pair;
    }

    /** A time as Kraken writes it. */
    static String time(Instant time) {
        return MICROS.format(time);
    }

    @Override
    public List<byte[]> of(JsonValue data, boolean snapshot) throws MalformedPayload {
        boolean first = !begun;
        begun = true;
        return switch (subscription.type()) {
            case TICKER -> first && !subscription.snapshot() ? List.of() : List.of(ticker(data, first));
            case BOOK -> book(data);
            case TRADE -> trades(data, first && snapshot);
            case OHLC -> first && !subscription.snapshot() ? List.of() : candles(data, first);
        };
    }

    private byte[] ticker(JsonValue data, boolean first) throws MalformedPayload {
        var values = new EventTexts(data);
        String at = time(EventTexts.time(data));
        return message(first, out -> {
            out.startObject();
            KrakenReply.text(out, "symbol", pair);
            values.putNumber(out, "bid", "bid").putNumber(out, "bid_qty", "bid_size");
            values.putNumber(out, "ask", "ask").putNumber(out, "ask_qty", "ask_size");
            values.putNumber(out, "last", "price").putNumber(out, "volume", "volume");
            number(out, "vwap", average(values));
            values.putNumber(out, "low", "low").putNumber(out, "high", "high");
            change(out, values);
            KrakenReply.text(out, "timestamp", at);
            out.endObject();
        });
    }

    /** The average price by volume, where the turnover is known. */
    private static @Nullable BigDecimal average(EventTexts values) {
        Optional<BigDecimal> volume = values.findDecimal("volume").filter(value -> value.signum() > 0);
        Optional<BigDecimal> turnover = values.findDecimal("quote_volume");
        return volume.isPresent() && turnover.isPresent()
                ? turnover.get().divide(volume.get(), AVERAGE_PLACES, RoundingMode.HALF_EVEN)
                : null;
    }

    private static void change(JsonOutput out, EventTexts values) {
        Optional<BigDecimal> open = values.findDecimal("open").filter(value -> value.signum() > 0);
        BigDecimal change = open.map(
                        first -> values.findDecimal("price").orElseThrow().subtract(first))
                .orElse(null);
        number(out, "change", change);
        number(
                out,
                "change_pct",
                change == null
                        ? null
                        : change.multiply(HUNDRED).divide(open.orElseThrow(), PERCENT_PLACES, RoundingMode.HALF_EVEN));
    }

    /** The first message has the whole book, each later one its changes. */
    private List<byte[]> book(JsonValue data) throws MalformedPayload {
        boolean first = !book.isStarted();
        Sides changes = book.take(data);
        if (changes.isEmpty() || (first && !subscription.snapshot())) {
            return List.of();
        }
        String at = time(EventTexts.time(data));
        long checksum = KrakenChecksum.of(book.book());
        return List.of(message(first, out -> {
            out.startObject();
            KrakenReply.text(out, "symbol", pair);
            levels(out, "bids", changes.bids());
            levels(out, "asks", changes.asks());
            out.name("checksum");
            out.number(checksum);
            KrakenReply.text(out, "timestamp", at);
            out.endObject();
        }));
    }

    private static void levels(JsonOutput out, String name, List<Row> levels) {
        out.name(name);
        out.startArray();
        for (Row level : levels) {
            out.startObject();
            out.name("price");
            out.number(level.price());
            out.name("qty");
            out.number(level.size());
            out.endObject();
        }
        out.endArray();
    }

    private List<byte[]> trades(JsonValue data, boolean earlier) throws MalformedPayload {
        List<Print> prints = trades.take(data);
        if (prints.isEmpty() || (earlier && !subscription.snapshot())) {
            return List.of();
        }
        return List.of(message(earlier, out -> prints.forEach(print -> trade(out, print))));
    }

    /** The type of the order that took it is not known. */
    private void trade(JsonOutput out, Print trade) {
        out.startObject();
        KrakenReply.text(out, "symbol", pair);
        KrakenReply.text(out, "side", trade.side().orElse(null));
        out.name("price");
        out.number(trade.price());
        out.name("qty");
        out.number(trade.size());
        KrakenReply.text(out, "ord_type", null);
        out.name("trade_id");
        TradeIds.write(out, trade.id());
        KrakenReply.text(out, "timestamp", time(trade.time()));
        out.endObject();
    }

    private List<byte[]> candles(JsonValue data, boolean first) throws MalformedPayload {
        List<JsonValue> bars = data.at("candles").items();
        if (bars.isEmpty()) {
            return List.of();
        }
        var out = new JsonOutput();
        head(out, first);
        for (JsonValue bar : bars) {
            candle(out, bar);
        }
        out.endArray();
        KrakenReply.text(out, "timestamp", NANOS.format(EventTexts.time(data)));
        out.endObject();
        return List.of(out.finish());
    }

    private void candle(JsonOutput out, JsonValue bar) throws MalformedPayload {
        var kind = (StreamKind.Bars) subscription.kind();
        var values = new EventTexts(bar);
        Instant open = Instant.parse(bar.at("open_time").text());
        Optional<JsonValue> trades = bar.find("trades").filter(value -> !value.isNull());
        out.startObject();
        KrakenReply.text(out, "symbol", pair);
        values.putNumber(out, "open", "open").putNumber(out, "high", "high");
        values.putNumber(out, "low", "low").putNumber(out, "close", "close");
        out.name("trades");
        if (trades.isPresent()) {
            out.number(trades.get().integer());
        } else {
            out.nothing();
        }
        values.putNumber(out, "volume", "volume");
        number(out, "vwap", average(values));
        KrakenReply.text(out, "interval_begin", NANOS.format(open));
        out.name("interval");
        out.number(KrakenSubscription.minutes(kind));
        KrakenReply.text(out, "timestamp", time(kind.interval().next(open)));
        out.endObject();
    }

    private byte[] message(boolean first, Consumer<JsonOutput> items) {
        var out = new JsonOutput();
        head(out, first);
        items.accept(out);
        out.endArray();
        out.endObject();
        return out.finish();
    }

    /** Begins a message, up to the items of its data. */
    private void head(JsonOutput out, boolean first) {
        out.startObject();
        KrakenReply.text(out, "channel", subscription.type().wire());
        KrakenReply.text(out, "type", first ? "snapshot" : "update");
        out.name("data");
        out.startArray();
    }

    private static void number(JsonOutput out, String name, @Nullable BigDecimal value) {
        out.name(name);
        if (value == null) {
            out.nothing();
        } else {
            out.number(value.toPlainString());
        }
    }
}
