package io.marketbrain.pipeline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Continuous traffic during a fault: half of it for cached instruments ({@link #WARM}), half for new ones. Records every failure and the slowest response of each kind.
 */
final class CacheTraffic implements AutoCloseable {
    static final int WARM = 20;
    private static final int CALLERS = 4;
    private static final Duration BUDGET = Duration.ofMillis(150);
    private static final Duration PATIENCE_WITH_OTHERS = Duration.ofMillis(400);

    private final List<GatewayCache> gateways;
    private final List<Thread> callers = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong slowestWarm = new AtomicLong();
    private final AtomicLong slowestCold = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong names = new AtomicLong();
    private final StallMonitor stalls = new StallMonitor();
    private volatile boolean stopped;

    CacheTraffic(List<GatewayCache> gateways) {
        this.gateways = gateways;
        for (int caller = 0; caller < CALLERS; caller++) {
            callers.add(Thread.ofVirtual().name("caller-" + caller).start(this::ask));
        }
    }

    private void ask() {
        for (int i = 0; !stopped; i++) {
            GatewayCache gateway = gateways.get(i % gateways.size());
            ask(gateway, "WARM" + i % WARM, slowestWarm);
            ask(gateway, "COLD" + names.incrementAndGet(), slowestCold);
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void ask(GatewayCache gateway, String base, AtomicLong slowest) {
        long start = System.nanoTime();
        Outcome<QueryResult> outcome = gateway.ask(base);
        slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
        answered.incrementAndGet();
        if (!(outcome instanceof Outcome.Success)) {
            failures.add(base + ": " + outcome);
        }
    }

    /** Stops the traffic and checks that no request failed or waited longer for Redis than allowed. */
    void end() throws InterruptedException {
        stopped = true;
        for (Thread caller : callers) {
            caller.join();
        }
        stalls.close();
        assertThat(answered.get()).as("answers").isGreaterThan(20);
        assertThat(failures).as("failures among %d", answered.get()).isEmpty();
        Duration extra = stalls.allowance();
        assertThat(Duration.ofNanos(slowestWarm.get()))
                .as("the slowest response for cached instruments; the machine stalled for %s", stalls.worst())
                .isLessThanOrEqualTo(extra);
        Duration most = gateways.size() == 1 ? BUDGET : BUDGET.plus(PATIENCE_WITH_OTHERS);
        assertThat(Duration.ofNanos(slowestCold.get()))
                .as("the slowest response for new instruments; the machine stalled for %s", stalls.worst())
                .isLessThanOrEqualTo(most.plus(extra));
    }

    @Override
    public void close() {
        stopped = true;
        stalls.close();
    }
}
