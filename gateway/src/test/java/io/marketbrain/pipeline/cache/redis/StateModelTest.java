package io.marketbrain.pipeline.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.pipeline.cache.redis.RedisStatePolicy.Event;
import io.marketbrain.pipeline.cache.redis.RedisStatePolicy.TrackedState;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The state machine compared with an independent model: a table of transitions and a counter. */
class StateModelTest {
    private static final int SEEDS = 20_000;

    /** The transitions as "from event to"; events not listed do not change the state. */
    private static final String ARROWS = """
            CONNECTING PROBE_PASSED RECOVERING
            CONNECTING PROBE_READ_ONLY READ_ONLY
            CONNECTING PROBE_REFUSED REFUSED
            CONNECTING PROBE_FAILED DOWN
            DOWN PROBE_PASSED RECOVERING
            DOWN PROBE_READ_ONLY READ_ONLY
            DOWN PROBE_REFUSED REFUSED
            REFUSED PROBE_PASSED RECOVERING
            REFUSED PROBE_READ_ONLY READ_ONLY
            REFUSED PROBE_FAILED DOWN
            RECOVERING RECOVERED UP
            RECOVERING RECOVERY_FAILED DOWN
            RECOVERING LOST DOWN
            RECOVERING UNAVAILABLE DOWN
            RECOVERING WRITE_REFUSED READ_ONLY
            RECOVERING REJECTED REFUSED
            UP LOST DOWN
            UP UNAVAILABLE DOWN
            UP REJECTED REFUSED
            UP WRITE_REFUSED READ_ONLY
            READ_ONLY LOST DOWN
            READ_ONLY UNAVAILABLE DOWN
            READ_ONLY REJECTED REFUSED
            READ_ONLY PROBE_PASSED RECOVERING
            READ_ONLY PROBE_REFUSED REFUSED
            READ_ONLY PROBE_FAILED DOWN
            """;

    /** The reference model: looks transitions up and counts timeouts itself. */
    private static final class Model {
        private static final Map<State, Map<Event, State>> TABLE = table();
        private State state = State.CONNECTING;
        private int late;

        void on(Event event) {
            boolean serving = state == State.UP || state == State.READ_ONLY;
            if (serving && event == Event.TIMED_OUT) {
                late++;
                if (late == 3) {
                    state = State.DOWN;
                    late = 0;
                }
                return;
            }
            if (serving && event == Event.ANSWERED) {
                late = 0;
                return;
            }
            State to = TABLE.getOrDefault(state, Map.of()).get(event);
            if (to != null) {
                state = to;
                late = 0;
            }
        }

        private static Map<State, Map<Event, State>> table() {
            Map<State, Map<Event, State>> table = new EnumMap<>(State.class);
            ARROWS.lines()
                    .map(line -> line.split(" "))
                    .forEach(arrow -> table.computeIfAbsent(State.valueOf(arrow[0]), _ -> new EnumMap<>(Event.class))
                            .put(Event.valueOf(arrow[1]), State.valueOf(arrow[2])));
            return table;
        }
    }

    @Test
    void random_events_lead_to_the_state_of_the_model() {
        Event[] events = Event.values();
        Set<State> visited = EnumSet.noneOf(State.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            TrackedState tracked = TrackedState.in(State.CONNECTING);
            var model = new Model();
            List<Event> history = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Event event = events[random.nextInt(events.length)];
                history.add(event);
                tracked = RedisStatePolicy.after(tracked, event);
                model.on(event);
                visited.add(tracked.state());
                assertThat(tracked.state()).as("seed %s: %s", seed, history).isEqualTo(model.state);
                assertThat(tracked.timeouts()).as("seed %s: %s", seed, history).isEqualTo(model.late);
            }
        }
        assertThat(visited).isEqualTo(EnumSet.complementOf(EnumSet.of(State.OFF)));
    }

    @ParameterizedTest
    @EnumSource(Event.class)
    void off_stays_off(Event event) {
        assertThat(RedisStatePolicy.after(TrackedState.in(State.OFF), event).state())
                .isEqualTo(State.OFF);
    }

    @Test
    void from_every_state_a_working_redis_leads_up() {
        for (State state : EnumSet.complementOf(EnumSet.of(State.OFF))) {
            TrackedState tracked = TrackedState.in(state);
            for (Event event : List.of(Event.PROBE_PASSED, Event.RECOVERED)) {
                tracked = RedisStatePolicy.after(tracked, event);
            }
            assertThat(tracked.state()).as("from %s", state).isEqualTo(State.UP);
        }
    }

    @Test
    void only_a_recovery_leads_up() {
        for (State state : EnumSet.complementOf(EnumSet.of(State.UP))) {
            for (Event event : Event.values()) {
                State after =
                        RedisStatePolicy.after(TrackedState.in(state), event).state();
                assertThat(after == State.UP).isEqualTo(state == State.RECOVERING && event == Event.RECOVERED);
            }
        }
    }

    @Test
    void each_change_is_reported_once_for_any_number_of_threads() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            var reported = new AtomicLong();
            var holder = new RedisStateMachine(State.UP, (_, _) -> reported.incrementAndGet(), System::nanoTime);
            var start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    holder.on(Event.LOST, "test");
                }));
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(reported).hasValue(1);
            assertThat(holder.transitions()).isEqualTo(1);
        }
    }

    @Test
    void invariant_14_log_messages_of_a_flapping_state_are_limited_and_count_those_suppressed() {
        var logThrottle = new LogThrottle(5, 10_000_000_000L);
        long said = 0;
        long left = 0;
        for (int second = 0; second < 240; second++) {
            long skipped = logThrottle.tryLog(Long.MAX_VALUE - 1000 + second * 1_000_000_000L);
            if (skipped >= 0) {
                said++;
                left += skipped;
            }
        }
        assertThat(said).isBetween(24L, 30L);
        assertThat(said + left).isBetween(225L, 240L);
        assertThat(Arrays.asList(said, left)).doesNotContain(0L);
    }
}
