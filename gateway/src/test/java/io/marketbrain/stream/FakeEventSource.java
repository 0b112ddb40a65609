package io.marketbrain.stream;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
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
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A source whose events a test sends, with a renderer that shows them as short texts. */
final class FakeEventSource implements MarketEventSource, EventRenderer {
    static final Instant START = Instant.parse("2026-01-05T12:00:00Z");
    static final ProviderId BINANCE = new ProviderId("binance");
    static final Channel QUOTES = channel("BTC", new StreamKind.Quotes());
    static final Channel TRADES = channel("BTC", new StreamKind.Trades());

    final Map<Channel, EventSink> sinks = new HashMap<>();
    /** Whether a subscription continues by itself after a pause of the process. */
    boolean survivesPauses;

    int opened;
    int closed;

    static Channel channel(String base, StreamKind kind) {
        return new Channel(BINANCE, Instrument.crypto(base, "USDT"), kind);
    }

    @Override
    public Subscription subscribe(Channel channel, EventSink sink) {
        opened++;
        sinks.put(channel, sink);
        return new Subscription() {
            @Override
            public void close() {
                closed++;
                sinks.remove(channel, sink);
            }

            @Override
            public boolean survivesPauses() {
                return survivesPauses;
            }
        };
    }

    void send(Channel channel, StreamEvent event) {
        EventSink sink = sinks.get(channel);
        if (sink != null) {
            sink.accept(event);
        }
    }

    void up(Channel channel) {
        send(channel, new StreamEvent.Status(FeedState.UP, Mode.LIVE, FeedTransport.WEBSOCKET, null, START));
    }

    static Quote quote(Channel channel, long price) {
        return new Quote(
                listing(channel),
                BigDecimal.valueOf(price),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                START);
    }

    static Trades trades(Channel channel, long... ids) {
        List<Trade> trades = Arrays.stream(ids)
                .mapToObj(id -> new Trade(Long.toString(id), START, BigDecimal.ONE, BigDecimal.ONE, null))
                .toList();
        return new Trades(listing(channel), trades, START);
    }

    void quoted(Channel channel, long price) {
        send(channel, new StreamEvent.Update(quote(channel, price), START));
    }

    /** Sends complete bars of minutes. */
    void bars(Channel channel, int... minutes) {
        List<Candle> bars = Arrays.stream(minutes)
                .mapToObj(minute -> new Candle(
                        START.plusSeconds(60L * minute),
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        null,
                        null,
                        null,
                        true))
                .toList();
        send(
                channel,
                new StreamEvent.Update(new Candles(listing(channel), Interval.M1, bars, List.of(), START), START));
    }

    void traded(Channel channel, long... ids) {
        send(channel, new StreamEvent.Update(trades(channel, ids), START));
    }

    private static Listing listing(Channel channel) {
        assert channel.instrument().type() == AssetType.CRYPTO;
        return new Listing(channel.instrument(), channel.instrument().base() + "USDT", "Binance", "UTC", "USDT");
    }

    @Override
    public byte[] render(Channel channel, StreamEvent event, StreamEvent.@Nullable Status status) {
        String text = switch (event) {
            case StreamEvent.Snapshot(var data, var _, var _) -> text(data);
            case StreamEvent.Update(var data, var _, var _) -> text(data);
            case StreamEvent.Gap gap -> "gap " + gap.reason();
            case StreamEvent.Status said -> said.state().name();
            case StreamEvent.Failed failed -> failed.failure().code();
        };
        return (channel.instrument().base() + " " + text).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Object data) {
        return switch (data) {
            case Quote quote -> quote.price().toPlainString();
            case Trades trades ->
                String.join(",", trades.trades().stream().map(Trade::id).toList());
            case Candles bars ->
                String.join(
                        ",",
                        bars.candles().stream()
                                .map(bar -> Long.toString(
                                        Duration.between(START, bar.openTime()).toMinutes()))
                                .toList());
            default -> data.toString();
        };
    }

    @Override
    public byte[] resync(Channel channel) {
        return "resync".getBytes(StandardCharsets.UTF_8);
    }
}
