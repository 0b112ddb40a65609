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

    /** Advances two seconds, of which the given number of milliseconds was spent on garbage collection. */
    private void pass(boolean full, long collecting) {
        nanos += 2_000_000_000L;
        collected += collecting;
        watch.check(full, collected, nanos);
    }

    @Test
    void ten_seconds_of_a_full_heap_and_constant_collection_end_the_process() {
        for (int i = 0; i < 5; i++) {
            pass(true, 1_900);
        }
        assertThat(said).isEmpty();
        pass(true, 1_900);
        assertThat(said).singleElement().asString().startsWith("out of memory: the heap of ");
    }

    @Test
    void a_full_heap_with_time_left_for_work_does_not_end_the_process() {
        for (int i = 0; i < 50; i++) {
            pass(true, 1_500);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void free_memory_in_between_resets_the_count() {
        for (int i = 0; i < 50; i++) {
            pass(i % 5 != 4, 2_000);
        }
        assertThat(said).isEmpty();
    }
}
