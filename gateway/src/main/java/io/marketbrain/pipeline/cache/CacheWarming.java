package io.marketbrain.pipeline.cache;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.telemetry.CurrentCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Loads quotes into the cache in the background at low priority: the configured symbols periodically, others on request. Thread-safe.
 */
public final class CacheWarming implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CacheWarming.class.getName());
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(30);
    private static final double JITTER = 0.1;

    private final WarmingConfig config;
    private final MarketDataSource source;
    private final ProviderCatalog catalogue;
    private final NanoClock nanoClock;
    private final RandomGenerator chance;
    private final Semaphore atOnce;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong roundIds = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final TaskRunner threads;
    private final BackgroundLoop rounds;
    private volatile boolean stopped;

    /**
     * Creates the warming and starts its rounds if any symbols are configured.
     *
     * @param source the outermost layer, so that admission control and budgets apply to warming as well
     */
    public CacheWarming(
            WarmingConfig config,
            MarketDataSource source,
            ProviderCatalog catalogue,
            NanoClock nanoClock,
            RandomGenerator chance) {
        this.config = config;
        this.source = source;
        this.catalogue = catalogue;
        this.nanoClock = nanoClock;
        this.chance = chance;
        this.atOnce = new Semaphore(config.atOnce());
        this.threads = new TaskRunner("cache-warm", nanoClock);
        this.rounds = new BackgroundLoop("cache-warming", BackgroundLoop.Kind.VIRTUAL, nanoClock, this::round);
        if (!config.symbols().isEmpty()) {
            rounds.start();
        }
    }

    /**
     * Schedules the queries and returns how many, or fails without scheduling any if too many are waiting already. Does not block.
     *
     * @param call the call that the queries run under
     */
    public Outcome<Integer> warm(List<QuoteQuery> queries, Call call) {
        if (waiting.addAndGet(queries.size()) > config.most() || stopped) {
            waiting.addAndGet(-queries.size());
            return Outcome.failed(new Failure.Shed(
                    "too many symbols are waiting to be warmed; retry in 10 s", Duration.ofSeconds(10)));
        }
        for (QuoteQuery query : queries) {
            CurrentCall.start(threads, call.id(), () -> ask(query, call), _ -> waiting.decrementAndGet());
        }
        return Outcome.success(queries.size());
    }

    /** How many queries warming has sent so far. */
    public long queriesSent() {
        return sent.get();
    }

    @Override
    public void close() {
        stopped = true;
        rounds.stop();
    }

    /** Sends one query when it is its turn; whether it was sent. */
    private boolean ask(QuoteQuery query, Call call) throws InterruptedException {
        if (!atOnce.tryAcquire(longestWait().toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.log(System.Logger.Level.WARNING, "warming: a query waited too long for the queries before it");
            return false;
        }
        try {
            if (stopped) {
                return false;
            }
            sent.incrementAndGet();
            var outcome = source.fetch(query, call.at(Priority.LOW).until(Deadline.in(QUERY_TIMEOUT, nanoClock)));
            if (outcome instanceof Outcome.Failed<?> failed) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        () -> "warming: " + failed.failure().message());
            }
            return true;
        } finally {
            atOnce.release();
        }
    }

    /** The time in which every query that waits now has had its turn. */
    private Duration longestWait() {
        return QUERY_TIMEOUT.multipliedBy(1 + waiting.get() / config.atOnce());
    }

    private Duration round() {
        var call = new Call(
                new CallId("warming-" + roundIds.incrementAndGet()),
                Caller.GATEWAY,
                Priority.LOW,
                Deadline.in(QUERY_TIMEOUT, nanoClock),
                false);
        if (warm(configured(), call) instanceof Outcome.Failed<?> failed) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "warming: " + failed.failure().message());
        }
        return pause();
    }

    /** The pause before the next round: the configured one, varied randomly by up to a tenth. */
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
                    LOG.log(System.Logger.Level.WARNING, () -> "cannot warm '" + symbol + "': " + failure.message());
            }
        }
        return queries;
    }
}
