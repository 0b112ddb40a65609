package io.marketbrain.stream;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The hub without threads, whose clients get events instead of texts. Not thread-safe. */
public final class SimulatedHub implements EventRenderer {
    private final List<StreamEvent> rendered = new ArrayList<>();
    private final StreamHub hub;

    public SimulatedHub(MarketEventSource source, NanoClock nanoClock, InstantSource clock) {
        hub = new StreamHub(StreamConfig.defaults(), source, this, nanoClock, clock, new Random(1), false);
    }

    /** What the hub does every second. */
    public void round() {
        hub.round();
    }

    /** Connects a client. */
    public Client open(Channel channel) {
        return new Client(channel);
    }

    @Override
    public byte[] render(Channel channel, StreamEvent event, StreamEvent.@Nullable Status status) {
        rendered.add(event);
        return ByteBuffer.allocate(Integer.BYTES).putInt(rendered.size() - 1).array();
    }

    @Override
    public byte[] resync(Channel channel) {
        throw new AssertionError("a client could not be resumed");
    }

    /** What a client has received: the name of an event, and the event. */
    public record Received(String name, StreamEvent event) {}

    /** A client of one channel that resumes after the last event it has received. */
    public final class Client {
        private final Channel channel;
        private @Nullable StreamClient connection;
        private Optional<EventId> last = Optional.empty();

        Client(Channel channel) {
            this.channel = channel;
        }

        public boolean isConnected() {
            return connection != null;
        }

        public void connect() {
            if (!(hub.open(Duration.ZERO, () -> true) instanceof Outcome.Success<StreamClient>(StreamClient opened))) {
                throw new AssertionError("not admitted");
            }
            if (opened.subscribe(List.of(channel), last).isPresent()) {
                throw new AssertionError("not subscribed");
            }
            connection = opened;
        }

        /** Takes what waits; of that it receives as many events as arrive before a cut. */
        public List<Received> take(int arriving) {
            StreamClient from = Objects.requireNonNull(connection);
            List<Received> received = new ArrayList<>();
            for (Delivery delivery : from.poll()) {
                if (received.size() == arriving) {
                    break;
                }
                StreamEvent event =
                        rendered.get(ByteBuffer.wrap(delivery.body()).getInt());
                received.add(new Received(delivery.name().wire(), event));
                last = Optional.of(from.id(delivery));
            }
            return received;
        }

        public void cut() {
            StreamClient from = Objects.requireNonNull(connection);
            from.close();
            connection = null;
        }
    }
}
