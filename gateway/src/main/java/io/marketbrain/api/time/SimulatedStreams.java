package io.marketbrain.api.time;

import io.marketbrain.api.mounting.SimulatedMarket;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.streams.EventJson;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.concurrent.BackgroundTask;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.model.Failure;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.stream.AdjustableClock;
import io.marketbrain.pipeline.stream.SteppedSource;
import io.marketbrain.stream.ClientEnd;
import io.marketbrain.stream.StreamConfig;
import io.marketbrain.stream.StreamHub;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The streams of the time machine. Each client has its own, so the events that it gets do not depend on the others: with a standing
 * time the state at that instant, with a running time the events as it passes, with a client's own clock those up to the time that
 * it is set to. Thread-safe.
 */
public final class SimulatedStreams {
    /** How many clients may listen at once. */
    public static final int MOST = 100;

    /** How long a request that moves a clock waits for clients to take the events; they continue after that. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(250);

    /** What may wait for a client: all events of one step. */
    private static final long MOST_WAITING = 8L << 20;

    private final LiveStreams live;
    private final PathPrefix prefix;
    private final Function<InstantSource, SimulatedMarket> markets;
    private final InstantSource clock;
    private final NanoClock nanoClock;
    private final TaskRunner players;
    private final Map<SimulatedStream, Owner> open = new LinkedHashMap<>();
    private @Nullable BackgroundLoop supervision;

    /** Whose clock a stream follows; the clock is empty if no client sets it. */
    private record Owner(String caller, String clock) {}

    /**
     * The streams that one client gets.
     *
     * @param clock the time that is now for them
     */
    public record Opened(InstantSource clock, SimulatedMarket market, LiveStreams streams) {}

    /**
     * @param live the streams of the present, whose settings these have and with which they end
     * @param clock the clock by which a running time runs
     */
    public SimulatedStreams(
            LiveStreams live,
            PathPrefix prefix,
            Function<InstantSource, SimulatedMarket> markets,
            InstantSource clock,
            NanoClock nanoClock) {
        this.live = live;
        this.prefix = prefix;
        this.markets = markets;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.players = new TaskRunner("simulated-stream", nanoClock);
    }

    /**
     * The streams of a client, which do nothing before it subscribes.
     *
     * @param present the simulated time that is now for the client
     */
    public Opened open(SimulatedTime time, String caller, Supplier<Instant> present) throws RequestRejected {
        synchronized (open) {
            if (open.size() >= MOST) {
                throw new RequestRejected(new Failure.Shed(MOST + " clients listen at simulated times already", RETRY));
            }
        }
        var now = new AdjustableClock(present.get());
        SimulatedMarket market = markets.apply(now);
        StreamConfig config = config();
        BigDecimal speed = time instanceof SimulatedTime.Running running ? running.speed() : BigDecimal.ZERO;
        var terms = new SteppedTerms(config.simulatedPeriod(), speed);
        var source = new SteppedSource(market.source(), terms, now, nanoClock);
        var owner = new Owner(caller, time instanceof SimulatedTime.Stepped(String name) ? name : "");
        // Ids of events that depend on nothing but the requests, so that the same requests get the same bytes.
        var stream = new SimulatedStream(
                source,
                now,
                present,
                new Opening(owner, speed),
                own -> new StreamHub(config, own, new EventJson(prefix), nanoClock, clock, new Random(0)));
        return new Opened(now, market, new LiveStreams(stream.hub(), market.channels(), live.webSockets()));
    }

    private StreamConfig config() {
        StreamConfig of = live.hub().config();
        return new StreamConfig(
                true,
                1,
                of.maxSubscriptions(),
                MOST_WAITING,
                0,
                0,
                Duration.ZERO,
                of.heartbeat(),
                of.simulatedPeriod());
    }

    /** Keeps a stream while it has channels, and runs it if its time runs. */
    private final class Opening implements SimulatedStream.Openings {
        private final Owner owner;
        private final BigDecimal speed;

        Opening(Owner owner, BigDecimal speed) {
            this.owner = owner;
            this.speed = speed;
        }

        @Override
        public void opened(SimulatedStream stream) {
            synchronized (open) {
                if (open.putIfAbsent(stream, owner) != null) {
                    return;
                }
                if (supervision == null) {
                    supervision = new BackgroundLoop(
                                    "simulated-streams",
                                    BackgroundLoop.Kind.VIRTUAL,
                                    nanoClock,
                                    SimulatedStreams.this::supervise)
                            .start(LOOK);
                }
            }
            if (speed.signum() > 0) {
                new BackgroundLoop(
                                "simulated-stream", BackgroundLoop.Kind.VIRTUAL, nanoClock, () -> stream.playOn(speed))
                        .start();
            }
        }

        @Override
        public void closed(SimulatedStream stream) {
            synchronized (open) {
                open.remove(stream);
            }
        }
    }

    /** Ends the streams when those of the present end. */
    private Duration supervise() {
        List<SimulatedStream> present;
        synchronized (open) {
            if (open.isEmpty()) {
                supervision = null;
                return BackgroundLoop.END;
            }
            present = List.copyOf(open.keySet());
        }
        if (live.hub().isStopped()) {
            present.forEach(stream -> stream.hub().endClients(ClientEnd.STOPPING));
        }
        return LOOK;
    }

    /** Sends the events up to the time that a client has set its clock to; waits until its streams have taken them. */
    public void moved(String caller, String name, Instant to) {
        var owner = new Owner(caller, name);
        List<BackgroundTask<Boolean>> tasks = new ArrayList<>();
        synchronized (open) {
            open.forEach((stream, of) -> {
                if (of.equals(owner)) {
                    tasks.add(players.start(() -> {
                        stream.playTo(to);
                        return true;
                    }));
                }
            });
        }
        long end = nanoClock.nanos() + LONGEST_WAIT.toNanos();
        try {
            for (BackgroundTask<Boolean> task : tasks) {
                var _ = task.await(Duration.ofNanos(end - nanoClock.nanos()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
