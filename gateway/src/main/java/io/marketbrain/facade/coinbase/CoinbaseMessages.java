package io.marketbrain.facade.coinbase;

import io.marketbrain.facade.BookChanges;
import io.marketbrain.facade.BookChanges.Row;
import io.marketbrain.facade.BookChanges.Sides;
import io.marketbrain.facade.ChannelMessages;
import io.marketbrain.facade.EventTexts;
import io.marketbrain.facade.NewTrades;
import io.marketbrain.facade.NewTrades.Print;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One channel of one product for one client: makes Coinbase's messages of our events. What is not known is null. Not thread-safe. */
final class CoinbaseMessages implements ChannelMessages {
    /** Programs take the side of a trade for the taker's unless it names both orders; these are not known. */
    private static final String NO_ORDER = "00000000-0000-0000-0000-000000000000";

    private final CoinbaseChannel channel;
    private final String product;
    private final NewTrades trades = new NewTrades();
    private final BookChanges book = new BookChanges();

    CoinbaseMessages(CoinbaseChannel channel, String product) {
        this.channel = channel;
        this.product = product;
    }

    CoinbaseChannel channel() {
        return channel;
    }

    String product() {
        return product;
    }

    @Override
    public List<byte[]> of(JsonValue data, boolean snapshot) throws MalformedPayload {
        return switch (channel) {
            case TICKER, TICKER_BATCH -> List.of(ticker(data));
            case MATCHES -> matches(data, snapshot && trades.isEmpty());
            case HEARTBEAT -> {
                trades.take(data);
                yield List.of();
            }
            case LEVEL2, LEVEL2_BATCH -> book(data);
        };
    }

    private byte[] ticker(JsonValue data) throws MalformedPayload {
        var values = new EventTexts(data);
        Instant at = EventTexts.time(data);
        return object("ticker", out -> {
            CoinbaseReply.nothing(out, "sequence");
            CoinbaseReply.text(out, "product_id", product);
            values.put(out, "price", "price").put(out, "open_24h", "open");
            values.put(out, "volume_24h", "volume");
            values.put(out, "low_24h", "low").put(out, "high_24h", "high");
            CoinbaseReply.nothing(out, "volume_30d");
            values.put(out, "best_bid", "bid").put(out, "best_bid_size", "bid_size");
            values.put(out, "best_ask", "ask").put(out, "best_ask_size", "ask_size");
            for (String unknown : List.of("side", "trade_id", "last_size")) {
                CoinbaseReply.nothing(out, unknown);
            }
            CoinbaseReply.time(out, "time", at);
        });
    }

    /** Of the trades before the beginning the last one. */
    private List<byte[]> matches(JsonValue data, boolean earlier) throws MalformedPayload {
        List<Print> prints = trades.take(data);
        if (earlier) {
            return prints.isEmpty() ? List.of() : List.of(match("last_match", prints.getLast()));
        }
        return prints.stream().map(print -> match("match", print)).toList();
    }

    /** The side is that of the order that was in the book. */
    private byte[] match(String type, Print trade) {
        return object(type, out -> {
            CoinbaseReply.id(out, "trade_id", trade.id());
            CoinbaseReply.text(out, "maker_order_id", NO_ORDER);
            CoinbaseReply.text(out, "taker_order_id", NO_ORDER);
            CoinbaseReply.text(
                    out,
                    "side",
                    trade.side()
                            .map(taker -> taker.equals("buy") ? "sell" : "buy")
                            .orElse(null));
            CoinbaseReply.text(out, "size", trade.size());
            CoinbaseReply.text(out, "price", trade.price());
            CoinbaseReply.text(out, "product_id", product);
            CoinbaseReply.nothing(out, "sequence");
            CoinbaseReply.time(out, "time", trade.time());
        });
    }

    private List<byte[]> book(JsonValue data) throws MalformedPayload {
        boolean first = !book.isStarted();
        Sides changes = book.take(data);
        Instant at = EventTexts.time(data);
        if (first) {
            return List.of(object("snapshot", out -> {
                CoinbaseReply.text(out, "product_id", product);
                levels(out, "asks", changes.asks());
                levels(out, "bids", changes.bids());
                CoinbaseReply.time(out, "time", at);
            }));
        }
        if (changes.isEmpty()) {
            return List.of();
        }
        return List.of(object("l2update", out -> {
            CoinbaseReply.text(out, "product_id", product);
            out.name("changes");
            out.startArray();
            changes.bids().forEach(row -> level(out, Optional.of("buy"), row));
            changes.asks().forEach(row -> level(out, Optional.of("sell"), row));
            out.endArray();
            CoinbaseReply.time(out, "time", at);
        }));
    }

    private static void levels(JsonOutput out, String name, List<Row> levels) {
        out.name(name);
        out.startArray();
        levels.forEach(row -> level(out, Optional.empty(), row));
        out.endArray();
    }

    private static void level(JsonOutput out, Optional<String> side, Row row) {
        out.startArray();
        side.ifPresent(out::text);
        out.text(row.price());
        out.text(row.size());
        out.endArray();
    }

    /** The heartbeat, where the channel is that of heartbeats. */
    List<byte[]> beat(Instant now) {
        List<byte[]> beats = new ArrayList<>();
        if (channel == CoinbaseChannel.HEARTBEAT) {
            beats.add(object("heartbeat", out -> {
                CoinbaseReply.nothing(out, "sequence");
                trades.findLastId()
                        .ifPresentOrElse(
                                id -> CoinbaseReply.id(out, "last_trade_id", id),
                                () -> CoinbaseReply.nothing(out, "last_trade_id"));
                CoinbaseReply.text(out, "product_id", product);
                CoinbaseReply.time(out, "time", now);
            }));
        }
        return beats;
    }

    private static byte[] object(String type, Consumer<JsonOutput> members) {
        return JsonOutput.object(out -> {
            CoinbaseReply.text(out, "type", type);
            members.accept(out);
        });
    }
}
