package io.marketbrain.cli.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks of the machine: Java, clock, disk, memory. The judgements are pure functions. */
final class MachineCheck {
    static final int NEEDED_JAVA = 25;

    private static final long MIB = 1024 * 1024;
    private static final long NEEDED_MEMORY = 128 * MIB;
    private static final long COMFORTABLE_MEMORY = 256 * MIB;
    private static final long NEEDED_DISK = 100 * MIB;

    private MachineCheck() {}

    static CheckResult java(Runtime.Version version, String home) {
        String words = "Java " + version + " in " + home;
        return version.feature() >= NEEDED_JAVA
                ? CheckResult.good("java", words)
                : CheckResult.wrong("java", words, "install a JDK " + NEEDED_JAVA + " or newer");
    }

    /**
     * @param built when this program was built; the clock cannot be right if it is earlier
     */
    static CheckResult clock(Instant now, Optional<Instant> built) {
        String words = now + ", local zone " + ZoneId.systemDefault();
        if (built.isPresent() && now.isBefore(built.get().minus(Duration.ofHours(1)))) {
            return CheckResult.wrong(
                    "clock",
                    words + ", but this program was built at " + built.get(),
                    "set the clock; signed requests to providers fail when it is wrong");
        }
        return CheckResult.good("clock", words);
    }

    static Optional<Instant> built(Path home) {
        try {
            Path jar = home.resolve("gateway").resolve("target").resolve("market-intel-brain.jar");
            return Files.exists(jar)
                    ? Optional.of(Files.getLastModifiedTime(jar).toInstant())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static CheckResult disk(Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            return disk(folder, store.getUsableSpace(), Files.isWritable(folder));
        } catch (IOException e) {
            return CheckResult.note(
                    "disk", "the free space of " + folder + " cannot be determined: " + e.getMessage(), "");
        }
    }

    static CheckResult disk(Path folder, long usableBytes, boolean writable) {
        String words = usableBytes / MIB + " MiB free in " + folder;
        if (!writable) {
            return CheckResult.note(
                    "disk",
                    folder + " is not writable",
                    "errors go to the terminal only; to keep them in a file, run brain in a folder that you can write to");
        }
        return usableBytes < NEEDED_DISK
                ? CheckResult.wrong("disk", words, "free some disk space; errors could not be logged")
                : CheckResult.good("disk", words);
    }

    static CheckResult memory(OptionalLong available) {
        if (available.isEmpty()) {
            return CheckResult.note("memory", "the free memory cannot be determined on this system", "");
        }
        long bytes = available.getAsLong();
        String words = bytes / MIB + " MiB available";
        if (bytes < NEEDED_MEMORY) {
            return CheckResult.wrong(
                    "memory", words, "close other programs; the gateway needs " + NEEDED_MEMORY / MIB + " MiB");
        }
        return bytes < COMFORTABLE_MEMORY
                ? CheckResult.note("memory", words, "enough, but little is left for other programs")
                : CheckResult.good("memory", words);
    }

    /** What can still be allocated: what the kernel calls available, or the limit of the container if that is less. */
    static OptionalLong availableBytes() {
        OptionalLong kernel = availableOf(Path.of("/proc/meminfo"));
        if (!(ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system)) {
            return kernel;
        }
        long limit = system.getTotalMemorySize();
        return kernel.isPresent()
                ? OptionalLong.of(Math.min(kernel.getAsLong(), limit))
                : OptionalLong.of(system.getFreeMemorySize());
    }

    static OptionalLong availableOf(Path meminfo) {
        try {
            for (String line : Files.readAllLines(meminfo)) {
                if (line.startsWith("MemAvailable:")) {
                    return OptionalLong.of(Long.parseLong(line.replaceAll("\\D", "")) * 1024);
                }
            }
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }
}
