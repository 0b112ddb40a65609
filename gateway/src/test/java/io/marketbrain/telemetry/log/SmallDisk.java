package io.marketbrain.telemetry.log;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A small in-memory file system, mounted over a folder. A test is skipped, with the reason, where mounting is not
 * allowed.
 */
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    static SmallDisk mountedOver(Path folder, String size) throws Exception {
        int exit = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
        Assumptions.assumeTrue(exit == 0, "mounting a small file system needs rights that this user does not have");
        return new SmallDisk(folder);
    }

    void makeReadOnly() throws Exception {
        remount("ro");
    }

    void makeWritable() throws Exception {
        remount("rw");
    }

    private void remount(String mode) throws Exception {
        int exit = run("mount", "-o", "remount," + mode, folder.toString());
        Assumptions.assumeTrue(exit == 0, "remounting needs rights that this user does not have");
    }

    @Override
    public void close() throws Exception {
        run("umount", "-l", folder.toString());
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
