package io.marketbrain.provider.binancefutures;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedAdapter;
import io.marketbrain.provider.feed.FeedChannel;
import io.marketbrain.provider.feed.FeedJson;
import io.marketbrain.provider.feed.FeedSignal;
import io.marketbrain.provider.feed.FeedSignal.QuoteChange.Part;
import io.marketbrain.provider.feed.FeedTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Binance's streams of contracts, https://developers.binance.com/docs/derivatives/. A key is the name of a stream. Since April
 * 2026 the USD-M market has one address for order books and another for everything else. Order books start with a request; each
 * change names the last number of the change before it ({@code pu}).
 */
public final class BinanceFuturesFeed implements FeedAdapter {
    private enum Address {
        USD_BOOKS("wss://fstream.binance.com/public/stream"),
        USD_MARKET("wss://fstream.binance.com/market/stream"),
        /** Contracts that are settled in the base. */
        COIN("wss://dstream.binance.com/stream");

        private final String base;

        Address(String base) {
            this.base = base;
        }

        /** Documented: 200 streams a connection, 10 messages a second, 24 hours, pings every three minutes. */
        private FeedTerms terms() {
            return new FeedTerms(
                    base,
                    200,
                    4,
                    Duration.ofMillis(150),
                    Duration.ofSeconds(20),
                    Duration.ofHours(23),
                    FeedTerms.BookStart.REQUEST);
        }
    }

    /** How many streams one message names, so that it stays short. */
    private static final int BATCH = 50;
    /** The most levels of an order book that the 1000 requested ones keep filled. */
    private static final int DEPTH = 500;

    private static final String DATA = "data";

    private final Address address;
    private final FeedTerms terms;

    private BinanceFuturesFeed(Address address) {
        this.address = address;
        this.terms = address.terms();
    }

    /** The feeds of all addresses. */
    public static List<FeedAdapter> all() {
        return List.of(
                new BinanceFuturesFeed(Address.USD_BOOKS),
                new BinanceFuturesFeed(Address.USD_MARKET),
                new BinanceFuturesFeed(Address.COIN));
    }

    @Override
    public FeedTerms terms() {
        return terms;
    }

    @Override
    public boolean carries(FeedChannel channel) {
        Instrument instrument = channel.listing().instrument();
        String settle = instrument.settle();
        boolean coin = settle != null && settle.equals(instrument.base());
        boolean book = channel.kind() instanceof StreamKind.Book;
        Address needed = coin ? Address.COIN : book ? Address.USD_BOOKS : Address.USD_MARKET;
        return address == needed
                && switch (channel.kind()) {
                    case StreamKind.Quotes _, StreamKind.Trades _ -> true;
                    case StreamKind.Book(int depth) -> depth <= DEPTH;
                    case StreamKind.Bars(Interval interval) -> interval.compareTo(Interval.M1) >= 0;
                    case StreamKind.News _ -> false;
                };
    }

    @Override
    public String key(FeedChannel channel) {
        String symbol = channel.symbol().toLowerCase(Locale.ROOT);
        return switch (channel.kind()) {
            case StreamKind.Quotes _ -> symbol + "@ticker";
            case StreamKind.Trades _ -> symbol + "@aggTrade";
            case StreamKind.Book _ -> symbol + "@depth@100ms";
            case StreamKind.Bars(Interval interval) -> symbol + "@kline_" + interval.wire();
            case StreamKind.News _ -> throw new IllegalArgumentException("no news");
        };
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return messages("SUBSCRIBE", channels);
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return messages("UNSUBSCRIBE", channels);
    }

    private List<String> messages(String method, List<FeedChannel> channels) {
        List<String> streams =
                channels.stream().map(channel -> '"' + key(channel) + '"').toList();
        return FeedJson.batches(streams, BATCH, "{\"method\":\"" + method + "\",\"params\":[", "],\"id\":1}");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        JsonValue json = FeedJson.parse(message);
        if (json.find("stream").isPresent()) {
            return event(json.at("stream").text(), json.at(DATA));
        }
        if (json.find("result").isPresent()
                || (json.findMember("id").isPresent() && json.find("error").isEmpty())) {
            return List.of(new FeedSignal.Alive());
        }
        return List.of(new FeedSignal.Reconnect("the provider rejected a message: " + json));
    }

    private List<FeedSignal> event(String stream, JsonValue data) throws MalformedPayload {
        return switch (FeedJson.textOrEmpty(data, "e")) {
            case "24hrTicker" -> List.of(quote(stream, data));
            case "aggTrade" -> trade(stream, data);
            case "depthUpdate" -> List.of(book(stream, data));
            case "kline" -> List.of(bar(stream, data.at("k")));
            default -> List.of(new FeedSignal.Alive());
        };
    }

    /** The ticker has no bid and ask, like that of the REST API. */
    private FeedSignal quote(String stream, JsonValue data) throws MalformedPayload {
        var fields = new FeedSignal.QuoteFields(
                data.at("c").price(),
                null,
                null,
                null,
                null,
                data.priceOrNull("o"),
                data.priceOrNull("h"),
                data.priceOrNull("l"),
                volume(data),
                quoteVolume(data),
                data.at("C").epochMillis());
        return new FeedSignal.QuoteChange(stream, fields, Part.WHOLE);
    }

    /** Volumes are in the base: what is settled in the base has them where the others have those in the quote. */
    private BigDecimal volume(JsonValue data) throws MalformedPayload {
        return data.at(address == Address.COIN ? "q" : "v").amount();
    }

    private @Nullable BigDecimal quoteVolume(JsonValue data) throws MalformedPayload {
        return address == Address.COIN ? null : data.at("q").amount();
    }

    /**
     * The trades of one order at one price are one row. Rows are numbered without holes, but the REST API numbers trades, so
     * that a missing row is noticed and not fetched; the id is that of the last trade.
     */
    private static List<FeedSignal> trade(String stream, JsonValue data) throws MalformedPayload {
        var trade = new Trade(
                Long.toString(data.at("l").integer()),
                data.at("T").epochMillis(),
                data.at("p").price(),
                data.at("q").size(),
                data.at("m").bool() ? Side.SELL : Side.BUY);
        return List.of(
                new FeedSignal.Numbered(stream, data.at("a").integer()),
                new FeedSignal.Prints(stream, List.of(trade), null, false));
    }

    /** A change continues the one before it, and every book that is older than its own number and contains that one. */
    private static FeedSignal book(String stream, JsonValue data) throws MalformedPayload {
        long previous = data.at("pu").integer();
        long last = data.at("u").integer();
        return new FeedSignal.BookChange(
                stream,
                FeedJson.levels(data.at("b")),
                FeedJson.levels(data.at("a")),
                previous,
                Math.max(previous, last - 1),
                last,
                null,
                data.at("T").epochMillis());
    }

    private FeedSignal bar(String stream, JsonValue k) throws MalformedPayload {
        return new FeedSignal.Bar(
                stream,
                new Candle(
                        k.at("t").epochMillis(),
                        k.at("o").price(),
                        k.at("h").price(),
                        k.at("l").price(),
                        k.at("c").price(),
                        volume(k),
                        quoteVolume(k),
                        k.at("n").integer(),
                        k.at("x").bool()));
    }
}
