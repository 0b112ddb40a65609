package io.marketbrain.pipeline.cache.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.marketbrain.pipeline.cache.redis.RedisStatePolicy.Event;
import io.marketbrain.pipeline.cache.redis.RedisStatePolicy.TrackedState;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Model-checks {@link RedisStateMachine} over the interleavings of its steps: no event is lost, and every change is reported once.
 */
class StateHolderModelTest {
    private static final List<Event> EVENTS = List.of(
            Event.TIMED_OUT, Event.ANSWERED, Event.LOST, Event.WRITE_REFUSED, Event.PROBE_PASSED, Event.RECOVERED);

    private record Change(State from, State to) {}

    /** The holder; must be linearizable. */
    @Param(name = "event", gen = IntGen.class, conf = "0:5")
    public static class Holder {
        private final Queue<Change> reported = new ConcurrentLinkedQueue<>();
        private final RedisStateMachine holder =
                new RedisStateMachine(State.UP, (from, to) -> reported.add(new Change(from, to)), () -> 0);

        @Operation
        public void on(@Param(name = "event") int event) {
            holder.on(EVENTS.get(event), "");
        }

        @Operation
        public TrackedState current() {
            return holder.current();
        }

        /** Checks that the reported changes lead, in some order, from the first state to the last. */
        @Validate
        public void everyChangeIsToldOnce() {
            Map<State, Integer> balance = new EnumMap<>(State.class);
            balance.merge(State.UP, 1, Integer::sum);
            balance.merge(holder.state(), -1, Integer::sum);
            for (Change change : reported) {
                balance.merge(change.from(), -1, Integer::sum);
                balance.merge(change.to(), 1, Integer::sum);
            }
            if (holder.transitions() != reported.size()
                    || balance.values().stream().anyMatch(left -> left != 0)) {
                throw new IllegalStateException("reported " + reported + ", but it is " + holder.state());
            }
        }
    }

    /** Reads, decides and writes, one after the other. */
    @Param(name = "event", gen = IntGen.class, conf = "0:5")
    public static class LosesEvents {
        private volatile TrackedState tracked = TrackedState.in(State.UP);

        @Operation
        public void on(@Param(name = "event") int event) {
            tracked = RedisStatePolicy.after(tracked, EVENTS.get(event));
        }

        @Operation
        public TrackedState current() {
            return tracked;
        }
    }

    private static void check(Class<?> model) {
        new ModelCheckingOptions()
                .iterations(8)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(3)
                .actorsAfter(1)
                .minimizeFailedScenario(false)
                .addGuarantee(forClasses("java.util.concurrent.ConcurrentLinkedQueue")
                        .allMethods()
                        .treatAsAtomic())
                .addGuarantee(forClasses("io.marketbrain.pipeline.cache.redis.LogThrottle")
                        .allMethods()
                        .treatAsAtomic())
                .check(model);
    }

    @Test
    void no_event_is_lost_and_every_change_is_reported_once() {
        check(Holder.class);
    }

    @Test
    void the_model_detects_a_lost_event() {
        assertThatThrownBy(() -> check(LosesEvents.class)).isInstanceOf(LincheckAssertionError.class);
    }
}
