package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.MarketEventSource.Subscription;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose limits are two channels a connection and two connections. */
@Timeout(60)
class ProviderFeedTest {
    private static final ProviderId PROVIDER = new ProviderId("played");

    private final BlockingQueue<FakeFeedSocket> opened = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final FeedContext context = new FeedContext(
            PROVIDER,
            Mode.LIVE,
            new ScriptedFeed(false, false),
            (address, _) -> {
                connections.incrementAndGet();
                var socket = new FakeFeedSocket(address);
                opened.add(socket);
                return socket;
            },
            (_, _) -> {},
            _ -> Outcome.success(new byte[0]),
            InstantSource.system(),
            System::nanoTime,
            new Random(1));
    private final ProviderFeed feed = new ProviderFeed(
            context,
            FeedLocation.of(context.adapter().terms().base()),
            channel -> new Listing(channel.instrument(), channel.instrument().base(), "test", "UTC", "USD"));

    @AfterEach
    void close() {
        feed.close();
    }

    private Subscription subscribe(String base) {
        FeedChannel trades = ScriptedFeed.channel(base, new StreamKind.Trades());
        return feed.subscribe(new Channel(PROVIDER, trades.listing().instrument(), trades.kind()), _ -> {});
    }

    /** What is sent on a new connection: its first message, and a subscription for each channel. */
    private List<String> sent(int channels) throws InterruptedException {
        FakeFeedSocket socket = opened.poll(10, TimeUnit.SECONDS);
        assertThat(socket).as("a connection").isNotNull();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 1 + channels; i++) {
            String text = socket.awaitSent();
            texts.add(text.substring(0, text.indexOf('@')));
        }
        return texts;
    }

    @Test
    void listeners_of_a_channel_share_it_and_channels_a_connection_up_to_the_limits() throws Exception {
        subscribe("A");
        subscribe("A");
        subscribe("B");
        subscribe("B");
        assertThat(sent(2)).containsExactly("hello", "+trades:A", "+trades:B");
        subscribe("C");
        assertThat(sent(1)).containsExactly("hello", "+trades:C");
        subscribe("D");
        subscribe("E"); // beyond the limits, for the provider to refuse
        subscribe("F");
        assertThat(connections).hasValue(2);
        assertThat(feed.openConnections()).isEqualTo(2);
    }

    @Test
    void a_place_that_the_last_listener_has_left_is_given_away() throws Exception {
        Subscription first = subscribe("A");
        Subscription second = subscribe("A");
        subscribe("B");
        assertThat(sent(2)).hasSize(3);
        first.close();
        first.close(); // once more changes nothing
        subscribe("C");
        assertThat(sent(1)).as("no place on the first connection").containsExactly("hello", "+trades:C");
        second.close();
        subscribe("D");
        subscribe("E");
        assertThat(connections).hasValue(2);
    }
}
