package io.marketbrain.provider.mexc;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.FeedSignal.QuoteChange.Part;
import io.marketbrain.provider.feed.FeedTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MEXC's channels of spot pairs, https://www.mexc.com/api-docs/spot-v3/websocket-market-streams: protobuf messages as described in
 * https://github.com/mexcdevelop/websocket-proto, answers in JSON. Order books start with a request, whose {@code lastUpdateId}
 * the changes continue.
 */
public final class MexcFeed implements FeedAdapter {
    /** Documented: 30 channels a connection (a quote takes two), 24 hours, closed after a minute without a message. */
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://wbs-api.mexc.com/ws",
            15,
            10,
            Duration.ofMillis(100),
            Duration.ofSeconds(20),
            Duration.ofHours(23),
            FeedTerms.BookStart.REQUEST);

    private static final int BATCH = 10;
    /** The most levels that the 1000 requested ones keep filled. */
    private static final int DEPTH = 500;

    private static final String DEALS = "spot@public.aggre.deals.v3.api.pb@100ms@";
    private static final String DEPTHS = "spot@public.aggre.depth.v3.api.pb@100ms@";
    private static final String BOOK_TICKER = "spot@public.aggre.bookTicker.v3.api.pb@100ms@";
    private static final String MINI_TICKER = "spot@public.miniTicker.v3.api.pb@";
    private static final String DAY = "@UTC+0";

    private static final ProtobufMessage LEVEL =
            new ProtobufMessage().text(1, "price").text(2, "quantity");

    /** {@code PushDataV3ApiWrapper} with the bodies of the channels above. */
    private static final ProtobufMessage PUSH = new ProtobufMessage()
            .text(1, "channel")
            .number(5, "createTime")
            .number(6, "sendTime")
            .message(
                    309,
                    "miniTicker",
                    new ProtobufMessage()
                            .text(2, "price")
                            .text(5, "high")
                            .text(6, "low")
                            .text(7, "volume")
                            .text(8, "quantity"))
            .message(
                    313,
                    "depths",
                    new ProtobufMessage()
                            .messages(1, "asks", LEVEL)
                            .messages(2, "bids", LEVEL)
                            .text(4, "fromVersion")
                            .text(5, "toVersion"))
            .message(
                    314,
                    "deals",
                    new ProtobufMessage()
                            .messages(
                                    1,
                                    "deals",
                                    new ProtobufMessage()
                                            .text(1, "price")
                                            .text(2, "quantity")
                                            .number(3, "tradeType")
                                            .number(4, "time")
                                            .text(5, "tradeId")))
            .message(
                    315,
                    "bookTicker",
                    new ProtobufMessage()
                            .text(1, "bidPrice")
                            .text(2, "bidQuantity")
                            .text(3, "askPrice")
                            .text(4, "askQuantity"));

    /** The feeds of spot pairs and of swaps. */
    public static List<FeedAdapter> all() {
        return List.of(new MexcFeed(), new MexcSwapFeed());
    }

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    /** Bars are built from trades, because no message says that a bar has closed. */
    @Override
    public boolean carries(FeedChannel channel) {
        return channel.listing().instrument().settle() == null
                && switch (channel.kind()) {
                    case StreamKind.Quotes _, StreamKind.Trades _ -> true;
                    case StreamKind.Book(int depth) -> depth <= DEPTH;
                    case StreamKind.Bars _, StreamKind.News _ -> false;
                };
    }

    /** The key of a quote is the channel that has its price; bid and ask come from another one. */
    @Override
    public String key(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Quotes _ -> MINI_TICKER + channel.symbol() + DAY;
            case StreamKind.Trades _ -> DEALS + channel.symbol();
            case StreamKind.Book _ -> DEPTHS + channel.symbol();
            case StreamKind.Bars _, StreamKind.News _ ->
                throw new IllegalArgumentException("no " + channel.kind().wire());
        };
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return messages("SUBSCRIPTION", channels);
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return messages("UNSUBSCRIPTION", channels);
    }

    private List<String> messages(String method, List<FeedChannel> channels) {
        List<String> names = new ArrayList<>();
        for (FeedChannel channel : channels) {
            names.add('"' + key(channel) + '"');
            if (channel.kind() instanceof StreamKind.Quotes) {
                names.add('"' + BOOK_TICKER + channel.symbol() + '"');
            }
        }
        return FeedJson.batches(names, BATCH, "{\"id\":1,\"method\":\"" + method + "\",\"params\":[", "]}");
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("{\"method\":\"PING\"}");
    }

    @Override
    public String text(byte[] binary) throws MalformedPayload {
        return PUSH.json(binary);
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        if (json.find("channel").isEmpty()) {
            return answer(json);
        }
        String channel = json.at("channel").text();
        if (json.find("deals").isPresent()) {
            return List.of(MexcTrades.ofDeals(channel, json.at("deals").at("deals")));
        }
        Instant time = json.at(json.find("sendTime").isPresent() ? "sendTime" : "createTime")
                .epochMillis();
        if (json.find("depths").isPresent()) {
            return List.of(book(channel, json.at("depths"), time));
        }
        if (json.find("bookTicker").isPresent() && channel.startsWith(BOOK_TICKER)) {
            String symbol = channel.substring(BOOK_TICKER.length());
            return List.of(bidAndAsk(MINI_TICKER + symbol + DAY, json.at("bookTicker"), time));
        }
        return json.find("miniTicker").isPresent()
                ? List.of(price(channel, json.at("miniTicker"), time))
                : List.of(new FeedSignal.Alive());
    }

    /** A refusal names its channels between brackets: {@code Not Subscribed successfully! [a,b]. Reason: …}. */
    private static List<FeedSignal> answer(JsonValue json) throws MalformedPayload {
        String text = json.at("msg").text();
        int from = text.indexOf('[');
        int to = text.indexOf(']');
        boolean refused = text.startsWith("Not ");
        if (!refused && json.at("code").integer() == 0) {
            return List.of(new FeedSignal.Alive());
        }
        if (!refused || from < 0 || to < from) {
            return List.of(new FeedSignal.Reconnect("the provider rejected a message: " + text));
        }
        List<FeedSignal> signals = new ArrayList<>();
        for (String channel : text.substring(from + 1, to).split(",", -1)) {
            signals.add(new FeedSignal.Refused(channel.strip(), text, true));
        }
        return signals;
    }

    /** The price and the values of 24 hours; {@code volume} is in the quote, {@code quantity} in the base. */
    private static FeedSignal price(String key, JsonValue ticker, Instant time) throws MalformedPayload {
        var fields = new FeedSignal.QuoteFields(
                ticker.priceOrNull("price"),
                null,
                null,
                null,
                null,
                null,
                ticker.priceOrNull("high"),
                ticker.priceOrNull("low"),
                ticker.amountOrNull("quantity"),
                ticker.amountOrNull("volume"),
                time);
        return new FeedSignal.QuoteChange(key, fields, Part.CHANGES);
    }

    private static FeedSignal bidAndAsk(String key, JsonValue ticker, Instant time) throws MalformedPayload {
        var fields = new FeedSignal.QuoteFields(
                null,
                ticker.priceOrNull("bidPrice"),
                ticker.amountOrNull("bidQuantity"),
                ticker.priceOrNull("askPrice"),
                ticker.amountOrNull("askQuantity"),
                null,
                null,
                null,
                null,
                null,
                time);
        return new FeedSignal.QuoteChange(key, fields, Part.BID_AND_ASK);
    }

    private static FeedSignal book(String key, JsonValue depths, Instant time) throws MalformedPayload {
        long from = depths.at("fromVersion").integer();
        long to = depths.at("toVersion").integer();
        return new FeedSignal.BookChange(
                key, levels(depths.at("bids")), levels(depths.at("asks")), from - 1, to - 1, to, null, time);
    }

    private static List<Level> levels(JsonValue rows) throws MalformedPayload {
        List<Level> levels = new ArrayList<>();
        for (JsonValue row : rows.items()) {
            levels.add(new Level(row.at("price").price(), row.at("quantity").amount()));
        }
        return levels;
    }
}
