package io.marketbrain.api.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.model.ProviderMode;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.pipeline.FoundSymbols;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.SymbolSearch;
import io.marketbrain.stream.StreamClient;
import io.marketbrain.stream.StreamConfig;
import io.marketbrain.stream.StreamHub;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamConversationTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final Instrument BTC = Instrument.crypto("BTC", "USDT");

    private final StreamHub hub = new StreamHub(
            StreamConfig.defaults(),
            (channel, sink) -> {
                sink.accept(new StreamEvent.Snapshot(
                        new Quote(
                                new Listing(BTC, "BTCUSDT", "Binance", "UTC", "USDT"),
                                BigDecimal.TEN,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                NOON),
                        NOON));
                return () -> {};
            },
            new EventJson(PathPrefix.NONE),
            System::nanoTime,
            InstantSource.fixed(NOON),
            new Random(1));

    private final StreamClient client = ((Outcome.Success<StreamClient>) hub.open(Duration.ZERO, () -> true)).value();
    private final StreamConversation conversation = new StreamConversation(
            client, new ChannelReader(new SymbolResolver(new OneSymbol()), Outcome::success, 2), PathPrefix.NONE);

    private static final class OneSymbol implements ProviderCatalog {
        @Override
        public Outcome<Instrument> resolve(ProviderId provider, String symbol) {
            return symbol.equals("BTCUSDT")
                    ? Outcome.success(BTC)
                    : Outcome.failed(new Failure.UnknownInstrument(provider, symbol));
        }

        @Override
        public boolean isKnownPair(Instrument pair) {
            return true;
        }

        @Override
        public Outcome<FoundSymbols> search(SymbolSearch search) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ProviderMode> modes() {
            return List.of();
        }

        @Override
        public List<ProviderInfo> providers() {
            return List.of();
        }

        @Override
        public Outcome<ProviderInfo> provider(String id) {
            return Outcome.success(new ProviderInfo(
                    new ProviderId(id),
                    id,
                    id,
                    List.of(),
                    io.marketbrain.model.Mode.MOCK,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    ProviderInfo.About.NONE));
        }
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private String say(String message) {
        return new String(conversation.receive(message.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void a_client_subscribes_lists_and_unsubscribes() {
        String subscription = "{\"provider\":\"binance\",\"instrument\":\"BTC/USDT\",\"kind\":\"quote\"}";
        assertThat(say("{\"op\":\"subscribe\",\"id\":1,\"symbols\":[\"binance:BTCUSDT\"]}"))
                .isEqualTo("{\"type\":\"ack\",\"id\":1,\"subscriptions\":[" + subscription + "]}");
        String event = new String(conversation.event(client.poll().getFirst()), StandardCharsets.UTF_8);
        assertThat(event)
                .startsWith("{\"type\":\"snapshot\",\"resume\":\"" + hub.epoch()
                        + ".0\",\"seq\":1,\"provider\":\"binance\"")
                .endsWith("}");
        assertThat(say("{\"op\":\"list\"}")).isEqualTo("{\"type\":\"ack\",\"subscriptions\":[" + subscription + "]}");
        assertThat(say("{\"op\":\"unsubscribe\",\"id\":\"x\",\"symbols\":[\"binance:BTCUSDT\"],\"kinds\":[\"quote\"]}"))
                .isEqualTo("{\"type\":\"ack\",\"id\":\"x\",\"subscriptions\":[" + subscription + "]}");
        assertThat(say("{\"op\":\"list\"}")).isEqualTo("{\"type\":\"ack\",\"subscriptions\":[]}");
        assertThat(say("{\"op\":\"ping\",\"id\":7}")).isEqualTo("{\"type\":\"pong\",\"id\":7}");
    }

    @Test
    void what_is_wrong_is_a_problem_with_the_id_of_the_message() {
        for (String wrong : List.of(
                "{\"op\":\"dance\",\"id\":1}",
                "{\"id\":1}",
                "{\"op\":\"subscribe\",\"id\":1}",
                "{\"op\":\"subscribe\",\"id\":1,\"symbols\":\"binance:BTCUSDT\"}",
                "{\"op\":\"subscribe\",\"id\":1,\"symbols\":[\"binance:NOPE\"]}",
                "{\"op\":\"subscribe\",\"id\":1,\"symbols\":[\"binance:BTCUSDT\"],\"kinds\":[\"tick\"]}",
                "{\"op\":\"subscribe\",\"id\":1,\"symbols\":[\"binance:BTCUSDT\"],\"kinds\":[\"quote\",\"trade\",\"book\"]}")) {
            assertThat(say(wrong)).startsWith("{\"type\":\"error\",\"id\":1,\"problem\":{\"type\":\"/problems/");
        }
        assertThat(say("nonsense")).startsWith("{\"type\":\"error\",\"problem\":");
    }
}
