package io.marketbrain.pipeline.qos;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QosPolicyTest {
    private static final long MS = 1_000_000;

    private long now;

    private static QosConfig config(int permits, int queue, int lowQueue) {
        return new QosConfig(
                permits, 20, 80, queue, lowQueue, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    private QueueTicket arrive(QosPolicy policy, String caller, Priority priority) {
        var ticket = new QueueTicket(caller, !caller.equals("local"), priority, now);
        policy.arrive(ticket, now);
        return ticket;
    }

    private List<QueueTicket> arrive(QosPolicy policy, int count, String caller, Priority priority) {
        var tickets = new ArrayList<QueueTicket>();
        for (int i = 0; i < count; i++) {
            tickets.add(arrive(policy, caller, priority));
        }
        return tickets;
    }

    private static long running(List<QueueTicket> tickets) {
        return tickets.stream()
                .filter(t -> t.state == QueueTicket.State.RUNNING)
                .count();
    }

    @Test
    void gives_background_work_at_most_a_fifth_of_the_permits() {
        var policy = new QosPolicy(config(50, 500, 1000), now);
        assertThat(running(arrive(policy, 200, "gateway", Priority.LOW))).isEqualTo(10);
        assertThat(running(arrive(policy, 60, "local", Priority.HIGH))).isEqualTo(40);
    }

    @Test
    void gives_a_freed_permit_to_an_interactive_request_before_background_work() {
        var policy = new QosPolicy(config(1, 500, 1000), now);
        QueueTicket first = arrive(policy, "local", Priority.HIGH);
        QueueTicket background = arrive(policy, "gateway", Priority.LOW);
        QueueTicket person = arrive(policy, "local", Priority.HIGH);

        policy.leave(first, now);

        assertThat(person.state).isEqualTo(QueueTicket.State.RUNNING);
        assertThat(background.state).isEqualTo(QueueTicket.State.WAITING);
    }

    @Test
    void lets_one_background_request_pass_once_none_was_served_for_five_seconds() {
        var policy = new QosPolicy(config(1, 500, 1000), now);
        List<QueueTicket> background = new ArrayList<>();
        QueueTicket running = arrive(policy, "local", Priority.HIGH);
        background.addAll(arrive(policy, 3, "gateway", Priority.LOW));
        int served = 0;
        for (int i = 0; i < 120; i++) {
            now += 100 * MS;
            QueueTicket next = arrive(policy, "local", Priority.HIGH);
            policy.leave(running, now);
            for (QueueTicket low : background) {
                if (low.state == QueueTicket.State.RUNNING) {
                    served++;
                    policy.leave(low, now);
                }
            }
            running = next;
        }
        assertThat(served).as("in 12 seconds of interactive requests only").isEqualTo(2);
    }

    @Test
    void serves_the_oldest_first_while_the_queue_moves_and_the_newest_first_under_overload() {
        var policy = new QosPolicy(config(1, 500, 1000), now);
        QueueTicket running = arrive(policy, "local", Priority.HIGH);
        List<QueueTicket> waiting = arrive(policy, 3, "local", Priority.HIGH);

        policy.leave(running, now);
        assertThat(waiting.get(0).state).isEqualTo(QueueTicket.State.RUNNING);

        now += 150 * MS;
        policy.leave(waiting.get(0), now);
        assertThat(waiting.get(2).state).isEqualTo(QueueTicket.State.RUNNING);
        assertThat(waiting.get(1).state).isEqualTo(QueueTicket.State.WAITING);
    }

    @Test
    void rejects_requests_whose_queue_timeout_has_passed() {
        var policy = new QosPolicy(config(1, 500, 1000), now);
        arrive(policy, "local", Priority.HIGH);
        QueueTicket waiting = arrive(policy, "local", Priority.HIGH);
        now += 1000 * MS;
        arrive(policy, "local", Priority.HIGH);
        assertThat(waiting.state).isEqualTo(QueueTicket.State.SHED);
    }

    @Test
    void sheds_the_oldest_request_of_the_longest_queue_when_full() {
        var policy = new QosPolicy(config(1, 5, 1000), now);
        arrive(policy, "greedy", Priority.HIGH);
        List<QueueTicket> greedy = arrive(policy, 5, "greedy", Priority.HIGH);

        QueueTicket modest = arrive(policy, "modest", Priority.HIGH);

        assertThat(modest.state).isEqualTo(QueueTicket.State.WAITING);
        assertThat(greedy.getFirst().state).isEqualTo(QueueTicket.State.SHED);
        assertThat(policy.waitingHigh()).isEqualTo(5);
    }

    @Test
    void gives_a_caller_with_a_key_at_most_four_fifths_of_the_permits() {
        var policy = new QosPolicy(config(50, 500, 1000), now);
        assertThat(running(arrive(policy, 100, "greedy", Priority.HIGH))).isEqualTo(40);
        assertThat(arrive(policy, "modest", Priority.HIGH).state).isEqualTo(QueueTicket.State.RUNNING);
    }

    @Test
    void shares_freed_permits_evenly_between_callers_whatever_each_asks_for() {
        var policy = new QosPolicy(config(4, 500, 1000), now);
        List<QueueTicket> a = new ArrayList<>(arrive(policy, 40, "a", Priority.HIGH));
        List<QueueTicket> b = new ArrayList<>(arrive(policy, 4, "b", Priority.HIGH));
        for (int i = 0; i < 6; i++) {
            QueueTicket oldest = a.stream()
                    .filter(t -> t.state == QueueTicket.State.RUNNING)
                    .findFirst()
                    .orElseThrow();
            policy.leave(oldest, now);
        }
        assertThat(running(b)).isBetween(2L, 3L);
        assertThat(running(a) + running(b)).isEqualTo(4);
    }

    @Test
    void starts_non_waiting_background_work_only_if_a_permit_of_its_share_is_free() {
        var policy = new QosPolicy(config(10, 500, 1000), now);
        List<QueueTicket> interactive = arrive(policy, 10, "local", Priority.HIGH);
        assertThat(policy.arriveOrLeave(new QueueTicket("gateway", true, Priority.LOW, now), now))
                .isFalse();
        assertThat(policy.waitingLow()).isZero();
        interactive.forEach(ticket -> policy.leave(ticket, now));
        for (int i = 0; i < 3; i++) {
            assertThat(policy.arriveOrLeave(new QueueTicket("gateway", true, Priority.LOW, now), now))
                    .as("two of ten")
                    .isEqualTo(i < 2);
        }
        assertThat(policy.runningLow()).isEqualTo(2);
    }

    @Test
    void rejects_background_work_beyond_its_queue() {
        var policy = new QosPolicy(config(5, 500, 3), now);
        List<QueueTicket> low = arrive(policy, 10, "gateway", Priority.LOW);
        assertThat(low.stream().filter(t -> t.state == QueueTicket.State.SHED)).hasSize(6);
        assertThat(low.getLast().state).isEqualTo(QueueTicket.State.SHED);
    }

    /** Random arrivals, departures, cancellations and time steps; the rules are checked after every step. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void keeps_every_promise_whatever_happens(long seed) {
        var random = new Random(seed);
        var config = config(1 + random.nextInt(12), random.nextInt(20), random.nextInt(20));
        var policy = new QosPolicy(config, now);
        List<QueueTicket> alive = new ArrayList<>();
        Set<QueueTicket> seen = new HashSet<>();
        for (int step = 0; step < 4_000; step++) {
            int what = random.nextInt(10);
            if (what == 0 && random.nextBoolean()) {
                var ticket = new QueueTicket("gateway", true, Priority.LOW, now);
                if (policy.arriveOrLeave(ticket, now)) {
                    seen.add(ticket);
                    alive.add(ticket);
                }
            } else if (what < 5) {
                String caller = random.nextInt(4) == 0 ? "local" : "k" + random.nextInt(3);
                Priority priority = random.nextInt(3) == 0 ? Priority.LOW : Priority.HIGH;
                alive.add(arrive(policy, priority == Priority.LOW ? "gateway" : caller, priority));
            } else if (what < 9 && !alive.isEmpty()) {
                policy.leave(alive.remove(random.nextInt(alive.size())), now);
            } else {
                now += random.nextInt(400) * MS;
            }
            alive.removeIf(t -> t.state == QueueTicket.State.SHED);
            check(policy, config, alive);
            for (QueueTicket t : alive) {
                boolean passed = t.priority == Priority.LOW && t.state == QueueTicket.State.RUNNING && seen.add(t);
                if (passed && policy.waitingHigh() > 0) {
                    assertThat(Duration.ofNanos(now - t.arrivedNanos))
                            .as("background work that overtook interactive requests had starved")
                            .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
                }
            }
        }
        for (QueueTicket ticket : List.copyOf(alive)) {
            policy.leave(ticket, now);
        }
        assertThat(policy.runningHigh() + policy.runningLow() + policy.waitingHigh() + policy.waitingLow())
                .isZero();
    }

    private static void check(QosPolicy policy, QosConfig config, List<QueueTicket> alive) {
        int high = 0;
        int low = 0;
        int waitingHigh = 0;
        int waitingLow = 0;
        int mayRun = 0;
        Map<String, Integer> held = new HashMap<>();
        for (QueueTicket t : alive) {
            boolean isLow = t.priority == Priority.LOW;
            switch (t.state) {
                case RUNNING -> {
                    if (isLow) {
                        low++;
                    } else {
                        high++;
                        held.merge(t.caller, 1, Integer::sum);
                    }
                }
                case WAITING -> {
                    if (isLow) {
                        waitingLow++;
                    } else {
                        waitingHigh++;
                    }
                }
                case SHED, LEFT -> throw new AssertionError(t.toString());
            }
        }
        for (QueueTicket t : alive) {
            if (t.state == QueueTicket.State.WAITING && t.priority == Priority.HIGH) {
                boolean capped = t.capped && held.getOrDefault(t.caller, 0) >= config.callerPermits();
                mayRun += capped ? 0 : 1;
            }
        }
        assertThat(high).isEqualTo(policy.runningHigh());
        assertThat(low).isEqualTo(policy.runningLow());
        assertThat(waitingHigh).isEqualTo(policy.waitingHigh());
        assertThat(waitingLow).isEqualTo(policy.waitingLow());
        assertThat(high + low).isLessThanOrEqualTo(config.permits());
        assertThat(low).isLessThanOrEqualTo(config.lowPermits());
        assertThat(waitingHigh).isLessThanOrEqualTo(config.queue());
        assertThat(waitingLow).isLessThanOrEqualTo(config.lowQueue());
        held.forEach((caller, count) -> {
            if (!caller.equals("local")) {
                assertThat(count).isLessThanOrEqualTo(config.callerPermits());
            }
        });
        if (high + low < config.permits()) {
            assertThat(mayRun)
                    .as("interactive requests that wait beside a free permit")
                    .isZero();
            if (waitingHigh == 0 && low < config.lowPermits()) {
                assertThat(waitingLow)
                        .as("background work beside a free permit")
                        .isZero();
            }
        }
    }
}
