package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Call;
import io.marketbrain.pipeline.cache.Flights.Seat;
import io.marketbrain.pipeline.cache.SharedTier.Lease;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One load: the seats that have not landed yet, and what it is for. Of one thread only. */
final class Load {
    private final Tiers tiers;
    private final Flights flights;
    private final List<Seat> open;
    private final boolean background;
    private final Call call;
    private final Loads.Fetcher fetcher;

    /**
     * A load of keys whose first seats these are.
     *
     * @param background whether whoever started it serves something meanwhile
     */
    Load(Tiers tiers, Flights flights, List<Seat> seats, boolean background, Call call, Loads.Fetcher fetcher) {
        this.tiers = tiers;
        this.flights = flights;
        this.open = new ArrayList<>(seats);
        this.background = background;
        this.call = call;
        this.fetcher = fetcher;
    }

    /** A key that the provider is to be asked for, with the lease on it, if there is one. */
    record Owed(Seat seat, @Nullable Lease lease) {}

    /** The seats that have not landed. */
    List<Seat> open() {
        return List.copyOf(open);
    }

    boolean background() {
        return background;
    }

    Call call() {
        return call;
    }

    Loads.Fetcher fetcher() {
        return fetcher;
    }

    /** Keeps {@code entry} and lets those who wait have it. */
    void arrive(Seat seat, Entry entry, Tier tier) {
        keep(seat, entry);
        land(seat, new Landing.Arrived(entry, tier));
    }

    void land(Seat seat, Landing how) {
        open.remove(seat);
        flights.land(seat, how);
    }

    /** Keeps {@code entry}, lets those who wait have it, and goes on for those who come later. */
    Seat handOn(Seat seat, Entry entry, Tier tier) {
        keep(seat, entry);
        Seat onward = flights.continueAfter(seat, new Landing.Arrived(entry, tier));
        open.remove(seat);
        open.add(onward);
        return onward;
    }

    private void keep(Seat seat, Entry entry) {
        flights.unlessOvertaken(seat, () -> tiers.keep(seat.key(), entry));
    }
}
