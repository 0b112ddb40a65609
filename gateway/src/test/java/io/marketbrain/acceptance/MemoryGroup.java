package io.marketbrain.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A control group with a memory limit, version 1 or 2; removed when closed. Making one needs root. */
final class MemoryGroup implements AutoCloseable {
    private static final Path MOUNTED = Path.of("/sys/fs/cgroup");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path folder;
    private final boolean first;

    private MemoryGroup(Path folder, boolean first) {
        this.folder = folder;
        this.first = first;
    }

    /** Makes a group; skips the test where that is not possible. */
    static MemoryGroup make(int mebibytes) throws IOException {
        boolean first = Files.isDirectory(MOUNTED.resolve("memory"));
        Path parent = first ? MOUNTED.resolve("memory") : MOUNTED;
        Path folder =
                parent.resolve("market-intel-brain-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
        try {
            Files.createDirectory(folder);
        } catch (IOException forbidden) {
            assumeTrue(false, "no control groups can be made here: " + forbidden);
        }
        var group = new MemoryGroup(folder, first);
        try {
            Files.writeString(folder.resolve(first ? "memory.limit_in_bytes" : "memory.max"), mebibytes + "M");
            if (!first) {
                Files.writeString(folder.resolve("memory.swap.max"), "0");
            }
        } catch (IOException noController) {
            Files.delete(folder);
            assumeTrue(false, "control groups have no memory limits here: " + noController);
        }
        return group;
    }

    /** The beginning of a command that runs the rest of it in the group. */
    List<String> inside() {
        return List.of("/bin/sh", "-c", "echo $$ >" + folder.resolve("cgroup.procs") + "; exec \"$0\" \"$@\"");
    }

    /** Whether the system has killed a process of the group because of the limit. */
    boolean killed() throws IOException {
        return !Files.readAllLines(folder.resolve(first ? "memory.oom_control" : "memory.events"))
                .contains("oom_kill 0");
    }

    /** Removes the group, whose processes must have ended. */
    @Override
    public void close() throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            try {
                Files.delete(folder);
                return;
            } catch (IOException stillEnding) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        Files.delete(folder);
    }
}
