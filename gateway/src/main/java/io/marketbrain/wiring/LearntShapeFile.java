package io.marketbrain.wiring;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.FileProblems;
import io.marketbrain.files.FileReplacement;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.drift.LearntShapeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what live traffic has taught about one provider's responses in {@code drift-<provider>} of the state folder. It is read
 * when the first response arrives, and replaced as a whole when another form is known, a few times in all. A damaged file is
 * set aside, and everything is learnt anew. Thread-safe.
 */
final class LearntShapeFile implements LearntShapeStore {
    private static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(4096, 400);

    /** The first line, which changes with what the other lines mean. */
    private static final String HEADER = "learnt 1";

    private final Path file;
    private final FileProblems problems;
    private final InstantSource clock;

    private LearntShapeFile(Path file, FileProblems problems, InstantSource clock) {
        this.file = file;
        this.problems = problems;
        this.clock = clock;
    }

    /** The file of a provider in the folder; nothing is kept if there is no folder. */
    static LearntShapeStore in(Optional<Path> folder, ProviderId provider, FileProblems problems, InstantSource clock) {
        return folder.<LearntShapeStore>map(
                        path -> new LearntShapeFile(path.resolve("drift-" + provider), problems, clock))
                .orElse(NONE);
    }

    @Override
    public synchronized List<String> lines() {
        try {
            List<String> lines = SmallFile.readText(file, LIMITS).lines().toList();
            if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
                throw new UnreadableFile("does not begin with '" + HEADER + "'");
            }
            return lines.subList(1, lines.size());
        } catch (UnreadableFile e) {
            if (!e.missing()) {
                problems.reportHandled(
                        file,
                        e.reason() + "; the provider's responses are learnt anew, and "
                                + FileReplacement.setAside(file, clock.instant()));
            }
            return List.of();
        }
    }

    @Override
    public synchronized void save(List<String> lines) {
        try {
            FileReplacement.replace(file, HEADER + "\n" + String.join("\n", lines) + "\n");
            problems.clear(file);
        } catch (IOException e) {
            problems.report(
                    file,
                    "cannot be written: " + FileKind.reason(e)
                            + "; a restart will not know the usual form of this provider's responses");
        }
    }
}
