package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Call;
import io.marketbrain.pipeline.cache.InFlightLoads.LoadTicket;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.tier.LocalTiers;
import io.marketbrain.pipeline.cache.tier.SharedTier.Lease;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of one load: its unfinished tickets and the call it runs under. Confined to one thread. */
final class LoadTask {
    private final LocalTiers tiers;
    private final InFlightLoads inFlight;
    private final List<LoadTicket> open;
    private final boolean background;
    private final Call call;
    private final CacheLoader.Fetcher fetcher;

    /**
     * Creates a load for these tickets, all of them leaders.
     *
     * @param background whether this is a refresh, whose caller has already been served
     */
    LoadTask(
            LocalTiers tiers,
            InFlightLoads inFlight,
            List<LoadTicket> tickets,
            boolean background,
            Call call,
            CacheLoader.Fetcher fetcher) {
        this.tiers = tiers;
        this.inFlight = inFlight;
        this.open = new ArrayList<>(tickets);
        this.background = background;
        this.call = call;
        this.fetcher = fetcher;
    }

    /** A key to fetch from the provider, with its lease, if there is one. */
    record PendingFetch(LoadTicket ticket, @Nullable Lease lease) {}

    /** The unfinished tickets. */
    List<LoadTicket> open() {
        return List.copyOf(open);
    }

    boolean background() {
        return background;
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
        open.remove(ticket);
        inFlight.complete(ticket, result);
    }

    /** Caches {@code entry}, returns it to current waiters, and continues the load for later ones. */
    LoadTicket deliverInterim(LoadTicket ticket, CacheEntry entry, Tier tier) {
        keep(ticket, entry);
        LoadTicket next = inFlight.continueAfter(ticket, new LoadResult.Loaded(entry, tier));
        open.remove(ticket);
        open.add(next);
        return next;
    }

    private void keep(LoadTicket ticket, CacheEntry entry) {
        inFlight.unlessInvalidated(ticket, () -> tiers.put(ticket.key(), entry));
    }
}
