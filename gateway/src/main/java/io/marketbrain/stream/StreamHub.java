package io.marketbrain.stream;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.Failure;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The channels that all clients share: each is subscribed to at its source once, whoever listens, and is kept for a while after its
 * last listener. Every event is rendered once, numbered in one log, and handed to the clients, which take it on threads of their
 * own; so a slow one delays nobody. Thread-safe; does nothing while nobody listens.
 */
public final class StreamHub implements AutoCloseable {
    private static final Duration ROUND = Duration.ofSeconds(1);

    /** Keys are looked up again after so many rounds. */
    private static final int ADMISSION_ROUNDS = 5;

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final StreamConfig config;
    private final EventRenderer renderer;
    private final NanoClock nanoClock;
    private final InstantSource clock;
    private final String epoch;
    private final boolean supervised;
    private final Object lock = new Object();
    private final ReplayLog log;
    private final OpenChannels channels;
    private final ChannelConnector connector;
    private final Set<StreamClient> clients = new LinkedHashSet<>();
    private final ClockWatch clockWatch = new ClockWatch();
    private final StreamCounters counters = new StreamCounters();
    private @Nullable BackgroundLoop loop;
    private long rounds;
    private boolean stopped;

    public StreamHub(
            StreamConfig config,
            MarketEventSource source,
            EventRenderer renderer,
            NanoClock nanoClock,
            InstantSource clock,
            Random random) {
        this(config, source, renderer, nanoClock, clock, random, true);
    }

    /** @param supervised whether a thread of its own calls {@link #round} */
    StreamHub(
            StreamConfig config,
            MarketEventSource source,
            EventRenderer renderer,
            NanoClock nanoClock,
            InstantSource clock,
            Random random,
            boolean supervised) {
        this.config = config;
        this.renderer = renderer;
        this.nanoClock = nanoClock;
        this.clock = clock;
        this.supervised = supervised;
        this.epoch = HexFormat.of().toHexDigits(random.nextInt());
        this.log = new ReplayLog(config.replayEvents(), config.replayBytes());
        this.channels = new OpenChannels(epoch, log);
        this.connector = new ChannelConnector(source, renderer, channels, lock, nanoClock, clock);
    }

    public StreamConfig config() {
        return config;
    }

    /** The epoch of the ids of events. */
    public String epoch() {
        return epoch;
    }

    /**
     * Admits a client.
     *
     * @param throttle the least time between two quotes, books or open bars for it; zero for none
     * @param admitted whether the client may still listen; asked every few seconds
     */
    public Outcome<StreamClient> open(Duration throttle, BooleanSupplier admitted) {
        synchronized (lock) {
            Optional<Failure> refusal = findRefusal();
            if (refusal.isPresent()) {
                return Outcome.failed(refusal.get());
            }
            var client = new StreamClient(this, throttle, admitted, nanos(), log.last());
            clients.add(client);
            supervise();
            return Outcome.success(client);
        }
    }

    /**
     * Listens within the process, without a queue: each event is given to the sink while the hub's lock is held, so that it must return
     * at once and take no lock under which the hub is called. Begins with the present status and state, if there are any.
     */
    public MarketEventSource.Subscription listen(Channel channel, EventSink observer) {
        List<RunningChannel> opened;
        synchronized (lock) {
            if (stopped) {
                return () -> {};
            }
            opened = channels.observe(channel, observer);
            supervise();
        }
        opened.forEach(connector::connect);
        return () -> {
            synchronized (lock) {
                channels.unobserve(channel, observer, nanos());
            }
        };
    }

    /** The latest state of a channel that is open, rendered as a snapshot; empty if there is none. */
    public Optional<byte[]> findState(Channel channel) {
        synchronized (lock) {
            return channels.find(channel).filter(RunningChannel::hasState).map(open -> open.stateBody(renderer));
        }
    }

    /** Why no further client is admitted now; empty if one is. */
    public Optional<Failure> findRefusal() {
        synchronized (lock) {
            if (!stopped && clients.size() < config.maxClients()) {
                return Optional.empty();
            }
            counters.refused.increment();
            return Optional.of(new Failure.Shed(
                    stopped
                            ? ClientEnd.STOPPING.reason()
                            : config.maxClients() + " clients are listening already (" + StreamConfig.MAX_CLIENTS.key()
                                    + ")",
                    RETRY));
        }
    }

    Optional<Failure> subscribe(StreamClient client, List<Channel> wanted, Optional<EventId> from) {
        List<RunningChannel> opened;
        synchronized (lock) {
            Set<Channel> added = new LinkedHashSet<>(wanted);
            added.removeAll(client.channels());
            if (client.count() + added.size() > config.maxSubscriptions()) {
                return Optional.of(new Failure.InvalidQuery(
                        "symbols",
                        Integer.toString(client.count() + added.size()),
                        "at most " + config.maxSubscriptions() + " subscriptions a client ("
                                + StreamConfig.MAX_SUBSCRIPTIONS.key() + ")"));
            }
            if (!clients.contains(client)) {
                return Optional.of(new Failure.Shed(ClientEnd.LEFT.reason(), RETRY));
            }
            opened = channels.join(client, added, from, nanos(), clock.instant());
        }
        opened.forEach(connector::connect);
        return Optional.empty();
    }

    List<Channel> unsubscribe(StreamClient client, List<Channel> unwanted) {
        synchronized (lock) {
            List<Channel> removed = new ArrayList<>();
            for (Channel channel : unwanted) {
                client.find(channel).ifPresent(subscription -> {
                    removed.add(channel);
                    client.remove(subscription);
                    channels.leave(subscription, nanos());
                });
            }
            return removed;
        }
    }

    void remove(StreamClient client) {
        synchronized (lock) {
            if (clients.remove(client)) {
                unsubscribe(client, client.channels());
                counters.conflatedOfGone.add(client.conflated());
            }
        }
    }

    void takeSnapshots(StreamClient client, List<Delivery> to, int most) {
        synchronized (lock) {
            client.takeSnapshots(to, most, renderer, clock.instant());
        }
    }

    byte[] gapBody(RunningChannel running, Instant from, Instant to) {
        var gap = new StreamEvent.Gap(from, to, ClientEnd.SLOW.reason());
        return renderer.render(running.channel, gap, running.status());
    }

    /** Starts the supervision if it does not run; under the lock. */
    private void supervise() {
        if (supervised && loop == null) {
            clockWatch.reset();
            loop = new BackgroundLoop("streams", BackgroundLoop.Kind.VIRTUAL, nanoClock, this::supervisedRound).start();
        }
    }

    private Duration supervisedRound() {
        round();
        synchronized (lock) {
            if (clients.isEmpty() && channels.count() == 0) {
                loop = null;
                return BackgroundLoop.END;
            }
            return ROUND;
        }
    }

    /** Closes what is no longer listened to, ends clients that may not stay, and notices breaks of the clock. */
    void round() {
        List<RunningChannel> left;
        List<StreamClient> present;
        long now = nanos();
        synchronized (lock) {
            left = channels.closeIdle(config.linger(), now);
            present = List.copyOf(clients);
        }
        left.forEach(ChannelConnector::disconnect);
        for (StreamClient client : present) {
            if (client.isSilent(now)) {
                tooSlow();
                client.end(ClientEnd.SLOW);
            }
        }
        if (rounds++ % ADMISSION_ROUNDS == 0) {
            present.stream().filter(client -> !client.isAdmitted()).forEach(client -> client.end(ClientEnd.REVOKED));
        }
        present.stream().filter(client -> client.findEnd().isPresent()).forEach(this::remove);
        clockWatch.findBreak(now, clock.instant()).ifPresent(this::restart);
    }

    /** Subscribes to every channel again, after a gap. */
    private void restart(StreamEvent.Gap gap) {
        List<RunningChannel> running;
        synchronized (lock) {
            running = channels.all();
        }
        connector.restart(running, gap);
    }

    /** The clock of the streams, in nanoseconds. */
    public long nanos() {
        return nanoClock.nanos();
    }

    void delivered(int events) {
        counters.delivered.add(events);
    }

    void overflowed() {
        counters.overflows.increment();
    }

    void tooSlow() {
        counters.closedSlow.increment();
    }

    /** The counters and gauges of all streams, by snake_case name. */
    public Map<String, Long> counters() {
        synchronized (lock) {
            Map<String, Long> all = counters.all(clients);
            all.put("clients_most", (long) config.maxClients());
            all.put("channels", (long) channels.count());
            all.put("replay_bytes", log.bytes());
            all.put("events", log.last());
            return all;
        }
    }

    /** Whether every client has taken the events that wait for it. */
    public boolean isDrained() {
        synchronized (lock) {
            return clients.stream().allMatch(StreamClient::isDrained);
        }
    }

    /** Whether it has been closed. */
    public boolean isStopped() {
        synchronized (lock) {
            return stopped;
        }
    }

    /** Ends the streams of all clients; new ones may come. */
    public void endClients(ClientEnd reason) {
        List<StreamClient> present;
        synchronized (lock) {
            present = List.copyOf(clients);
        }
        present.forEach(client -> client.end(reason));
    }

    /** Ends all streams and closes all channels. */
    @Override
    public void close() {
        List<RunningChannel> running;
        BackgroundLoop supervision;
        synchronized (lock) {
            stopped = true;
            running = channels.closeAll();
            supervision = loop;
        }
        endClients(ClientEnd.STOPPING);
        running.forEach(ChannelConnector::disconnect);
        if (supervision != null) {
            supervision.stop();
        }
    }
}
