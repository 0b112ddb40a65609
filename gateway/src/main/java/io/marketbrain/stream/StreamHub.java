package io.marketbrain.stream;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.Failure;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
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
    private final MarketEventSource source;
    private final EventRenderer renderer;
    private final NanoClock nanoClock;
    private final InstantSource clock;
    private final String epoch;
    private final boolean supervised;
    private final Object lock = new Object();
    private final ReplayLog log;
    private final Map<Channel, RunningChannel> channels = new LinkedHashMap<>();
    private final Set<StreamClient> clients = new LinkedHashSet<>();
    private final ClockWatch clockWatch;
    private final LongAdder delivered = new LongAdder();
    private final LongAdder overflows = new LongAdder();
    private final LongAdder closedSlow = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private long conflatedOfGone;
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
        this.source = source;
        this.renderer = renderer;
        this.nanoClock = nanoClock;
        this.clock = clock;
        this.supervised = supervised;
        this.epoch = HexFormat.of().toHexDigits(random.nextInt());
        this.log = new ReplayLog(config.replayEvents(), config.replayBytes());
        this.clockWatch = new ClockWatch();
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

    /** Why no further client is admitted now; empty if one is. */
    public Optional<Failure> findRefusal() {
        synchronized (lock) {
            if (!stopped && clients.size() < config.maxClients()) {
                return Optional.empty();
            }
            refused.increment();
            return Optional.of(new Failure.Shed(
                    stopped
                            ? ClientEnd.STOPPING.reason()
                            : config.maxClients() + " clients are listening already (" + StreamConfig.MAX_CLIENTS.key()
                                    + ")",
                    RETRY));
        }
    }

    Optional<Failure> subscribe(StreamClient client, List<Channel> wanted, Optional<EventId> from) {
        List<RunningChannel> opened = new ArrayList<>();
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
            Set<Channel> resumed = new HashSet<>();
            List<ClientSubscription> fresh = new ArrayList<>();
            for (Channel channel : added) {
                RunningChannel running = channels.get(channel);
                if (running == null) {
                    running = new RunningChannel(channel, log.last());
                    channels.put(channel, running);
                    opened.add(running);
                }
                boolean resumable = from.isPresent() && canResume(running, from.get());
                ClientSubscription subscription = client.add(running, from.isPresent() && !resumable);
                running.listeners.add(subscription);
                if (resumable) {
                    resumed.add(channel);
                }
                if (resumable && channel.kind().everyEventCounts()) {
                    subscription.state = ClientSubscription.State.LIVE;
                } else {
                    fresh.add(subscription);
                }
            }
            long now = nanos();
            if (!resumed.isEmpty()) {
                long position = from.orElseThrow().position();
                client.replay(log.after(position, resumed::contains), position, log.last(), now);
            }
            fresh.forEach(subscription -> client.start(subscription, status(subscription.channel), now));
        }
        opened.forEach(this::connect);
        return Optional.empty();
    }

    private boolean canResume(RunningChannel running, EventId from) {
        return from.epoch().equals(epoch) && log.reaches(from.position()) && running.openedAt <= from.position();
    }

    private Optional<SharedEvent> status(RunningChannel running) {
        byte[] body = running.statusBody();
        return Optional.ofNullable(body)
                .map(said -> new SharedEvent(EventName.STATUS, true, log.last(), clock.instant(), said));
    }

    List<Channel> unsubscribe(StreamClient client, List<Channel> unwanted) {
        synchronized (lock) {
            List<Channel> removed = new ArrayList<>();
            for (Channel channel : unwanted) {
                client.find(channel).ifPresent(subscription -> {
                    removed.add(channel);
                    client.remove(subscription);
                    leave(subscription);
                });
            }
            return removed;
        }
    }

    void remove(StreamClient client) {
        synchronized (lock) {
            if (clients.remove(client)) {
                unsubscribe(client, client.channels());
                conflatedOfGone += client.conflated();
            }
        }
    }

    private void leave(ClientSubscription subscription) {
        RunningChannel running = subscription.channel;
        running.listeners.remove(subscription);
        if (running.listeners.isEmpty()) {
            running.idleSinceNanos = nanos();
        }
    }

    /** Subscribes at the source, outside the lock, since a source may have locks of its own. */
    private void connect(RunningChannel running) {
        int generation;
        synchronized (lock) {
            generation = ++running.generation;
        }
        MarketEventSource.Subscription subscription =
                source.subscribe(running.channel, event -> publish(running, generation, event));
        boolean unwanted;
        synchronized (lock) {
            unwanted = running.closed || running.generation != generation;
            if (!unwanted) {
                running.source = subscription;
            }
        }
        if (unwanted) {
            subscription.close();
        }
    }

    private void publish(RunningChannel running, int generation, StreamEvent event) {
        StreamEvent.Status status = event instanceof StreamEvent.Status said ? said : running.status();
        byte[] body = renderer.render(running.channel, event, status);
        synchronized (lock) {
            if (!running.closed && running.generation == generation) {
                share(running, event, body);
            }
        }
    }

    private void share(RunningChannel running, StreamEvent event, byte[] body) {
        boolean counts = running.counts(event);
        var shared = new SharedEvent(
                EventName.of(running.channel.kind(), event),
                counts,
                counts ? log.next() : log.last(),
                clock.instant(),
                body);
        if (counts) {
            log.add(running.channel, shared);
        }
        running.apply(event, body);
        long now = nanos();
        for (ClientSubscription listener : running.listeners) {
            listener.client.offer(listener, shared, now);
        }
    }

    void takeSnapshots(StreamClient client, List<Delivery> to) {
        synchronized (lock) {
            client.takeSnapshots(to, renderer, clock.instant());
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
            if (clients.isEmpty() && channels.isEmpty()) {
                loop = null;
                return BackgroundLoop.END;
            }
            return ROUND;
        }
    }

    /** Closes what is no longer listened to, ends clients that may not stay, and notices breaks of the clock. */
    void round() {
        List<RunningChannel> left = new ArrayList<>();
        List<StreamClient> present;
        long now = nanos();
        synchronized (lock) {
            channels.values().removeIf(running -> {
                boolean over = running.listeners.isEmpty()
                        && now - running.idleSinceNanos >= config.linger().toNanos();
                if (over) {
                    running.closed = true;
                    left.add(running);
                }
                return over;
            });
            present = List.copyOf(clients);
        }
        left.forEach(StreamHub::disconnect);
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

    private static void disconnect(RunningChannel running) {
        MarketEventSource.Subscription subscription = running.source;
        if (subscription != null) {
            subscription.close();
        }
    }

    /** Subscribes to every channel again, after a gap. */
    private void restart(StreamEvent.Gap gap) {
        List<RunningChannel> running;
        synchronized (lock) {
            running = List.copyOf(channels.values());
        }
        for (RunningChannel channel : running) {
            disconnect(channel);
            int generation;
            synchronized (lock) {
                generation = channel.generation;
            }
            publish(channel, generation, gap);
            connect(channel);
        }
    }

    long nanos() {
        return nanoClock.nanos();
    }

    void delivered(int events) {
        delivered.add(events);
    }

    void overflowed() {
        overflows.increment();
    }

    void tooSlow() {
        closedSlow.increment();
    }

    /** The counters and gauges of all streams, by snake_case name. */
    public Map<String, Long> counters() {
        synchronized (lock) {
            return Map.ofEntries(
                    Map.entry("clients", (long) clients.size()),
                    Map.entry("clients_most", (long) config.maxClients()),
                    Map.entry("channels", (long) channels.size()),
                    Map.entry(
                            "subscriptions",
                            clients.stream().mapToLong(StreamClient::count).sum()),
                    Map.entry(
                            "waiting_bytes",
                            clients.stream()
                                    .mapToLong(StreamClient::waitingBytes)
                                    .sum()),
                    Map.entry("replay_bytes", log.bytes()),
                    Map.entry("events", log.last()),
                    Map.entry("delivered", delivered.sum()),
                    Map.entry(
                            "conflated",
                            conflatedOfGone
                                    + clients.stream()
                                            .mapToLong(StreamClient::conflated)
                                            .sum()),
                    Map.entry("gaps", overflows.sum()),
                    Map.entry("closed_slow", closedSlow.sum()),
                    Map.entry("refused", refused.sum()));
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
            running = List.copyOf(channels.values());
            running.forEach(channel -> channel.closed = true);
            channels.clear();
            supervision = loop;
        }
        endClients(ClientEnd.STOPPING);
        running.forEach(StreamHub::disconnect);
        if (supervision != null) {
            supervision.stop();
        }
    }
}
