package io.marketbrain.provider.kucoin;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RequestBody;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedAddress;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.FeedSignal.QuoteChange.Part;
import io.marketbrain.provider.feed.FeedTerms;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * KuCoin's public topics of spot pairs, https://www.kucoin.com/docs-new/websocket-api/base-info/introduction. The address of a
 * connection is requested first. The changes of an order book name the first and the last number that they contain and continue the
 * numbered book of a request. Contracts have another address and are not read; nor are candles: none is ever confirmed, so each
 * would cost a request.
 */
public final class KucoinFeed implements FeedAdapter {
    /** Documented: 400 topics a connection, of which a quote takes two; 100 messages in 10 seconds. */
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://ws-api-spot.kucoin.com/",
            150,
            4,
            Duration.ofMillis(110),
            Duration.ofSeconds(18),
            Duration.ofHours(23),
            FeedTerms.BookStart.REQUEST);

    /** The levels a side of a requested book. */
    private static final int REQUESTED = 100;
    /** More levels would soon be used up, because those beyond the requested ones are not known. */
    private static final int DEPTH = 50;

    private static final String QUOTES = "/market/ticker:";
    private static final String DAY = "/market/snapshot:";
    private static final String TRADES = "/market/match:";
    private static final String BOOK = "/market/level2:";

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    @Override
    public boolean carries(FeedChannel channel) {
        return channel.listing().instrument().settle() == null
                && switch (channel.kind()) {
                    case StreamKind.Quotes _, StreamKind.Trades _ -> true;
                    case StreamKind.Book(int depth) -> depth <= DEPTH;
                    case StreamKind.Bars _, StreamKind.News _ -> false;
                };
    }

    @Override
    public int requestedDepth() {
        return REQUESTED;
    }

    @Override
    public String key(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Quotes _ -> QUOTES + channel.symbol();
            case StreamKind.Trades _ -> TRADES + channel.symbol();
            case StreamKind.Book _ -> BOOK + channel.symbol();
            case StreamKind.Bars _, StreamKind.News _ ->
                throw new IllegalArgumentException("no " + channel.kind().wire());
        };
    }

    @Override
    public Optional<ProviderRequest> addressRequest() {
        return Optional.of(ProviderRequest.post("/api/v1/bullet-public", RequestBody.json(new LinkedHashMap<>())));
    }

    @Override
    public FeedAddress address(byte[] response) throws MalformedPayload {
        JsonValue json = FeedJson.parse(new String(response, StandardCharsets.UTF_8));
        JsonValue data = json.at("data");
        JsonValue server = data.at("instanceServers").at(0);
        return new FeedAddress(
                server.at("endpoint").text() + "?token="
                        + URLEncoder.encode(data.at("token").text(), StandardCharsets.UTF_8) + "&connectId=1",
                Duration.ofMillis(server.at("pingInterval").integer()));
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return messages("subscribe", channels);
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return messages("unsubscribe", channels);
    }

    /** The id of a message is its topic, so that an answer names it. */
    private List<String> messages(String type, List<FeedChannel> channels) {
        return channels.stream()
                .flatMap(this::topics)
                .map(topic -> "{\"id\":\"" + topic + "\",\"type\":\"" + type + "\",\"topic\":\"" + topic
                        + "\",\"privateChannel\":false,\"response\":true}")
                .toList();
    }

    /** A quote is the best bid and ask of one topic with the day's figures of another. */
    private Stream<String> topics(FeedChannel channel) {
        return channel.kind() instanceof StreamKind.Quotes
                ? Stream.of(key(channel), DAY + channel.symbol())
                : Stream.of(key(channel));
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("{\"id\":\"1\",\"type\":\"ping\"}");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        String type = json.at("type").text();
        if ("error".equals(type)) {
            return List.of(error(json));
        }
        if (!"message".equals(type)) {
            return List.of(new FeedSignal.Alive());
        }
        String topic = json.at("topic").text();
        JsonValue data = json.at("data");
        return List.of(
                switch (topic.substring(0, topic.indexOf(':') + 1)) {
                    case QUOTES -> quote(topic, data);
                    case DAY -> day(QUOTES + topic.substring(DAY.length()), data.at("data"));
                    case TRADES -> trade(topic, data);
                    case BOOK -> book(topic, data);
                    default -> new FeedSignal.Alive();
                });
    }

    private static FeedSignal error(JsonValue json) throws MalformedPayload {
        String topic = FeedJson.textOrEmpty(json, "id");
        String reason = FeedJson.textOrEmpty(json, "data");
        String key = topic.startsWith(DAY) ? QUOTES + topic.substring(DAY.length()) : topic;
        return key.startsWith("/market/")
                ? new FeedSignal.Refused(key, reason, true)
                : new FeedSignal.Reconnect("the provider refused a message: " + reason);
    }

    private static FeedSignal quote(String topic, JsonValue data) throws MalformedPayload {
        var fields = new FeedSignal.QuoteFields(
                data.at("price").price(),
                data.priceOrNull("bestBid"),
                data.amountOrNull("bestBidSize"),
                data.priceOrNull("bestAsk"),
                data.amountOrNull("bestAskSize"),
                null,
                null,
                null,
                null,
                null,
                data.at("time").epochMillis());
        return new FeedSignal.QuoteChange(topic, fields, Part.BID_AND_ASK);
    }

    private static FeedSignal day(String key, JsonValue data) throws MalformedPayload {
        BigDecimal last = data.priceOrNull("lastTradedPrice");
        BigDecimal open = last == null || data.find("changePrice").isEmpty()
                ? null
                : last.subtract(data.at("changePrice").decimal());
        var fields = new FeedSignal.QuoteFields(
                null,
                null,
                null,
                null,
                null,
                open,
                data.priceOrNull("high"),
                data.priceOrNull("low"),
                data.amountOrNull("vol"),
                data.amountOrNull("volValue"),
                null);
        return new FeedSignal.QuoteChange(key, fields, Part.CHANGES);
    }

    /** A trade is known by its sequence number, as in the REST API. */
    private static FeedSignal trade(String topic, JsonValue data) throws MalformedPayload {
        var trade = new Trade(
                data.at("sequence").text(),
                FeedJson.nanos(data.at("time")),
                data.at("price").price(),
                data.at("size").size(),
                FeedJson.side(data.at("side")));
        return new FeedSignal.Prints(topic, List.of(trade), null, false);
    }

    private static FeedSignal book(String topic, JsonValue data) throws MalformedPayload {
        long last = data.at("sequenceEnd").integer();
        JsonValue changes = data.at("changes");
        return new FeedSignal.BookChange(
                topic,
                levels(changes.at("bids")),
                levels(changes.at("asks")),
                data.at("sequenceStart").integer() - 1,
                last - 1,
                last,
                null,
                data.find("time").isPresent() ? data.at("time").epochMillis() : null);
    }

    /** A change at price zero only counts the sequence number on. */
    private static List<Level> levels(JsonValue rows) throws MalformedPayload {
        List<Level> levels = new ArrayList<>(FeedJson.levels(rows));
        levels.removeIf(level -> level.price().signum() == 0);
        return levels;
    }
}
