package io.marketbrain.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineQueueTest {

    private final LineQueue queue = new LineQueue(3, 100);

    @Test
    void lines_leave_in_the_order_they_came() {
        QueuedLine first = line(1);
        QueuedLine second = line(1);
        add(first);
        add(second);

        assertThat(queue.first()).isSameAs(first);
        queue.removeFirst();
        assertThat(queue.first()).isSameAs(second);
        queue.removeFirst();
        assertThat(queue.first()).isNull();
    }

    @Test
    void a_full_queue_has_no_place_until_a_line_has_left_it() {
        add(line(1));
        add(line(1));
        assertThat(queue.reserve()).isTrue();
        assertThat(queue.reserve()).isFalse();

        queue.removeFirst();

        assertThat(queue.reserve()).isTrue();
        assertThat(queue.reserve()).isFalse();
    }

    @Test
    void a_place_given_back_is_free() {
        for (int place = 0; place < 3; place++) {
            assertThat(queue.reserve()).isTrue();
        }

        queue.giveBack();

        assertThat(queue.reserve()).isTrue();
    }

    @Test
    void a_line_whose_bytes_do_not_fit_is_refused_and_gives_its_place_back() {
        add(line(60));
        assertThat(queue.reserve()).isTrue();
        assertThat(queue.add(line(41))).isFalse();
        assertThat(queue.reserve()).isTrue();
        assertThat(queue.add(line(40))).isTrue();

        queue.removeFirst();
        queue.removeFirst();

        assertThat(queue.reserve()).isTrue();
        assertThat(queue.add(line(100))).isTrue();
    }

    @Test
    void removing_from_an_empty_queue_frees_nothing() {
        queue.removeFirst();

        for (int place = 0; place < 3; place++) {
            assertThat(queue.reserve()).isTrue();
        }
        assertThat(queue.reserve()).isFalse();
    }

    private void add(QueuedLine line) {
        assertThat(queue.reserve()).isTrue();
        assertThat(queue.add(line)).isTrue();
    }

    private static QueuedLine line(int bytes) {
        return new QueuedLine(LogLevel.INFO, new byte[bytes]);
    }
}
