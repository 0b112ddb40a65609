package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.provider.binancefutures.BinanceFuturesFeed;
import io.marketbrain.provider.bitfinex.BitfinexFeed;
import io.marketbrain.provider.bitstamp.BitstampFeed;
import io.marketbrain.provider.cryptocom.CryptocomFeed;
import io.marketbrain.provider.deribit.DeribitFeed;
import io.marketbrain.provider.gate.GateFeed;
import io.marketbrain.provider.gemini.GeminiFeed;
import io.marketbrain.provider.htx.HtxFeed;
import io.marketbrain.provider.hyperliquid.HyperliquidFeed;
import io.marketbrain.provider.kucoin.KucoinFeed;
import io.marketbrain.provider.mexc.MexcFeed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Recorded messages that were damaged: each is read, or rejected as malformed, and nothing else. */
class DamagedMessagesTest {
    private static final Map<FeedAdapter, List<String>> RECORDINGS = Map.ofEntries(
            Map.entry(HtxFeed.all().get(0), List.of("htx/zen-eth", "htx/messages")),
            Map.entry(HtxFeed.all().get(2), List.of("htx/atom-usd-swap", "htx/messages")),
            Map.entry(MexcFeed.all().get(0), List.of("mexc/spot-documented")),
            Map.entry(MexcFeed.all().get(1), List.of("mexc/swap-recorded", "mexc/swap-messages")),
            Map.entry(BinanceFuturesFeed.all().get(1), List.of("binancefutures/messages")),
            Map.entry(BinanceFuturesFeed.all().get(2), List.of("binancefutures/messages")),
            Map.entry(new BitfinexFeed(), List.of("bitfinex/mixed")),
            Map.entry(new BitstampFeed(), List.of("bitstamp/batbtc-books", "bitstamp/ethusd-trades")),
            Map.entry(
                    new CryptocomFeed(), List.of("cryptocom/live", "cryptocom/messages", "cryptocom/book-documented")),
            Map.entry(new DeribitFeed(), List.of("deribit/messages")),
            Map.entry(new GateFeed(), List.of("gate/neo-btc")),
            Map.entry(new GeminiFeed(), List.of("gemini/filusd")),
            Map.entry(new HyperliquidFeed(), List.of("hyperliquid/testnet", "hyperliquid/messages")),
            Map.entry(new KucoinFeed(), List.of("kucoin/fet-btc")));

    private static final List<String> UNDOCUMENTED = List.of(
            "",
            "{",
            "null",
            "[]",
            "\"\"",
            "7",
            "{\"type\":7}",
            "{\"stream\":1,\"data\":2}",
            "{\"channel\":\"trades\"}",
            "{\"ch\":\"market\",\"tick\":{}}",
            "{\"ch\":\"\",\"tick\":{}}",
            "{\"params\":{\"channel\":\"\",\"data\":1}}",
            "{\"msg\":\"Not ][\",\"code\":0}",
            "{\"id\":\"a.b\",\"result\":[1]}",
            "{\"ping\":1.5}");

    private static void read(FeedAdapter adapter, FeedSocket.Message message) {
        try {
            byte[] binary = message.binary();
            adapter.parse(binary == null ? String.valueOf(message.text()) : adapter.text(binary));
        } catch (MalformedPayload e) {
            // the connection is given up
        }
    }

    @Test
    void a_damaged_message_is_read_or_malformed() {
        var random = new Random(7);
        RECORDINGS.forEach((adapter, names) -> {
            UNDOCUMENTED.forEach(text -> check(adapter, new FeedSocket.Message(text, null)));
            for (String name : names) {
                for (FeedSocket.Message message : RecordedFrames.messages(name)) {
                    for (int i = 0; i < 20; i++) {
                        check(adapter, damaged(message, random));
                    }
                }
            }
        });
    }

    private static void check(FeedAdapter adapter, FeedSocket.Message message) {
        assertThatCode(() -> read(adapter, message))
                .as("%s %s", adapter, message)
                .doesNotThrowAnyException();
    }

    /** Cuts a message, or changes a byte or a whole member. */
    private static FeedSocket.Message damaged(FeedSocket.Message message, Random random) {
        byte[] binary = message.binary();
        String text = message.text();
        if (binary != null) {
            byte[] changed =
                    Arrays.copyOf(binary, random.nextBoolean() ? binary.length : random.nextInt(binary.length));
            if (changed.length > 0) {
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return new FeedSocket.Message(null, changed);
        }
        if (text == null) {
            return message;
        }
        int at = random.nextInt(text.length());
        return new FeedSocket.Message(
                switch (random.nextInt(3)) {
                    case 0 -> text.substring(0, at);
                    case 1 -> text.substring(0, at) + (char) (' ' + random.nextInt(95)) + text.substring(at + 1);
                    default -> text.replaceFirst("\"[a-zA-Z]+\":(\"[^\"]*\"|[0-9.]+)", "\"x\":-1");
                },
                null);
    }
}
