package io.marketbrain.pipeline.stream.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishQueueTest {
    private final PublishQueue queue = new PublishQueue(120);

    private static List<Long> numbers(PublishQueue.Batch batch) {
        return batch.messages().stream()
                .map(message -> ByteBuffer.wrap(message).getLong(8))
                .toList();
    }

    @Test
    void what_was_not_confirmed_is_published_again() {
        queue.restart(5);
        queue.add(new byte[1]);
        queue.add(new byte[1]);
        assertThat(numbers(queue.next())).containsExactly(1L, 2L);
        PublishQueue.Batch batch = queue.next();
        queue.add(new byte[1]);
        queue.published(batch);
        assertThat(numbers(queue.next())).containsExactly(3L);
    }

    @Test
    void where_too_much_waits_everything_is_dropped_and_the_numbers_tell() {
        queue.restart(5);
        for (int i = 0; i < 3; i++) {
            queue.add(new byte[40]);
        }
        queue.add(new byte[40]);
        assertThat(numbers(queue.next())).containsExactly(4L);
        assertThat(queue.dropped()).isEqualTo(3);
    }

    @Test
    void a_confirmation_from_before_a_new_lease_removes_nothing() {
        queue.restart(5);
        queue.add(new byte[1]);
        PublishQueue.Batch before = queue.next();
        queue.restart(6);
        queue.add(new byte[1]);
        queue.published(before);
        assertThat(numbers(queue.next())).containsExactly(1L);
        assertThat(queue.next().token()).isEqualTo(6);
    }

    @Test
    void a_lease_that_was_taken_back_leaves_a_number_out() {
        queue.restart(5);
        queue.add(new byte[1]);
        queue.published(queue.next());
        queue.restart(5);
        queue.add(new byte[1]);
        assertThat(numbers(queue.next())).containsExactly(3L);
        queue.restart(6);
        queue.add(new byte[1]);
        assertThat(numbers(queue.next())).containsExactly(1L);
    }
}
