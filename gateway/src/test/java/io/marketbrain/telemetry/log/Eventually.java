package io.marketbrain.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits for the effect of another thread or process. The limit of a minute is not a measurement: it only ends a test
 * that hangs.
 */
final class Eventually {

    private static final Duration FOREVER = Duration.ofMinutes(1);

    private Eventually() {}

    static void until(String what, BooleanSupplier reached) throws InterruptedException {
        long end = System.nanoTime() + FOREVER.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long until " + what).isLessThan(end);
            Thread.sleep(5);
        }
    }
}
