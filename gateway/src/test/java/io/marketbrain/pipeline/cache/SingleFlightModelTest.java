package io.marketbrain.pipeline.cache;

import static io.marketbrain.pipeline.cache.CacheSamples.quote;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.marketbrain.model.Failure;
import io.marketbrain.pipeline.cache.InFlightLoads.LoadTicket;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Model-checks single flight over the interleavings of its steps: loads of a key never overlap, and nothing loaded before a purge is found after it.
 */
class SingleFlightModelTest {
    private static final CacheKey KEY = new CacheKey(quote("BTC"), "live", false);

    /** One key of the cache as its callers use it. Every operation must return true in every interleaving. */
    public static class OneKey {
        final InFlightLoads inFlight = new InFlightLoads();
        /** How many purges had begun when what is kept was asked for; -1 where nothing is. */
        final AtomicInteger kept = new AtomicInteger(-1);

        private final AtomicInteger loads = new AtomicInteger();
        private final AtomicInteger purgesBegun = new AtomicInteger();
        private final AtomicInteger purgesEnded = new AtomicInteger();

        /** Loads, or waits for the load under way; whether that was the only one, and brought nothing purged before. */
        @Operation
        public boolean load() {
            return load(false);
        }

        /** The same, where something is found on the way and handed on while the load goes on. */
        @Operation
        public boolean loadInTwoSteps() {
            return load(true);
        }

        private boolean load(boolean twoSteps) {
            int ended = purgesEnded.get();
            while (true) {
                LoadTicket ticket = ticket();
                boolean late = ticket.flight().invalidated();
                if (ticket.leader()) {
                    boolean alone = loads.incrementAndGet() == 1;
                    int begun = purgesBegun.get();
                    keep(ticket, begun);
                    if (twoSteps) {
                        ticket = inFlight.continueAfter(ticket, result(begun));
                        keep(ticket, begun);
                    }
                    loads.decrementAndGet();
                    inFlight.complete(ticket, result(begun));
                    return alone && find();
                }
                while (!ticket.flight().completed()) {
                    Thread.onSpinWait();
                }
                if (!late) {
                    return begun(ticket.flight()) >= ended;
                }
            }
        }

        @Operation
        public boolean purge() {
            purgesBegun.incrementAndGet();
            inFlight.invalidate(_ -> true);
            kept.set(-1);
            purgesEnded.incrementAndGet();
            return true;
        }

        /** Whether what is found, if anything, was not purged before. */
        @Operation
        public boolean find() {
            int ended = purgesEnded.get();
            int found = kept.get();
            return found < 0 || found >= ended;
        }

        LoadTicket ticket() {
            return inFlight.join(KEY);
        }

        void keep(LoadTicket ticket, int begun) {
            inFlight.unlessInvalidated(ticket, () -> kept.set(begun));
        }
    }

    private static LoadResult result(int begun) {
        return new LoadResult.Failed(new Failure.UnknownInstrument(CacheSamples.BINANCE, "" + begun));
    }

    private static int begun(InFlightLoad flight) {
        return flight.await(CacheSamples.call().deadline()).orElseThrow() instanceof LoadResult.Failed(Failure failure)
                        && failure instanceof Failure.UnknownInstrument(var _, String begun, var _, var _, var _)
                ? Integer.parseInt(begun)
                : -1;
    }

    /** Looks first, then takes a ticket. */
    public static class LooksBeforeItLeaps extends OneKey {
        @Override
        LoadTicket ticket() {
            return inFlight.isInFlight(KEY) ? inFlight.join(KEY) : new LoadTicket(KEY, new InFlightLoad(), true);
        }
    }

    /** Asks first whether a purge came, then keeps. */
    public static class KeepsPastAPurge extends OneKey {
        @Override
        void keep(LoadTicket ticket, int begun) {
            if (!ticket.flight().invalidated()) {
                kept.set(begun);
            }
        }
    }

    private static void check(Class<?> model) {
        new ModelCheckingOptions()
                .iterations(6)
                .invocationsPerIteration(120)
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(0)
                .minimizeFailedScenario(false)
                .addGuarantee(forClasses(
                                "java.util.concurrent.ConcurrentHashMap",
                                "java.util.concurrent.ConcurrentHashMap$KeySetView",
                                "java.util.concurrent.ConcurrentHashMap$KeyIterator",
                                "java.util.concurrent.CompletableFuture")
                        .allMethods()
                        .treatAsAtomic())
                .check(model);
    }

    @Test
    void loads_of_a_key_never_overlap_and_nothing_old_is_found_after_a_purge() {
        check(OneKey.class);
    }

    @Test
    void the_model_detects_two_concurrent_loads() {
        assertThatThrownBy(() -> check(LooksBeforeItLeaps.class)).isInstanceOf(LincheckAssertionError.class);
    }

    @Test
    void the_model_detects_an_entry_stored_after_a_purge() {
        assertThatThrownBy(() -> check(KeepsPastAPurge.class)).isInstanceOf(LincheckAssertionError.class);
    }
}
