package io.marketbrain.api.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files and sockets the operating system lets this process have open. */
final class OpenFiles {
    /** Kept for everything but clients: jars, the log, providers, Redis, the history. */
    private static final int FOR_OTHERS = 100;

    private static final int FEWEST = 10;
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LINE = "Max open files";

    private OpenFiles() {}

    /** The number of clients there is room for, {@code wanted} at the most. */
    static int roomFor(int wanted) {
        try {
            return roomFor(wanted, Files.readAllLines(LIMITS));
        } catch (IOException e) {
            return wanted; // not Linux, where nobody needs to care
        }
    }

    /** What is said on the line of open files: first the limit that holds, then the one it may be raised to. */
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
