package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.pipeline.cache.InFlightLoads.LoadTicket;
import io.marketbrain.pipeline.cache.policy.AgeLimit;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.tier.LocalTiers;
import io.marketbrain.pipeline.cache.tier.SharedTier.Lease;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one load: its unfinished tickets and the call it runs under. Runs on one thread; another one may call only
 * {@link #fail}, after which the load changes nothing any more.
 */
final class LoadTask {
    private final LocalTiers tiers;
    private final InFlightLoads inFlight;
    private final List<LoadTicket> open;
    private @Nullable LoadResult failed;
    private final boolean background;
    private final AgeLimit limit;
    private final Call call;
    private final CacheLoader.Fetcher fetcher;

    /**
     * Creates a load for these tickets, all of them leaders.
     *
     * @param background whether this is a refresh, whose caller has already been served
     * @param limit which present answers make the load unnecessary
     */
    LoadTask(
            LocalTiers tiers,
            InFlightLoads inFlight,
            List<LoadTicket> tickets,
            boolean background,
            AgeLimit limit,
            Call call,
            CacheLoader.Fetcher fetcher) {
        this.tiers = tiers;
        this.inFlight = inFlight;
        this.open = new ArrayList<>(tickets);
        this.background = background;
        this.limit = limit;
        this.call = call;
        this.fetcher = fetcher;
    }

    /** A key to fetch from the provider, with its lease, if there is one. */
    record PendingFetch(LoadTicket ticket, @Nullable Lease lease) {}

    /** The unfinished tickets. */
    synchronized List<LoadTicket> open() {
        return List.copyOf(open);
    }

    boolean background() {
        return background;
    }

    AgeLimit limit() {
        return limit;
    }

    Call call() {
        return call;
    }

    CacheLoader.Fetcher fetcher() {
        return fetcher;
    }

    /** Caches {@code entry} and completes the ticket with it. */
    void deliver(LoadTicket ticket, CacheEntry entry, Tier tier) {
        keep(ticket, entry);
        finish(ticket, new LoadResult.Loaded(entry, tier));
    }

    void finish(LoadTicket ticket, LoadResult result) {
        synchronized (this) {
            open.remove(ticket);
        }
        inFlight.complete(ticket, result);
    }

    /** Caches {@code entry}, returns it to current waiters, and continues the load for later ones. */
    LoadTicket deliverInterim(LoadTicket ticket, CacheEntry entry, Tier tier) {
        keep(ticket, entry);
        LoadTicket next = inFlight.continueAfter(ticket, new LoadResult.Loaded(entry, tier));
        LoadResult result;
        synchronized (this) {
            open.remove(ticket);
            open.add(next);
            result = failed;
        }
        if (result != null) {
            finish(next, result);
        }
        return next;
    }

    /** Ends the load: completes the unfinished tickets with this failure. What arrives later is not cached. */
    void fail(Failure failure) {
        LoadResult result = new LoadResult.Failed(failure);
        List<LoadTicket> unfinished;
        synchronized (this) {
            failed = result;
            unfinished = List.copyOf(open);
        }
        for (LoadTicket ticket : unfinished) {
            ticket.flight().invalidate();
            finish(ticket, result);
        }
    }

    private void keep(LoadTicket ticket, CacheEntry entry) {
        inFlight.unlessInvalidated(ticket, () -> tiers.put(ticket.key(), entry));
    }
}
