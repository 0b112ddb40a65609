package io.marketbrain.telemetry.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * The configuration of {@code java.util.logging}, which the HTTP server uses in places: everything goes to our log, and not
 * to standard error under a lock. The JDK makes an instance when something first logs that way, hence public; until then it
 * costs nothing.
 */
public final class OldPlatformLogging {
    private static volatile LogLevel level = LogLevel.INFO;

    /** Called by the JDK, found through a system property. */
    public OldPlatformLogging() throws IOException {
        String settings = "handlers=org.slf4j.bridge.SLF4JBridgeHandler\n.level=" + nameOf(level) + "\n";
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(settings.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Routes what will be logged that way; without effect where it has been used already. */
    static void route(LogLevel mildest) {
        level = mildest;
        System.setProperty("java.util.logging.config.class", OldPlatformLogging.class.getName());
    }

    private static String nameOf(LogLevel level) {
        return switch (level) {
            case TRACE -> "ALL";
            case DEBUG -> "FINE";
            case INFO -> "INFO";
            case WARN -> "WARNING";
            case ERROR -> "SEVERE";
        };
    }
}
