package io.marketbrain.telemetry.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that logs, and reports the counts on standard error. It ends when standard input ends.
 *
 * <p>Arguments: what to do, the error file, the drain time.
 */
final class LogChild {
    static final int FLOOD = 100_000;

    private LogChild() {}

    public static void main(String[] args) throws Exception {
        LogConfig config = LogSettings.defaults()
                .file(Path.of(args[1]))
                .drainTime(Duration.parse(args[2]))
                .config();
        if (args[0].equals("calm")) {
            // Reading a class file for the first time may update its access time on disk, which is not caused by the
            // log.
            try (GatewayLog _ = GatewayLog.start(config, Redactor.none(), InstantSource.system())) {
                calm();
                bytesWrittenToDisk();
            }
        }
        long diskBefore = bytesWrittenToDisk();
        GatewayLog log = GatewayLog.start(config, Redactor.none(), InstantSource.system());
        switch (args[0]) {
            case "flood" -> flood();
            case "virtual" -> floodFromVirtualThreads();
            case "calm" -> calm();
            case "system-logger" -> systemLogger();
            case "uncaught" -> uncaught();
            default -> throw new IllegalArgumentException(args[0]);
        }
        report("logged", log.counts().terminal());
        while (System.in.read() >= 0) {
            // until standard input ends
        }
        log.close();
        report("closed", log.counts().terminal());
        System.err.println("disk " + (bytesWrittenToDisk() - diskBefore));
    }

    private static void flood() {
        Logger logger = LoggerFactory.getLogger("io.marketbrain.Flood");
        for (int i = 0; i < FLOOD; i++) {
            if (i % 10 == 0) {
                logger.warn("line {} of the flood", i);
            } else {
                logger.info("line {} of the flood", i);
            }
        }
    }

    private static void floodFromVirtualThreads() throws InterruptedException {
        Logger logger = LoggerFactory.getLogger("io.marketbrain.Flood");
        int threads = 1000;
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            Thread.ofVirtual().start(() -> {
                for (int i = 0; i < FLOOD / threads; i++) {
                    logger.error("line {} of the flood", i);
                }
                done.countDown();
            });
        }
        done.await();
    }

    private static void calm() {
        Logger logger = LoggerFactory.getLogger("io.marketbrain.Calm");
        for (int i = 0; i < 10_000; i++) {
            logger.info("line {} of a calm day", i);
        }
        logger.warn("a cloud");
    }

    private static void systemLogger() {
        System.Logger logger = System.getLogger("io.marketbrain.api.Edge");
        logger.log(System.Logger.Level.DEBUG, "hidden");
        logger.log(System.Logger.Level.INFO, "served {0} in {1}", "BTCUSDT", "3 ms");
        logger.log(System.Logger.Level.ERROR, "failed", new IllegalStateException("a bug"));
    }

    private static void uncaught() throws InterruptedException {
        Thread doomed = Thread.ofPlatform().name("doomed").start(() -> {
            throw new IllegalStateException("a bug");
        });
        doomed.join();
    }

    private static void report(String when, LogCounts.OfSink counts) {
        System.err.println(when + " " + counts.emitted() + " " + counts.written() + " " + counts.dropped() + " "
                + counts.queued());
    }

    /**
     * The bytes that this process has written to storage, as counted by the kernel; zero where it does not count them.
     */
    private static long bytesWrittenToDisk() {
        try {
            return Files.readAllLines(Path.of("/proc/self/io"), StandardCharsets.US_ASCII).stream()
                    .filter(line -> line.startsWith("write_bytes: "))
                    .mapToLong(line -> Long.parseLong(line.substring("write_bytes: ".length())))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
