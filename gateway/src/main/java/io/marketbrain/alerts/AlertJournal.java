package io.marketbrain.alerts;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.FileProblems;
import io.marketbrain.files.FileReplacement;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.security.OwnerOnlyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The alerts in a file that entries are appended to, one a line, each synced before {@link #append} returns. A line that a crash cut
 * off was not acknowledged and is dropped. A file with other damage is kept under another name; what can be read of it stays. Only one
 * gateway at a time uses the file, which it locks through a second one. Readable by its owner only, since the addresses of webhooks
 * may have secrets in them.
 */
public final class AlertJournal implements AlertStore {
    private static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(64 * 1024, 64 * 1024);

    private final Path file;
    private final FileProblems problems;
    private final InstantSource clock;
    private @Nullable FileChannel lockChannel;
    private @Nullable FileLock lock;
    private @Nullable FileChannel channel;
    private int size;

    public AlertJournal(Path file, FileProblems problems, InstantSource clock) {
        this.file = file;
        this.problems = problems;
        this.clock = clock;
    }

    @Override
    public List<AlertEntry> load() throws AlertsUnavailable {
        try {
            if (!FileKind.exists(file)) {
                return List.of(); // nothing is created until there is something to store
            }
            takeLock();
            List<AlertEntry> entries = read();
            problems.clear(file);
            size = entries.size();
            return entries;
        } catch (UnreadableFile e) {
            throw unavailable(e.reason(), e);
        } catch (IOException e) {
            throw unavailable("cannot be used: " + FileKind.reason(e), e);
        }
    }

    private void takeLock() throws IOException, AlertsUnavailable {
        if (lock != null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            FileReplacement.createFolder(folder);
        }
        FileChannel opened = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock taken = tryLock(opened);
        if (taken == null) {
            opened.close();
            throw new AlertsUnavailable(
                    "another gateway on this machine, with the same state.folder, keeps the alerts", null);
        }
        lockChannel = opened;
        lock = taken;
    }

    private static @Nullable FileLock tryLock(FileChannel opened) throws IOException {
        try {
            return opened.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another gateway in this process
        }
    }

    private List<AlertEntry> read() throws IOException, UnreadableFile {
        List<AlertEntry> entries = new ArrayList<>();
        String text;
        try {
            FileKind.requireRegular(file);
            text = SmallFile.readText(file, LIMITS);
        } catch (UnreadableFile e) {
            if (e.missing()) {
                return entries;
            }
            throw e;
        }
        int unreadable = 0;
        List<String> lines = text.lines().toList();
        boolean cutOff = !text.isEmpty() && !text.endsWith("\n");
        for (int i = 0; i < lines.size(); i++) {
            try {
                entries.add(AlertCodec.read(lines.get(i)));
            } catch (MalformedPayload e) {
                unreadable += cutOff && i == lines.size() - 1 ? 0 : 1;
            }
        }
        if (unreadable > 0) {
            String kept = FileReplacement.setAside(file, clock.instant());
            problems.reportHandled(file, "had " + unreadable + " lines that cannot be read; " + kept);
        }
        if (unreadable > 0 || cutOff) {
            OwnerOnlyFile.replace(file, lines(entries));
        }
        return entries;
    }

    @Override
    public void append(List<AlertEntry> entries) throws AlertsUnavailable {
        if (entries.isEmpty()) {
            return;
        }
        try {
            if (lock == null) {
                takeLock();
                if (FileKind.exists(file) && Files.size(file) > 0) {
                    close();
                    throw new AlertsUnavailable(
                            "another gateway has stored alerts in state.folder meanwhile; restart this one to use them",
                            null);
                }
            }
            FileChannel open = open();
            long before = open.size();
            try {
                put(open, entries);
            } catch (IOException e) {
                open.truncate(before); // a part of a line would damage the next one
                throw e;
            }
            size += entries.size();
            problems.clear(file);
        } catch (IOException e) {
            closeChannel();
            throw unavailable("cannot be written: " + FileKind.reason(e), e);
        }
    }

    private FileChannel open() throws IOException {
        FileChannel existing = channel;
        if (existing != null) {
            return existing;
        }
        if (!FileKind.exists(file)) {
            OwnerOnlyFile.create(file);
        }
        FileChannel opened = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        channel = opened;
        return opened;
    }

    private static void put(FileChannel open, List<AlertEntry> entries) throws IOException {
        for (var rest = ByteBuffer.wrap(lines(entries)); rest.hasRemaining(); ) {
            open.write(rest);
        }
        open.force(false);
    }

    private static byte[] lines(List<AlertEntry> entries) {
        var lines = new StringBuilder();
        entries.forEach(entry -> lines.append(AlertCodec.line(entry)).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void replace(List<AlertEntry> entries) throws AlertsUnavailable {
        try {
            closeChannel();
            OwnerOnlyFile.replace(file, lines(entries));
            size = entries.size();
            problems.clear(file);
        } catch (IOException e) {
            throw unavailable("cannot be written: " + FileKind.reason(e), e);
        }
    }

    private AlertsUnavailable unavailable(String reason, Exception cause) {
        problems.report(file, reason + "; alerts cannot be created or changed");
        return new AlertsUnavailable("the alerts cannot be stored: " + file.getFileName() + " " + reason, cause);
    }

    @Override
    public int size() {
        return size;
    }

    private void closeChannel() {
        FileChannel open = channel;
        channel = null;
        close(open);
    }

    private static void close(@Nullable FileChannel open) {
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Every entry has been synced; nothing is lost.
            }
        }
    }

    @Override
    public void close() {
        closeChannel();
        close(lockChannel); // releases the lock
        lockChannel = null;
        lock = null;
    }
}
