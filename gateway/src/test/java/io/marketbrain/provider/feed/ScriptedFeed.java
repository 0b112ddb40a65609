package io.marketbrain.provider.feed;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.ProviderRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A feed whose messages are words: {@code trade SYMBOL ID}, {@code bound ALIAS KEY}, {@code number KEY N}, {@code refused KEY},
 * {@code bad}. Keys are {@code trades:SYMBOL} and {@code book:SYMBOL}.
 */
final class ScriptedFeed implements FeedAdapter {
    static final Duration INTERVAL = Duration.ofMillis(100);
    static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private final boolean shares;
    private final boolean asks;

    /**
     * @param shares whether the trades and the book of a symbol are one subscription
     * @param asks whether the address of a connection must be requested
     */
    ScriptedFeed(boolean shares, boolean asks) {
        this.shares = shares;
        this.asks = asks;
    }

    static FeedChannel channel(String base, StreamKind kind) {
        return FeedPlayer.channel(base, "USD", base, kind);
    }

    @Override
    public FeedTerms terms() {
        return new FeedTerms(
                "wss://feed.test/path", 2, 2, INTERVAL, HEARTBEAT, Duration.ofHours(1), FeedTerms.BookStart.FEED);
    }

    @Override
    public boolean carries(FeedChannel channel) {
        return true;
    }

    @Override
    public String key(FeedChannel channel) {
        return (channel.kind() instanceof StreamKind.Trades ? "trades:" : "book:") + channel.symbol();
    }

    @Override
    public String subscription(FeedChannel channel) {
        return shares ? channel.symbol() : key(channel);
    }

    @Override
    public Optional<ProviderRequest> addressRequest() {
        return asks ? Optional.of(ProviderRequest.get("/where")) : Optional.empty();
    }

    @Override
    public FeedAddress address(byte[] response) {
        return new FeedAddress(new String(response, StandardCharsets.UTF_8), Duration.ofSeconds(5));
    }

    @Override
    public List<String> opening() {
        return List.of("hello");
    }

    @Override
    public List<String> subscribe(List<FeedChannel> channels) {
        return channels.stream().map(channel -> "+" + subscription(channel)).toList();
    }

    @Override
    public List<String> unsubscribe(List<FeedChannel> channels) {
        return channels.stream().map(channel -> "-" + subscription(channel)).toList();
    }

    @Override
    public List<String> unsubscribe(String alias) {
        return List.of("-#" + alias);
    }

    @Override
    public String sentAt(Instant now, String message) {
        return message + "@" + now.getEpochSecond();
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of("beat");
    }

    @Override
    public List<FeedSignal> parse(String message) throws MalformedPayload {
        String[] words = message.split(" ", -1);
        return List.of(
                switch (words[0]) {
                    case "trade" -> new FeedSignal.Prints("trades:" + words[1], List.of(trade(words[2])), null, false);
                    case "bound" -> new FeedSignal.Bound(words[1], words[2]);
                    case "number" ->
                        new FeedSignal.Numbered("all".equals(words[1]) ? "" : words[1], Long.parseLong(words[2]));
                    case "refused" -> new FeedSignal.Refused(words[1], "not now", false);
                    default -> throw new MalformedPayload("the word " + words[0]);
                });
    }

    private static Trade trade(String id) {
        return new Trade(id, Instant.EPOCH, BigDecimal.ONE, BigDecimal.ONE, Side.BUY);
    }
}
