package io.marketbrain.provider.okx;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.FeedTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OKX's bars, which have an address of their own,
 * https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-candlesticks-channel. The provider confirms that a bar has
 * closed. Volumes are in the base, also those of contracts, whose trades are counted in contracts.
 */
final class OkxCandleFeed implements FeedAdapter {
    /** Documented: 480 requests an hour and connection, closed after 30 seconds without a message. */
    private static final FeedTerms TERMS = new FeedTerms(
            "wss://ws.okx.com:8443/ws/v5/business",
            400,
            4,
            Duration.ofMillis(350),
            Duration.ofSeconds(20),
            Duration.ofDays(7),
            FeedTerms.BookStart.FEED);

    private static final int BATCH = 50;

    /** Bars of six hours and longer that begin at midnight in UTC, as in the REST API. */
    private static final Map<Interval, String> CHANNELS = Map.ofEntries(
            Map.entry(Interval.M1, "candle1m"),
            Map.entry(Interval.M3, "candle3m"),
            Map.entry(Interval.M5, "candle5m"),
            Map.entry(Interval.M15, "candle15m"),
            Map.entry(Interval.M30, "candle30m"),
            Map.entry(Interval.H1, "candle1H"),
            Map.entry(Interval.H2, "candle2H"),
            Map.entry(Interval.H4, "candle4H"),
            Map.entry(Interval.H6, "candle6Hutc"),
            Map.entry(Interval.H12, "candle12Hutc"),
            Map.entry(Interval.D1, "candle1Dutc"),
            Map.entry(Interval.W1, "candle1Wutc"),
            Map.entry(Interval.MO1, "candle1Mutc"));

    @Override
    public FeedTerms terms() {
        return TERMS;
    }

    @Override
    public boolean carries(FeedChannel channel) {
        return channel.kind() instanceof StreamKind.Bars(Interval interval) && CHANNELS.containsKey(interval);
    }

    @Override
    public String key(FeedChannel channel) {
        return OkxFeed.key(name(channel), channel.symbol());
    }

    private static String name(FeedChannel channel) {
        return channel.kind() instanceof StreamKind.Bars(Interval interval) ? CHANNELS.getOrDefault(interval, "") : "";
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return messages("subscribe", channels);
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return messages("unsubscribe", channels);
    }

    private static List<String> messages(String op, List<FeedChannel> channels) {
        List<String> args = channels.stream()
                .map(channel -> "{\"channel\":\"" + name(channel) + "\",\"instId\":\"" + channel.symbol() + "\"}")
                .toList();
        return FeedJson.batches(args, BATCH, "{\"op\":\"" + op + "\",\"args\":[", "]}");
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("ping");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        if ("pong".equals(message)) {
            return List.of(new FeedSignal.Alive());
        }
        JsonValue json = FeedJson.parse(message);
        if (json.find("event").isPresent()) {
            return List.of(OkxFeed.event(json));
        }
        String symbol = json.at("arg").at("instId").text();
        String key = OkxFeed.key(json.at("arg").at("channel").text(), symbol);
        boolean pair = symbol.indexOf('-') == symbol.lastIndexOf('-');
        List<FeedSignal> signals = new ArrayList<>();
        for (JsonValue row : json.at("data").items()) {
            signals.add(new FeedSignal.Bar(key, bar(row, pair)));
        }
        return signals;
    }

    /** The sixth value is the number of contracts, or the volume of a pair; the seventh is the other volume. */
    private static Candle bar(JsonValue row, boolean pair) throws MalformedPayload {
        return new Candle(
                row.at(0).epochMillis(),
                row.at(1).price(),
                row.at(2).price(),
                row.at(3).price(),
                row.at(4).price(),
                row.at(pair ? 5 : 6).amount(),
                row.at(7).amount(),
                null,
                row.at(8).integer() == 1);
    }
}
