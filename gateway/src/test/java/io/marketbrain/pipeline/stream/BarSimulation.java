package io.marketbrain.pipeline.stream;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.SimulatedFeedKey;
import io.marketbrain.stream.SimulatedHub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/**
 * An exchange, the part of the gateway that makes bars, and its clients, in virtual time: connections on both sides are cut, requests
 * fail, are slow or return what was true when they were sent, clocks differ, are set and stand still. A seed decides everything.
 */
final class BarSimulation {
    /** What the bars are made from. */
    enum Source {
        NUMBERED_TRADES,
        TRADES,
        CONFIRMED_BARS,
        UNCONFIRMED_BARS
    }

    private static final ProviderId PROVIDER = new ProviderId("binance");
    private static final Instrument BTC = Instrument.crypto("BTC", "USDT");
    static final Listing LISTING = new Listing(BTC, "BTCUSDT", "Binance", "UTC", "USDT");
    private static final Instant START = Instant.parse("2026-01-05T12:00:17.300Z");
    private static final long STEP = Duration.ofMillis(50).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int CLIENTS = 3;
    private static final Duration QUIET = Duration.ofSeconds(30);

    final Source source;
    final Interval interval;
    final MarketSimulation market;
    final List<SimulatedListener> listeners = new ArrayList<>();
    final List<StreamEvent> trades = new ArrayList<>();

    /** Whether a request may fail for so long that its bars are given up. */
    final boolean requestsFail;

    private final Random random;
    private final Duration offset;
    private final int speed;
    private final SimulatedHub hub;
    private final BarChannel bars;
    private final SimulatedFeedKey key;
    private final Channel channel;
    private final Deque<Message> inFlight = new ArrayDeque<>();
    private final Map<Long, List<Runnable>> mail = new HashMap<>();
    private long realNanos;
    private long stoodNanos;
    private Duration set = Duration.ZERO;
    private boolean connected;
    private long connectAt;
    private Instant lastSeen = START;
    private int sentTrades;
    private Instant sentBars = START;
    private long roundAt;
    private boolean cutting = true;
    private long outageUntil;

    /** A message of the feed that arrives at a time. */
    private record Message(long at, Runnable delivery) {}

    BarSimulation(long seed) {
        random = new Random(seed);
        source = Source.values()[random.nextInt(Source.values().length)];
        boolean minutes = random.nextBoolean();
        interval = minutes ? Interval.M1 : Interval.S1;
        speed = minutes ? 12 : 1;
        // The bars of an exchange that is ahead of the gateway's clock are not complete in its responses, so a fast one
        // is far behind.
        offset = minutes ? Duration.ofHours(-6) : Duration.ofMillis(random.nextInt(8000) - 4000);
        double perSecond = new double[] {20, 3, 0.4}[random.nextInt(3)] / speed;
        requestsFail = random.nextBoolean();
        market = new MarketSimulation(new Random(seed + 1), interval, perSecond, exchangeTime());
        boolean fromTrades = source == Source.TRADES || source == Source.NUMBERED_TRADES;
        channel = new Channel(PROVIDER, BTC, new StreamKind.Bars(interval));
        Channel below = fromTrades ? new Channel(PROVIDER, BTC, new StreamKind.Trades()) : channel;
        key = new SimulatedFeedKey(
                below,
                LISTING,
                (query, whenDone) -> later(random.nextInt(2000), () -> whenDone.accept(latestTrades(query))),
                work -> later(0, work),
                this::wall,
                this::nanos);
        EventSink[] toHub = new EventSink[1];
        hub = new SimulatedHub(
                (_, sink) -> {
                    toHub[0] = sink;
                    return new MarketEventSource.Subscription() {
                        @Override
                        public void close() {}

                        @Override
                        public boolean survivesPauses() {
                            return true;
                        }
                    };
                },
                this::nanos,
                this::wall);
        for (int i = 0; i < CLIENTS; i++) {
            listeners.add(new SimulatedListener(hub.open(channel)));
        }
        listeners.getFirst().connect();
        bars = new BarChannel(
                channel,
                interval,
                (query, _) -> fetch(query),
                event -> toHub[0].accept(event),
                this::nanos,
                this::wall,
                new LongAdder(),
                new LongAdder());
        key.join(below, bars);
        if (fromTrades) {
            key.join(below, trades::add);
        }
    }

    /** Runs with cuts and then without, until everything must have been delivered. */
    void run(Duration cuts, Duration calm) {
        long end = realNanos + cuts.toNanos();
        while (realNanos < end) {
            step(true);
        }
        cutting = false;
        end += calm.toNanos();
        while (realNanos < end) {
            step(true);
        }
    }

    // ---- clocks ----

    private long nanos() {
        return realNanos - stoodNanos;
    }

    private Instant wall() {
        return START.plusNanos(realNanos).plus(set);
    }

    private Instant exchangeTime() {
        return START.plus(offset).plusNanos(realNanos * speed);
    }

    private void later(long millis, Runnable work) {
        long at = realNanos + millis * 1_000_000;
        mail.computeIfAbsent(at / STEP + 1, _ -> new ArrayList<>()).add(work);
    }

    // ---- time passes ----

    private void step(boolean withRounds) {
        realNanos += STEP;
        market.advanceTo(exchangeTime());
        feed();
        List<Runnable> due = mail.remove(realNanos / STEP);
        if (due != null) {
            due.forEach(Runnable::run);
        }
        if (realNanos % SECOND == 0) {
            hub.round();
            if (connected) {
                key.heard(nanos());
            }
        }
        if (withRounds && nanos() >= roundAt) {
            Duration pause = bars.round();
            // Longer pauses are cut short by what is heard.
            roundAt = nanos() + (pause.compareTo(QUIET) < 0 ? pause.toNanos() : random.nextLong(SECOND));
        }
        listeners.forEach(listener -> listener.step(random, cutting));
        if (cutting) {
            disturb(withRounds);
        }
    }

    private void disturb(boolean withRounds) {
        if (random.nextInt(60) == 0) {
            cut();
        }
        if (requestsFail && random.nextInt(600) == 0) {
            outageUntil = realNanos + random.nextLong(60 * SECOND);
        }
        if (withRounds && random.nextInt(3000) == 0) {
            suspend();
        }
        if (random.nextInt(2000) == 0) {
            set = Duration.ofMillis(random.nextInt(10_000) - 5000);
        }
    }

    /** The machine sleeps while the exchange goes on, and its monotonic clock stands. */
    private void suspend() {
        cut();
        long slept = random.nextLong(60 * SECOND) / STEP * STEP;
        realNanos += slept;
        stoodNanos += slept;
        for (long at : List.copyOf(mail.keySet())) {
            if (at < realNanos / STEP) {
                List<Runnable> missed = Objects.requireNonNull(mail.remove(at));
                missed.forEach(work -> later(0, work));
            }
        }
    }

    private void cut() {
        if (connected) {
            connected = false;
            inFlight.clear();
            key.broke(lastSeen);
            connectAt = realNanos + random.nextLong(6 * SECOND);
        }
    }

    // ---- the feed ----

    private void feed() {
        if (!connected && realNanos >= connectAt) {
            connected = true;
            int latest = market.trades().size();
            int before = random.nextBoolean() ? random.nextInt(30) : 0;
            List<Trade> earlier = List.copyOf(market.trades().subList(Math.max(0, latest - before), latest));
            sentTrades = latest;
            sentBars = interval.floor(market.now());
            if (source == Source.TRADES && !earlier.isEmpty()) {
                send(() -> key.traded(earlier, null, true));
            }
        }
        if (connected) {
            if (source == Source.TRADES || source == Source.NUMBERED_TRADES) {
                sendTrades();
            } else {
                sendBars();
            }
        }
        while (!inFlight.isEmpty() && inFlight.getFirst().at() <= realNanos) {
            inFlight.removeFirst().delivery().run();
            lastSeen = wall();
        }
    }

    private void send(Runnable delivery) {
        long last = inFlight.isEmpty() ? 0 : inFlight.getLast().at();
        inFlight.add(new Message(Math.max(last, realNanos + random.nextLong(SECOND / 8)), delivery));
    }

    private void sendTrades() {
        List<Trade> all = market.trades();
        while (sentTrades < all.size()) {
            int to = Math.min(all.size(), sentTrades + 1 + random.nextInt(3));
            List<Trade> some = List.copyOf(all.subList(sentTrades, to));
            Long first = source == Source.NUMBERED_TRADES
                    ? Long.valueOf(some.getFirst().id())
                    : null;
            send(() -> key.traded(some, first, false));
            sentTrades = to;
        }
    }

    /** Sends the bars that have ended, and the open one now and then. */
    private void sendBars() {
        Instant open = interval.floor(market.now());
        for (Candle bar : market.bars(sentBars, open, market.now())) {
            send(() -> key.bar(BarTracker.withComplete(bar, source == Source.CONFIRMED_BARS)));
        }
        sentBars = open;
        if (random.nextInt(4) == 0) {
            for (Candle bar : market.bars(open, interval.next(open), Instant.MIN)) {
                send(() -> key.bar(bar));
            }
        }
    }

    // ---- requests ----

    private Outcome<QueryResult> latestTrades(MarketQuery query) {
        if (isOut() || !(query instanceof MarketQuery.TradesQuery asked)) {
            return Outcome.failed(new Failure.Unreachable(PROVIDER, "down"));
        }
        List<Trade> all = market.trades();
        List<Trade> latest = List.copyOf(all.subList(Math.max(0, all.size() - asked.limit()), all.size()));
        return answer(new Trades(LISTING, latest, null));
    }

    private Outcome<QueryResult> fetch(MarketQuery query) {
        CandlesQuery asked = (CandlesQuery) query;
        boolean early = random.nextBoolean();
        Outcome<QueryResult> before = bars(asked);
        long end = realNanos + random.nextLong(3 * SECOND);
        while (realNanos < end) {
            step(false);
        }
        return early ? before : bars(asked);
    }

    private Outcome<QueryResult> bars(CandlesQuery asked) {
        if (isOut()) {
            return Outcome.failed(new Failure.Unreachable(PROVIDER, "down"));
        }
        Instant from = asked.from() == null ? Instant.EPOCH : asked.from();
        Instant date = Instant.ofEpochSecond(market.now().getEpochSecond());
        List<Candle> all = market.bars(from, market.now().plusSeconds(1), date.isBefore(wall()) ? date : wall());
        return answer(
                new Candles(LISTING, interval, all.subList(0, Math.min(asked.limit(), all.size())), List.of(), null));
    }

    /** Whether a request fails: now and then by itself, if {@link #requestsFail} also for a long time. */
    private boolean isOut() {
        return requestsFail && cutting && (realNanos < outageUntil || random.nextInt(4) == 0);
    }

    private Outcome<QueryResult> answer(MarketData data) {
        return Outcome.success(new QueryResult(
                data, new Provenance(PROVIDER, Mode.LIVE, null, wall(), Freshness.FRESH, List.of(), List.of())));
    }
}
