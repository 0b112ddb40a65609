package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.RateLimit;
import io.marketbrain.model.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * What this process used of a provider's limits, and what the one before it did: kept at a stop, and before a twentieth
 * of a limit more is used than was kept. After a crash that twentieth counts as used, and limits of less than a minute
 * count as full, so that no crash lets more through than the provider allows. Thread-safe.
 */
final class LocalQuota implements QuotaCounts {
    private static final int KEPT_EVERY = 20;
    private static final long SHORT_NANOS = 60_000_000_000L;

    private final List<RateLimit> limits;
    private final List<QuotaWindow> windows;
    private final QuotaStore store;
    private final Ticker ticker;
    private final InstantSource clock;
    private final long[] unkept;
    private boolean begun;
    private boolean closed;

    /** @param limits what may be used, margins deducted */
    LocalQuota(List<RateLimit> limits, QuotaStore store, Ticker ticker, InstantSource clock) {
        this.limits = List.copyOf(limits);
        this.store = store;
        this.ticker = ticker;
        this.clock = clock;
        this.unkept = new long[limits.size()];
        this.windows = limits.stream()
                .map(limit -> new QuotaWindow(limit.amount(), limit.per().toNanos(), ticker.nanos()))
                .toList();
    }

    @Override
    public synchronized Wait take(long[] amounts, int percent) {
        begin();
        long now = ticker.nanos();
        Wait longest = new Wait(0, 0, now);
        for (int i = 0; i < windows.size(); i++) {
            QuotaWindow window = windows.get(i);
            long share = Math.max(1, window.limit() * percent / 100);
            long nanos = window.waitNanos(amounts[i], share, now);
            if (nanos > longest.nanos()) {
                longest = new Wait(nanos, i, now);
            }
        }
        if (longest.nanos() == 0) {
            use(amounts, now);
        }
        return longest;
    }

    /** Counts what was used whether there was room or not. */
    synchronized void use(long[] amounts) {
        begin();
        use(amounts, ticker.nanos());
    }

    private void use(long[] amounts, long now) {
        boolean keep = false;
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).use(amounts[i], now);
            unkept[i] += amounts[i];
            keep |= isLong(i) && unkept[i] >= block(i);
        }
        if (keep) {
            keep(false);
        }
    }

    @Override
    public synchronized void giveBack(long[] amounts, long at) {
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).giveBack(amounts[i], at, ticker.nanos());
        }
    }

    /** The layer outside obeys it, a restart included. */
    @Override
    public void asked(long nanos) {}

    @Override
    public synchronized long used(int limit) {
        return windows.get(limit).used(ticker.nanos());
    }

    @Override
    public synchronized void close() {
        if (begun && !closed) {
            closed = true;
            keep(true);
        }
    }

    private boolean isLong(int limit) {
        return limits.get(limit).per().toNanos() >= SHORT_NANOS;
    }

    private long block(int limit) {
        return Math.max(1, limits.get(limit).amount() / KEPT_EVERY);
    }

    /** Before the first use: what the process before this one used, and that this one has begun. */
    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        store.find().ifPresent(this::restore);
        keep(false);
    }

    private void restore(QuotaStore.Kept kept) {
        long now = ticker.nanos();
        Instant today = clock.instant();
        for (QuotaStore.Use use : kept.uses()) {
            for (int i = 0; i < windows.size(); i++) {
                if (use.limit().equals(name(i))) {
                    long ago = Math.max(0, today.toEpochMilli() - use.until().toEpochMilli()) * 1_000_000;
                    windows.get(i).restore(use.amount(), ago, now);
                }
            }
        }
        if (!kept.stopped()) {
            for (int i = 0; i < windows.size(); i++) {
                windows.get(i).restore(isLong(i) ? block(i) - 1 : windows.get(i).limit(), 0, now);
            }
        }
    }

    private void keep(boolean stopped) {
        long now = ticker.nanos();
        Instant today = clock.instant();
        var uses = new java.util.ArrayList<QuotaStore.Use>();
        for (int i = 0; i < windows.size(); i++) {
            String name = name(i);
            windows.get(i)
                    .each(now, (amount, ago) -> uses.add(new QuotaStore.Use(name, today.minusNanos(ago), amount)));
            unkept[i] = 0;
        }
        store.save(new QuotaStore.Kept(stopped, uses));
    }

    private String name(int limit) {
        RateLimit of = limits.get(limit);
        return (of.counts() == RateLimit.Counts.CALLS ? "calls/" : "weight/")
                + of.per().toSeconds();
    }
}
