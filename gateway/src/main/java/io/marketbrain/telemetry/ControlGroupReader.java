package io.marketbrain.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Reads the memory limit of the control groups that this process is in, version 1 or 2 (cgroups(7)). Stateless.
 */
public final class ControlGroupReader {
    /** A limit; version 1 writes 19 digits if there is none. */
    private static final String BYTES = "\\d{1,18}";

    private final Path membership;
    private final Path mounted;

    /** A reader for this process. On systems other than Linux it finds nothing. */
    public ControlGroupReader() {
        this(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
    }

    /**
     * @param membership the file that lists the groups of the process
     * @param mounted the folder where control groups are mounted
     */
    ControlGroupReader(Path membership, Path mounted) {
        this.membership = membership;
        this.mounted = mounted;
    }

    /**
     * The lowest limit in bytes of the group and those around it; empty if there is none. In a container the path of a
     * group may not exist; its limit is then that of the mounted folder.
     */
    public OptionalLong findMemoryLimit() {
        return read(membership)
                .lines()
                .map(line -> line.split(":", 3))
                .filter(fields -> fields.length == 3)
                .flatMapToLong(fields -> {
                    if (fields[1].isEmpty()) {
                        return limits(mounted, fields[2], "memory.max");
                    }
                    return Arrays.asList(fields[1].split(",", -1)).contains("memory")
                            ? limits(mounted.resolve("memory"), fields[2], "memory.limit_in_bytes")
                            : LongStream.empty();
                })
                .min();
    }

    /** The limits of a group and of the groups around it. */
    private static LongStream limits(Path top, String group, String file) {
        return Stream.iterate(
                        top.resolve(group.substring(1)).normalize(), path -> path.startsWith(top), Path::getParent)
                .map(path -> read(path.resolve(file)).strip())
                .filter(text -> text.matches(BYTES))
                .mapToLong(Long::parseLong);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }
}
