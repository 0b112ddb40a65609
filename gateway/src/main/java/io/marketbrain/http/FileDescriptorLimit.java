package io.marketbrain.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The operating system's limit on open files and sockets of this process. */
final class FileDescriptorLimit {
    /** Reserved for everything except client connections: jars, the log, providers, Redis, the history. */
    private static final int FOR_OTHERS = 100;

    private static final int FEWEST = 10;
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LINE = "Max open files";

    private FileDescriptorLimit() {}

    /** The number of client connections that the limit allows, at most {@code wanted}. */
    static int roomFor(int wanted) {
        try {
            return roomFor(wanted, Files.readAllLines(LIMITS));
        } catch (IOException e) {
            return wanted; // not Linux
        }
    }

    /** Parses the line of open files, which has the soft limit followed by the hard limit. */
    static int roomFor(int wanted, List<String> limits) {
        for (String line : limits) {
            if (line.startsWith(LINE)) {
                String soft = line.substring(LINE.length()).strip().split("\\s", 2)[0];
                boolean number = !soft.isEmpty() && soft.chars().allMatch(c -> c >= '0' && c <= '9');
                return number
                        ? Math.clamp(Long.parseLong(soft) - FOR_OTHERS, Math.min(wanted, FEWEST), wanted)
                        : wanted;
            }
        }
        return wanted;
    }
}
