package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.OfInstrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A provider that quotes 1, 2, 3, … for each instrument, counts its calls, can be blocked and can fail. It detects concurrent calls for the same query.
 */
final class TestProvider implements MarketDataSource {
    final AtomicInteger calls = new AtomicInteger();
    final ConcurrentLinkedQueue<MarketQuery> queries = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Call> by = new ConcurrentLinkedQueue<>();
    final AtomicInteger twiceAtOnce = new AtomicInteger();
    private final Map<MarketQuery, AtomicInteger> perQuery = new ConcurrentHashMap<>();
    private final Map<MarketQuery, AtomicInteger> inFlight = new ConcurrentHashMap<>();
    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
    private volatile Failure failure;
    volatile long delayMillis;

    @Override
    public Outcome<QueryResult> fetch(MarketQuery query, Call call) {
        calls.incrementAndGet();
        queries.add(query);
        by.add(call);
        if (inFlight.computeIfAbsent(query, _ -> new AtomicInteger()).incrementAndGet() > 1) {
            twiceAtOnce.incrementAndGet();
        }
        try {
            gate.get().await();
            if (delayMillis > 0) {
                Thread.sleep(delayMillis);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("a load was interrupted", e);
        } finally {
            inFlight.get(query).decrementAndGet();
        }
        Failure now = failure;
        if (now != null) {
            return Outcome.failed(now);
        }
        int price = perQuery.computeIfAbsent(query, _ -> new AtomicInteger()).incrementAndGet();
        return Outcome.success(CacheSamples.answer(
                CacheSamples.quoteOf(((OfInstrument) query).instrument().base(), price + ".00")));
    }

    int calls(MarketQuery query) {
        return (int) queries.stream().filter(query::equals).count();
    }

    /** Makes later calls wait until the latch is counted down. */
    CountDownLatch hold() {
        CountDownLatch latch = new CountDownLatch(1);
        gate.set(latch);
        return latch;
    }

    void fail(Failure with) {
        failure = with;
    }

    void recover() {
        failure = null;
    }
}
