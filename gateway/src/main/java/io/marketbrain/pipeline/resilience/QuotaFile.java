package io.marketbrain.pipeline.resilience;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.FileProblems;
import io.marketbrain.files.FileReplacement;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The counts in a small text file: a first line, {@code stopped} after a clean shutdown and {@code running} otherwise,
 * then one line per use. A file that cannot be read is set aside, and everything counts as used. Not thread-safe.
 */
final class QuotaFile implements QuotaStore {
    private static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(256, 200);

    private final Path file;
    private final InstantSource clock;
    private final FileProblems problems;

    QuotaFile(Path file, InstantSource clock, FileProblems problems) {
        this.file = file;
        this.clock = clock;
        this.problems = problems;
    }

    @Override
    public Optional<Snapshot> find() {
        try {
            return Optional.of(parse(SmallFile.readText(file, LIMITS)));
        } catch (UnreadableFile e) {
            if (e.missing()) {
                return Optional.empty();
            }
            problems.reportHandled(
                    file,
                    e.reason() + "; the provider's quota counts as used up, and "
                            + FileReplacement.setAside(file, clock.instant()));
            return Optional.of(Snapshot.DAMAGED);
        }
    }

    private static Snapshot parse(String text) throws UnreadableFile {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty()) {
            throw new UnreadableFile("is empty");
        }
        if (!lines.getFirst().equals("stopped") && !lines.getFirst().equals("running")) {
            throw new UnreadableFile("line 1 is neither 'stopped' nor 'running'");
        }
        if (!text.endsWith("\n")) {
            throw new UnreadableFile("is cut off in line " + lines.size());
        }
        var uses = new ArrayList<Use>();
        for (int i = 1; i < lines.size(); i++) {
            uses.add(use(lines.get(i), i + 1));
        }
        return new Snapshot(lines.getFirst().equals("stopped"), uses);
    }

    private static Use use(String line, int number) throws UnreadableFile {
        String[] words = line.split(" ", -1);
        try {
            if (words.length == 3) {
                long until = Long.parseLong(words[1]);
                long amount = Long.parseLong(words[2]);
                if (until > 0 && amount >= 0 && amount <= Integer.MAX_VALUE) {
                    return new Use(words[0], Instant.ofEpochMilli(until), amount);
                }
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new UnreadableFile("line " + number + " is not a limit, a time and an amount");
    }

    @Override
    public void save(Snapshot snapshot) {
        var text = new StringBuilder(snapshot.stopped() ? "stopped\n" : "running\n");
        snapshot.uses()
                .forEach(use -> text.append(use.limit())
                        .append(' ')
                        .append(use.until().toEpochMilli())
                        .append(' ')
                        .append(use.amount())
                        .append('\n'));
        try {
            FileReplacement.replace(file, text.toString());
            problems.clear(file);
        } catch (IOException e) {
            problems.report(
                    file, "cannot be written: " + FileKind.reason(e) + "; a restart will not know the used quota");
        }
    }
}
