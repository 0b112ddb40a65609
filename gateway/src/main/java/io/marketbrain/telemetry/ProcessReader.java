package io.marketbrain.telemetry;

import io.marketbrain.model.NanoClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the memory, disk and CPU use of this process from Linux's {@code /proc} (proc(5)). On other systems the values
 * are null, never estimates. Reads three small in-memory files, only when called. Thread-safe.
 */
public final class ProcessReader {
    /** Linux reports CPU time in hundredths of a second on all common machines. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final long SHORTEST_WINDOW_NANOS = 1_000_000_000;
    private static final int UTIME = 11;

    private final Path proc;
    private final NanoClock nanoClock;
    private long windowStart;
    private long cpuAtStart;
    private @Nullable BigDecimal cpu;

    public ProcessReader(NanoClock nanoClock) {
        this(Path.of("/proc/self"), nanoClock);
    }

    ProcessReader(Path proc, NanoClock nanoClock) {
        this.proc = proc;
        this.nanoClock = nanoClock;
        this.windowStart = nanoClock.nanos();
    }

    /** Resident memory in bytes. */
    public @Nullable Long rssBytes() {
        Long kilobytes = field("status", "VmRSS:");
        return kilobytes == null ? null : kilobytes * 1024;
    }

    /** Bytes of the Java heap in use, garbage included. */
    public long heapBytes() {
        return HeapWatch.inUse();
    }

    /** Bytes that the process wrote to storage since its start. */
    public @Nullable Long diskBytesWritten() {
        return field("io", "write_bytes:");
    }

    /**
     * The share of one core used since the last reading that is at least a second old. The first reading covers the
     * time since this object was created; it is null within the first second.
     */
    public synchronized @Nullable BigDecimal cpu() {
        Long used = cpuNanos();
        long now = nanoClock.nanos();
        long window = now - windowStart;
        if (used != null && window >= SHORTEST_WINDOW_NANOS) {
            cpu = BigDecimal.valueOf(used - cpuAtStart).divide(BigDecimal.valueOf(window), 4, RoundingMode.HALF_UP);
            cpuAtStart = used;
            windowStart = now;
        }
        return cpu;
    }

    private @Nullable Long cpuNanos() {
        String stat = read("stat");
        int afterName = stat.lastIndexOf(')');
        if (afterName < 0) {
            return null;
        }
        int at = afterName + 2;
        for (int field = 0; field < UTIME && at > 0; field++) {
            at = stat.indexOf(' ', at) + 1;
        }
        int end = stat.indexOf(' ', at);
        int last = stat.indexOf(' ', end + 1);
        if (at <= 0 || end < 0 || last < 0) {
            return null;
        }
        long ticks = Long.parseLong(stat.substring(at, end)) + Long.parseLong(stat.substring(end + 1, last));
        return ticks * NANOS_PER_TICK;
    }

    private @Nullable Long field(String file, String name) {
        String text = read(file);
        int at = text.startsWith(name) ? 0 : text.indexOf('\n' + name) + 1;
        if (at == 0 && !text.startsWith(name)) {
            return null;
        }
        int from = at + name.length();
        while (from < text.length() && !Character.isDigit(text.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        return from == to ? null : Long.parseLong(text.substring(from, to));
    }

    private String read(String file) {
        try {
            return Files.readString(proc.resolve(file));
        } catch (IOException absent) {
            return "";
        }
    }
}
