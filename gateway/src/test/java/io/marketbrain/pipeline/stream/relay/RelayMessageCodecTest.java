package io.marketbrain.pipeline.stream.relay;

import static io.marketbrain.pipeline.stream.relay.RelayedMarket.BINANCE;
import static io.marketbrain.pipeline.stream.relay.RelayedMarket.NOW;
import static io.marketbrain.pipeline.stream.relay.RelayedMarket.QUOTES;
import static io.marketbrain.pipeline.stream.relay.RelayedMarket.TRADES;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.Mode;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Current;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Happened;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Unavailable;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RelayMessageCodecTest {
    private static final RelayMessageCodec CODEC = new RelayMessageCodec(RelayedMarket.DATA);
    private static final StreamEvent.Status STALE =
            new StreamEvent.Status(FeedState.STALE, Mode.LIVE, FeedTransport.RELAY, "silent", NOW.plusNanos(5));
    private static final StreamEvent.Snapshot SNAPSHOT = new StreamEvent.Snapshot(
            RelayedMarket.trades(1, 2), NOW, List.of(new QualityFlag("partial_bar", "a bar is partial")));

    private static final List<RelayMessage> MESSAGES = List.of(
            new Current(null, null),
            new Current(STALE, SNAPSHOT),
            new Happened(SNAPSHOT),
            new Happened(new StreamEvent.Update(RelayedMarket.trades(3), NOW)),
            new Happened(new StreamEvent.Gap(NOW, NOW.plusSeconds(1), "the socket broke")),
            new Happened(STALE),
            new Happened(new StreamEvent.Failed(
                    new Failure.Throttled(BINANCE, "too many calls", Duration.ofSeconds(7), null))),
            new Happened(new StreamEvent.Failed(new Failure.UnknownInstrument(BINANCE, "NOPE"))),
            new Happened(new StreamEvent.Failed(new Failure.Unreachable(BINANCE, "no connection"))),
            new RelayMessage.Heard(NOW.plusNanos(7)),
            new Unavailable());

    @Test
    void what_is_encoded_is_decoded() {
        for (RelayMessage message : MESSAGES) {
            byte[] bytes = CODEC.encode(ChannelText.of(TRADES), message);
            assertThat(RelayMessageCodec.findChannel(bytes)).hasValue(ChannelText.of(TRADES));
            assertThat(CODEC.decode(TRADES, bytes)).hasValue(message);
        }
    }

    @Test
    void any_bytes_are_a_message_or_none() {
        var random = new Random(3);
        for (RelayMessage message : MESSAGES) {
            byte[] bytes = CODEC.encode(ChannelText.of(TRADES), message);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                RelayMessageCodec.findChannel(cut);
                assertThat(CODEC.decode(TRADES, cut)).isEmpty();
                byte[] flipped = bytes.clone();
                flipped[length] ^= (byte) (1 << random.nextInt(8));
                RelayMessageCodec.findChannel(flipped);
                CODEC.decode(TRADES, flipped);
            }
        }
    }

    @Test
    void data_of_another_instrument_or_kind_is_not_accepted() {
        byte[] bytes = CODEC.encode(ChannelText.of(TRADES), new Happened(SNAPSHOT));
        assertThat(CODEC.decode(QUOTES, bytes)).isEmpty();
        assertThat(CODEC.decode(RelayedMarket.channel("ETH", new StreamKind.Trades()), bytes))
                .isEmpty();
    }

    @Test
    void a_channel_has_one_text_which_leads_back_to_it() {
        var future = new Instrument(AssetType.CRYPTO, "BTC", "USD", "USD", null, LocalDate.of(2026, 6, 26), null);
        var rolling = new Instrument(AssetType.CRYPTO, "BTC", "USD", "BTC", null, null, "CW");
        var stock = new Instrument(AssetType.STOCK, "BRK.B", "USD", null, "XNYS");
        var search = new Instrument(AssetType.NEWS, "rates|und Zinsen\n", "XXX", null, null);
        for (Channel channel : List.of(
                TRADES,
                QUOTES,
                new Channel(BINANCE, future, new StreamKind.Book(400)),
                new Channel(BINANCE, rolling, new StreamKind.Trades()),
                new Channel(
                        BINANCE, stock, new StreamKind.Bars(Interval.find("1m").orElseThrow())),
                new Channel(BINANCE, search, new StreamKind.News()))) {
            String text = ChannelText.of(channel);
            assertThat(text).doesNotContain("\n");
            assertThat(ChannelText.find(BINANCE, text)).hasValue(channel);
        }
        for (String text : List.of("", "quote", "quote|COIN|A|B|||", "book%3A0|CRYPTO|A|B|||", "x".repeat(5000))) {
            assertThat(ChannelText.find(BINANCE, text)).as(text).isEmpty();
        }
    }
}
