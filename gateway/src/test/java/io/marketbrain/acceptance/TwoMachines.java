package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.facade.FacadeClient;
import java.nio.file.Path;

/** Two gateways, as on machines with different times, of which the other one's mock market fails: a simulated time is the same at both. */
final class TwoMachines implements AutoCloseable {
    final TestGateway one;
    final TestGateway other;
    final FacadeClient here;
    final FacadeClient there;

    /** @param settings those of the first one */
    TwoMachines(Path folder, String... settings) {
        one = TestGateway.with(folder.resolve("one"), settings);
        other = TestGateway.with(folder.resolve("other"), "MOCK_CLOCK", "2021-06-01T00:00:00Z", "MOCK_ERROR_RATE", "1");
        here = new FacadeClient(one.port(), "");
        there = new FacadeClient(other.port(), "");
    }

    /** Sets or advances the clock "bot" of a gateway. */
    static void move(FacadeClient gateway, String how) {
        assertThat(gateway.send("POST", "/at/bot/clock?" + how).statusCode())
                .as(how)
                .isEqualTo(200);
    }

    @Override
    public void close() {
        here.close();
        there.close();
        one.close();
        other.close();
    }
}
