package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.ProviderId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stores what was used of a provider's rate limits, so that it survives a restart. */
interface QuotaStore {
    /**
     * What was used of a limit in a short period.
     *
     * @param limit the name of the limit, such as {@code weight/60}
     * @param until the end of the period
     */
    record Use(String limit, Instant until, long amount) {}

    /**
     * The saved counts.
     *
     * @param stopped whether the process that saved them shut down cleanly afterwards
     */
    record Snapshot(boolean stopped, List<Use> uses) {
        public Snapshot {
            uses = List.copyOf(uses);
        }
    }

    Optional<Snapshot> find();

    /** Saves the counts; a store that cannot do so logs a warning and carries on. */
    void save(Snapshot snapshot);

    /** Stores nothing. */
    QuotaStore NONE = new QuotaStore() {
        @Override
        public Optional<Snapshot> find() {
            return Optional.empty();
        }

        @Override
        public void save(Snapshot snapshot) {}
    };

    /** A small text file in the folder, replaced as a whole, or {@link #NONE} if there is no folder. */
    static QuotaStore in(Optional<Path> folder, ProviderId provider) {
        return folder.<QuotaStore>map(path -> new InFile(path.resolve("quota-" + provider)))
                .orElse(NONE);
    }

    /**
     * The file: a first line, {@code stopped} after a clean shutdown and {@code running} otherwise, then one line per
     * use.
     */
    record InFile(Path file) implements QuotaStore {
        private static final System.Logger LOG = System.getLogger(QuotaStore.class.getName());

        @Override
        public Optional<Snapshot> find() {
            try {
                List<String> lines = Files.readAllLines(file);
                var uses = new ArrayList<Use>();
                for (String line : lines.subList(1, lines.size())) {
                    String[] words = line.split(" ", -1);
                    uses.add(new Use(
                            words[0], Instant.ofEpochMilli(Long.parseLong(words[1])), Long.parseLong(words[2])));
                }
                return Optional.of(new Snapshot(lines.getFirst().equals("stopped"), uses));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException | RuntimeException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "cannot read " + file + "; the quota counts as if the gateway had crashed: " + e);
                return Optional.of(new Snapshot(false, List.of()));
            }
        }

        @Override
        public void save(Snapshot snapshot) {
            var lines = new ArrayList<String>();
            lines.add(snapshot.stopped() ? "stopped" : "running");
            snapshot.uses()
                    .forEach(use -> lines.add(use.limit() + " " + use.until().toEpochMilli() + " " + use.amount()));
            try {
                Path folder = file.toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                Path next = Files.createTempFile(folder, file.getFileName().toString(), ".next");
                Files.write(next, lines);
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot save the used quota to " + file + ": " + e);
            }
        }
    }
}
