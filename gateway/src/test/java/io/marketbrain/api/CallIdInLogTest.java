package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.CallId;
import io.marketbrain.telemetry.CurrentCall;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Log lines of a layer contain the call id of the request it works on. */
class CallIdInLogTest {
    private final Collection<Optional<CallId>> seen = new ConcurrentLinkedQueue<>();
    private final ApiFixture fixture = new ApiFixture((query, call) -> {
        seen.add(CurrentCall.find());
        return ApiFixture.SAMPLES.fetch(query, call);
    });

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_layer_logs_with_the_call_id_of_the_request() {
        fixture.client.get("/api/v1/data/exchange/BTCUSDT", "X-Request-Id", "order-77");

        assertThat(seen).containsExactly(Optional.of(new CallId("order-77")));
    }

    @Test
    void each_quote_of_a_batch_logs_with_the_call_id_of_the_request() {
        fixture.client.get("/api/v1/quotes?symbols=exchange:BTCUSDT,exchange:ETHUSDT", "X-Request-Id", "order-78");

        assertThat(seen).hasSize(2).containsOnly(Optional.of(new CallId("order-78")));
    }
}
