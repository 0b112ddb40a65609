package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.cache.tier.MarketDataCodec;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway's own feed, whose events a test sends, and the data in them. */
final class RelayedMarket implements MarketEventSource {
    static final ProviderId BINANCE = new ProviderId("binance");
    static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
    static final Channel TRADES = channel("BTC", new StreamKind.Trades());
    static final Channel QUOTES = channel("ETH", new StreamKind.Quotes());

    static final DataCodec DATA = new DataCodec() {
        @Override
        public int version() {
            return MarketDataCodec.VERSION;
        }

        @Override
        public byte[] encode(MarketData data) {
            return MarketDataCodec.encode(data);
        }

        @Override
        public Optional<MarketData> decode(byte[] bytes) {
            return MarketDataCodec.decode(bytes, RelayedDataPolicy.MAX_RECORDS);
        }
    };

    final Map<Channel, EventSink> sinks = new HashMap<>();
    int opened;

    @Override
    public Subscription subscribe(Channel channel, EventSink sink) {
        opened++;
        sinks.put(channel, sink);
        return () -> sinks.remove(channel, sink);
    }

    void send(Channel channel, StreamEvent event) {
        sinks.get(channel).accept(event);
    }

    static Channel channel(String base, StreamKind kind) {
        return new Channel(BINANCE, Instrument.crypto(base, "USDT"), kind);
    }

    static Listing listing(Channel channel) {
        return new Listing(channel.instrument(), channel.instrument().base() + "USDT", "Binance", "UTC", "USDT");
    }

    static StreamEvent.Status up() {
        return new StreamEvent.Status(FeedState.UP, Mode.LIVE, FeedTransport.WEBSOCKET, null, NOW);
    }

    static StreamEvent.Snapshot snapshot(long... ids) {
        return new StreamEvent.Snapshot(trades(ids), NOW);
    }

    static StreamEvent.Update update(long... ids) {
        return new StreamEvent.Update(trades(ids), NOW);
    }

    static Trades trades(long... ids) {
        List<Trade> trades = Arrays.stream(ids)
                .mapToObj(id -> new Trade(Long.toString(id), NOW, BigDecimal.TEN, BigDecimal.ONE, null))
                .toList();
        return new Trades(listing(TRADES), trades, NOW);
    }

    static Quote quote(long price) {
        return new Quote(
                listing(QUOTES), BigDecimal.valueOf(price), null, null, null, null, null, null, null, null, null, NOW);
    }

    /** An event in few words: the ids of trades, the price of a quote. */
    static String words(StreamEvent event) {
        return switch (event) {
            case StreamEvent.Snapshot(var data, var _, var _) -> "snapshot " + words(data);
            case StreamEvent.Update(var data, var _, var _) -> words(data);
            case StreamEvent.Gap _ -> "gap";
            case StreamEvent.Status status -> status.state() + " " + status.transport();
            case StreamEvent.Failed failed -> failed.failure().code();
        };
    }

    private static String words(MarketData data) {
        return switch (data) {
            case Trades trades ->
                String.join(",", trades.trades().stream().map(Trade::id).toList());
            case Quote quote -> quote.price().toPlainString();
            default -> data.toString();
        };
    }
}
