package io.marketbrain;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * Initializes, on a separate thread during start-up, what the JDK would otherwise initialize during the first request:
 * the powers of five that {@link BigDecimal} keeps in Java 25 (10 to 15 ms), the network, date and time formats, the provider
 * of SHA-256, the scheduler of virtual threads. Code that needs one of them earlier waits for it, as for any class.
 */
final class PlatformPreload implements Runnable {
    private PlatformPreload() {}

    static void begin() {
        Thread.ofPlatform().name("head-start").daemon().start(new PlatformPreload());
    }

    @Override
    @SuppressWarnings("ReturnValueIgnored") // everybody makes results of their own
    public void run() {
        try {
            BigDecimal.ONE.signum();
            InetAddress.getLoopbackAddress();
            Instant.EPOCH.toString();
            MessageDigest.getInstance("SHA-256");
            Thread.startVirtualThread(() -> {});
        } catch (Throwable failed) {
            // The code that needs the same reports the error; nothing waits for this thread.
        }
    }
}
