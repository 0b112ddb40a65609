package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.Catalogue;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Asks for quotes ahead of need, in the background and at low priority, so that they are there when somebody comes: what
 * it is told to, and the configured ones again and again. Thread-safe.
 */
public final class CacheWarming implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CacheWarming.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double JITTER = 0.1;

    private final WarmingConfig config;
    private final MarketDataSource source;
    private final Catalogue catalogue;
    private final Ticker ticker;
    private final RandomGenerator chance;
    private final Semaphore atOnce;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private final CountDownLatch stop = new CountDownLatch(1);

    /**
     * Warming, running if any symbols are configured.
     *
     * @param source the outermost layer, so that warming is admitted and paid for like everything
     */
    public CacheWarming(
            WarmingConfig config, MarketDataSource source, Catalogue catalogue, Ticker ticker, RandomGenerator chance) {
        this.config = config;
        this.source = source;
        this.catalogue = catalogue;
        this.ticker = ticker;
        this.chance = chance;
        this.atOnce = new Semaphore(config.atOnce());
        if (!config.symbols().isEmpty()) {
            Thread.ofVirtual().name("cache-warming").start(this::rounds);
        }
    }

    /**
     * How many of the queries will be asked: all of them, or none when too many wait already. Returns at once.
     *
     * @param call in whose name
     */
    public Outcome<Integer> warm(List<QuoteQuery> queries, Call call) {
        if (waiting.addAndGet(queries.size()) > config.most() || stop.getCount() == 0) {
            waiting.addAndGet(-queries.size());
            return Outcome.failed(new Failure.Shed("too much is being warmed already", Duration.ofSeconds(10)));
        }
        for (QuoteQuery query : queries) {
            Thread.ofVirtual().name("cache-warm").start(() -> ask(query, call));
        }
        return Outcome.success(queries.size());
    }

    /** How many questions warming has asked so far. */
    public long asked() {
        return asked.get();
    }

    @Override
    public void close() {
        stop.countDown();
    }

    private void ask(QuoteQuery query, Call call) {
        try {
            atOnce.acquire();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            waiting.decrementAndGet();
            return;
        }
        try {
            if (stop.getCount() > 0) {
                asked.incrementAndGet();
                var outcome = source.fetch(query, call.at(Priority.LOW).until(Deadline.in(PATIENCE, ticker)));
                if (outcome instanceof Outcome.Failed<?> failed) {
                    LOG.log(
                            System.Logger.Level.DEBUG,
                            () -> "warming: " + failed.failure().message());
                }
            }
        } finally {
            atOnce.release();
            waiting.decrementAndGet();
        }
    }

    private void rounds() {
        try {
            do {
                var call = new Call(
                        new CallId("warming-" + rounds.incrementAndGet()),
                        Caller.GATEWAY,
                        Priority.LOW,
                        Deadline.in(PATIENCE, ticker),
                        false);
                if (warm(configured(), call) instanceof Outcome.Failed<?> failed) {
                    LOG.log(
                            System.Logger.Level.DEBUG,
                            () -> "warming: " + failed.failure().message());
                }
            } while (!stop.await(pause().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long to wait before the next round: now a little more, now a little less than configured. */
    Duration pause() {
        return Duration.ofNanos((long) (config.every().toNanos() * (1 + JITTER * (2 * chance.nextDouble() - 1))));
    }

    private List<QuoteQuery> configured() {
        List<QuoteQuery> queries = new ArrayList<>();
        for (String symbol : config.symbols()) {
            int colon = symbol.indexOf(':');
            String name = symbol.substring(0, colon);
            Outcome<Instrument> instrument = ProviderId.isValid(name)
                    ? catalogue.resolve(new ProviderId(name), symbol.substring(colon + 1))
                    : Outcome.failed(new Failure.UnknownProvider(name, List.of()));
            switch (instrument) {
                case Outcome.Success<Instrument>(Instrument found) ->
                    queries.add(new QuoteQuery(new ProviderId(name), found, null));
                case Outcome.Failed<Instrument>(Failure failure) ->
                    LOG.log(
                            System.Logger.Level.WARNING,
                            () -> "'" + symbol + "' cannot be kept warm: " + failure.message());
            }
        }
        return queries;
    }
}
