package io.marketbrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapWatchTest {
    private final List<String> said = new ArrayList<>();
    private final HeapWatch watch = new HeapWatch(() -> 0, said::add);
    private long nanos;
    private long collected;

    /** Two seconds, of which so many milliseconds went into collecting. */
    private void pass(boolean full, long collecting) {
        nanos += 2_000_000_000L;
        collected += collecting;
        watch.look(full, collected, nanos);
    }

    @Test
    void a_heap_that_is_full_and_only_collected_for_ten_seconds_ends_the_process() {
        for (int i = 0; i < 5; i++) {
            pass(true, 1_900);
        }
        assertThat(said).isEmpty();
        pass(true, 1_900);
        assertThat(said).singleElement().asString().startsWith("out of memory: the heap of ");
    }

    @Test
    void a_full_heap_that_leaves_time_for_work_is_left_alone() {
        for (int i = 0; i < 50; i++) {
            pass(true, 1_500);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void room_in_between_begins_the_count_anew() {
        for (int i = 0; i < 50; i++) {
            pass(i % 5 != 4, 2_000);
        }
        assertThat(said).isEmpty();
    }
}
