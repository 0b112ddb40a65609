package io.marketbrain.facade;

import io.marketbrain.acceptance.TestGateway;
import java.nio.file.Path;

/** Gateways whose mock market runs from 21 February 2024, 09:00 UTC on, with a quote every 50 ms. */
public final class RunningMarket {
    private RunningMarket() {}

    public static TestGateway start(Path folder) {
        return TestGateway.with(
                folder,
                "MOCK_CLOCK",
                "2024-02-21T09:00:00Z",
                "MOCK_CLOCK_RUNNING",
                "true",
                "streams.simulated_period",
                "50ms");
    }
}
