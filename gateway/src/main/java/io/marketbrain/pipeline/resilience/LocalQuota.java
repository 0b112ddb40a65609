package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.cost.RateLimit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Counts what this process, and the process before a restart, used of a provider's rate limits. The counts are saved at
 * shutdown and after each further twentieth of a limit. After a crash that twentieth counts as used, and limits with a
 * period of less than a minute count as full, so that a crash never leads to more calls than the provider allows. If
 * the saved counts are damaged, all limits count as full.
 * Thread-safe.
 */
final class LocalQuota implements QuotaCounts {
    private static final int BLOCKS_PER_LIMIT = 20;
    private static final long SHORT_NANOS = 60_000_000_000L;

    private final List<RateLimit> limits;
    private final List<QuotaWindow> windows;
    private final QuotaStore store;
    private final NanoClock nanoClock;
    private final InstantSource clock;
    private final long[] unsaved;
    private boolean started;
    private boolean closed;

    /** @param limits the limits to enforce, margins already deducted */
    LocalQuota(List<RateLimit> limits, QuotaStore store, NanoClock nanoClock, InstantSource clock) {
        this.limits = List.copyOf(limits);
        this.store = store;
        this.nanoClock = nanoClock;
        this.clock = clock;
        this.unsaved = new long[limits.size()];
        this.windows = limits.stream()
                .map(limit -> new QuotaWindow(limit.amount(), limit.per().toNanos(), nanoClock.nanos()))
                .toList();
    }

    @Override
    public Wait take(long[] amounts, int percent) {
        return take(amounts, percent, 1);
    }

    /**
     * The same with one part in {@code parts} of that room.
     *
     * @param parts how many gateways share it; an amount above the part of one never has room
     */
    synchronized Wait take(long[] amounts, int percent, long parts) {
        start();
        long now = nanoClock.nanos();
        Wait longest = new Wait(0, 0, now);
        for (int i = 0; i < windows.size(); i++) {
            QuotaWindow window = windows.get(i);
            long share = Math.max(1, window.limit() * percent / 100);
            long nanos = window.waitNanos(Math.min(amounts[i], share), Math.max(1, share / parts), now);
            if (nanos > longest.nanos()) {
                longest = new Wait(nanos, i, now);
            }
        }
        if (longest.nanos() == 0) {
            use(amounts, now);
        }
        return longest;
    }

    /** Counts usage even if it exceeds the limit. */
    synchronized void use(long[] amounts) {
        start();
        use(amounts, nanoClock.nanos());
    }

    private void use(long[] amounts, long now) {
        boolean saveDue = false;
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).use(amounts[i], now);
            unsaved[i] += amounts[i];
            saveDue |= isLong(i) && unsaved[i] >= block(i);
        }
        if (saveDue) {
            save(false);
        }
    }

    @Override
    public synchronized void giveBack(long[] amounts, long at) {
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).giveBack(amounts[i], at, nanoClock.nanos());
        }
    }

    /** Does nothing: {@link RetryAfterLayer} obeys the wait, even after a restart. */
    @Override
    public void onRetryAfter(long nanos) {}

    @Override
    public synchronized long used(int limit) {
        return windows.get(limit).used(nanoClock.nanos());
    }

    @Override
    public synchronized void close() {
        if (started && !closed) {
            closed = true;
            save(true);
        }
    }

    private boolean isLong(int limit) {
        return limits.get(limit).per().toNanos() >= SHORT_NANOS;
    }

    private long block(int limit) {
        return Math.max(1, limits.get(limit).amount() / BLOCKS_PER_LIMIT);
    }

    /** On first use: restores what the previous process used, and records that this one is running. */
    private void start() {
        if (started) {
            return;
        }
        started = true;
        store.find().ifPresent(this::restore);
        save(false);
    }

    private void restore(QuotaStore.Snapshot snapshot) {
        long now = nanoClock.nanos();
        Instant today = clock.instant();
        for (QuotaStore.Use use : snapshot.uses()) {
            for (int i = 0; i < windows.size(); i++) {
                if (use.limit().equals(name(i))) {
                    long ago = Math.max(0, today.toEpochMilli() - use.until().toEpochMilli()) * 1_000_000;
                    windows.get(i).restore(use.amount(), ago, now);
                }
            }
        }
        if (snapshot.damaged()) {
            windows.forEach(window -> window.restore(window.limit(), 0, now));
        } else if (!snapshot.stopped()) {
            for (int i = 0; i < windows.size(); i++) {
                windows.get(i).restore(isLong(i) ? block(i) - 1 : windows.get(i).limit(), 0, now);
            }
        }
    }

    private void save(boolean stopped) {
        long now = nanoClock.nanos();
        Instant today = clock.instant();
        var uses = new java.util.ArrayList<QuotaStore.Use>();
        for (int i = 0; i < windows.size(); i++) {
            String name = name(i);
            windows.get(i)
                    .each(now, (amount, ago) -> uses.add(new QuotaStore.Use(name, today.minusNanos(ago), amount)));
            unsaved[i] = 0;
        }
        store.save(new QuotaStore.Snapshot(stopped, uses));
    }

    private String name(int limit) {
        RateLimit of = limits.get(limit);
        return (of.counts() == RateLimit.Counts.CALLS ? "calls/" : "weight/")
                + of.per().toSeconds();
    }
}
