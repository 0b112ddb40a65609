package io.marketbrain;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * Sets up, on a thread beside the start, what the platform makes at its first use and the first request would wait for:
 * the powers of five that {@link BigDecimal} keeps in Java 25 (10 to 15 ms), the network, the forms of time, the provider
 * of SHA-256, the scheduler of virtual threads. Who comes to one before it is ready waits for it, as for any class.
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
        } catch (NoSuchAlgorithmException missing) {
            // Whoever needs it says so.
        }
    }
}
