package io.marketbrain.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RequestBufferTest {
    @Test
    void everything_is_discarded_also_after_the_memory_was_given_back() throws IOException {
        var in = new ByteArrayInputStream(new byte[10_000]);
        var limits = HttpLimits.defaults();
        var buffer = new RequestBuffer(in, limits, new BufferBudget(limits.maxBody()));
        buffer.takeAll();
        buffer.drain();
        assertThat(in.available()).isZero();
    }
}
