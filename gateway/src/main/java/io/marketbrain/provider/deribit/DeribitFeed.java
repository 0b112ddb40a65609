package io.marketbrain.provider.deribit;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.CheckedText;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.FeedSignal.QuoteChange.Part;
import io.marketbrain.provider.feed.FeedTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deribit's public channels over JSON-RPC, https://docs.deribit.com/. A key is the name of a channel. Changes of an order book
 * name the change before them, and the trades of an instrument are numbered without holes.
 */
public final class DeribitFeed implements FeedAdapter {
    /** Documented: 3.3 subscriptions a second, 500 channels each. */
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://www.deribit.com/ws/api/v2",
            500,
            4,
            Duration.ofMillis(350),
            Duration.ofSeconds(20),
            Duration.ofDays(7),
            FeedTerms.BookStart.FEED);

    /** Channels a message: their names are its id as well. */
    private static final int BATCH = 10;
    /** The most levels that the REST API has; the channel has all. */
    private static final int DEPTH = 1_000;
    /** Without authentication, changes are sent at most ten times a second. */
    private static final String PACE = ".100ms";

    private static final Map<Interval, String> INTERVALS = Map.of(
            Interval.M1, "1",
            Interval.M3, "3",
            Interval.M5, "5",
            Interval.M15, "15",
            Interval.M30, "30",
            Interval.H1, "60",
            Interval.H2, "120",
            Interval.H6, "360",
            Interval.H12, "720",
            Interval.D1, "1D");

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    @Override
    public boolean carries(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Quotes _, StreamKind.Trades _ -> true;
            case StreamKind.Book(int depth) -> depth <= DEPTH;
            case StreamKind.Bars(Interval interval) -> INTERVALS.containsKey(interval);
            case StreamKind.News _ -> false;
        };
    }

    @Override
    public String key(FeedChannel channel) {
        return switch (channel.kind()) {
            case StreamKind.Quotes _ -> "ticker." + channel.symbol() + PACE;
            case StreamKind.Trades _ -> "trades." + channel.symbol() + PACE;
            case StreamKind.Book _ -> "book." + channel.symbol() + PACE;
            case StreamKind.Bars(Interval interval) ->
                "chart.trades." + channel.symbol() + "." + INTERVALS.get(interval);
            case StreamKind.News _ -> throw new IllegalArgumentException("no news");
        };
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return messages("public/subscribe", channels);
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return messages("public/unsubscribe", channels);
    }

    /** The id of a message is the list of its channels: the answer has those of them that exist, and repeats the id. */
    private List<String> messages(String method, List<FeedChannel> channels) {
        List<String> messages = new ArrayList<>();
        for (int from = 0; from < channels.size(); from += BATCH) {
            List<String> keys = channels.subList(from, Math.min(from + BATCH, channels.size())).stream()
                    .map(this::key)
                    .toList();
            messages.add("{\"jsonrpc\":\"2.0\",\"id\":\"" + String.join(" ", keys) + "\",\"method\":\"" + method
                    + "\",\"params\":{\"channels\":[\"" + String.join("\",\"", keys) + "\"]}}");
        }
        return messages;
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"public/test\",\"params\":{}}");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        if (json.find("params").isEmpty()) {
            return answer(json);
        }
        String channel = json.at("params").at("channel").text();
        JsonValue data = json.at("params").at("data");
        return switch (channel.substring(0, Math.max(0, channel.indexOf('.')))) {
            case "ticker" -> List.of(quote(channel, data));
            case "trades" -> trades(channel, data);
            case "book" -> List.of(book(channel, data));
            case "chart" -> List.of(bar(channel, data));
            default -> List.of(new FeedSignal.Alive());
        };
    }

    private static List<FeedSignal> answer(JsonValue json) throws MalformedPayload {
        String id = FeedJson.textOrEmpty(json, "id");
        if (json.find("error").isPresent()) {
            String reason = FeedJson.textOrEmpty(json.at("error"), "message");
            return List.of(new FeedSignal.Reconnect("the provider rejected a message: " + reason));
        }
        JsonValue result = json.at("result");
        if (!result.isArray() || !id.contains(".")) {
            return List.of(new FeedSignal.Alive());
        }
        Set<String> accepted = new HashSet<>();
        for (JsonValue channel : result.items()) {
            accepted.add(channel.text());
        }
        List<FeedSignal> signals = new ArrayList<>();
        for (String key : id.split(" ", -1)) {
            signals.add(
                    accepted.contains(key)
                            ? new FeedSignal.Accepted(key)
                            : new FeedSignal.Refused(key, "the provider has no channel " + key, true));
        }
        return signals;
    }

    /** Only the names of contracts that are settled in the base have no quote currency; their turnover is in dollars. */
    private static FeedSignal quote(String channel, JsonValue data) throws MalformedPayload {
        JsonValue stats = data.at("stats");
        var fields = new FeedSignal.QuoteFields(
                data.priceOrNull("last_price"),
                data.priceOrNull("best_bid_price"),
                data.amountOrNull("best_bid_amount"),
                data.priceOrNull("best_ask_price"),
                data.amountOrNull("best_ask_amount"),
                null,
                stats.priceOrNull("high"),
                stats.priceOrNull("low"),
                stats.amountOrNull("volume"),
                stats.amountOrNull(channel.contains("_") ? "volume_notional" : "volume_usd"),
                data.at("timestamp").epochMillis());
        return new FeedSignal.QuoteChange(channel, fields, Part.WHOLE);
    }

    private static List<FeedSignal> trades(String channel, JsonValue rows) throws MalformedPayload {
        List<FeedSignal> signals = new ArrayList<>();
        List<Trade> trades = new ArrayList<>();
        for (JsonValue row : rows.items()) {
            signals.add(new FeedSignal.Numbered(channel, row.at("trade_seq").integer()));
            trades.add(new Trade(
                    CheckedText.id(row.at("trade_id")),
                    row.at("timestamp").epochMillis(),
                    row.at("price").price(),
                    row.at("amount").size(),
                    "buy".equals(row.at("direction").text()) ? Side.BUY : Side.SELL));
        }
        signals.add(new FeedSignal.Prints(channel, trades, null, false));
        return signals;
    }

    private static FeedSignal book(String channel, JsonValue data) throws MalformedPayload {
        List<Level> bids = levels(data.at("bids"));
        List<Level> asks = levels(data.at("asks"));
        long number = data.at("change_id").integer();
        var time = data.at("timestamp").epochMillis();
        if ("snapshot".equals(data.at("type").text())) {
            return new FeedSignal.BookSnapshot(channel, bids, asks, number, null, time);
        }
        long previous = data.at("prev_change_id").integer();
        return new FeedSignal.BookChange(
                channel, bids, asks, previous, Math.max(previous, number - 1), number, null, time);
    }

    /** Rows {@code ["new" | "change" | "delete", price, size]}; a level that is deleted has the size zero. */
    private static List<Level> levels(JsonValue rows) throws MalformedPayload {
        List<Level> levels = new ArrayList<>();
        for (JsonValue row : rows.items()) {
            levels.add(new Level(row.at(1).price(), row.at(2).amount()));
        }
        return levels;
    }

    /** That a bar has closed is not said: it is fetched then. */
    private static FeedSignal bar(String channel, JsonValue data) throws MalformedPayload {
        return new FeedSignal.Bar(
                channel,
                new Candle(
                        data.at("tick").epochMillis(),
                        data.at("open").price(),
                        data.at("high").price(),
                        data.at("low").price(),
                        data.at("close").price(),
                        data.at("volume").amount(),
                        data.amountOrNull("cost"),
                        null,
                        false));
    }
}
