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

/** Where it is kept what was used of a provider's limits, so that a restart does not forget it. */
interface QuotaStore {
    /**
     * What was used of a limit in a short stretch of time.
     *
     * @param limit its name, {@code weight/60}
     * @param until when the stretch ends
     */
    record Use(String limit, Instant until, long amount) {}

    /**
     * What was kept.
     *
     * @param stopped whether the process that kept it has ended in order and used nothing more
     */
    record Kept(boolean stopped, List<Use> uses) {
        public Kept {
            uses = List.copyOf(uses);
        }
    }

    Optional<Kept> find();

    /** Keeps it; a store that cannot says so in the log and goes on. */
    void save(Kept kept);

    /** Keeps nothing. */
    QuotaStore NONE = new QuotaStore() {
        @Override
        public Optional<Kept> find() {
            return Optional.empty();
        }

        @Override
        public void save(Kept kept) {}
    };

    /** A small text file in the folder, replaced as a whole; or nothing where nothing is to outlive the process. */
    static QuotaStore in(Optional<Path> folder, ProviderId provider) {
        return folder.<QuotaStore>map(path -> new InFile(path.resolve("quota-" + provider)))
                .orElse(NONE);
    }

    /** A first line that says whether the process ended in order, and a line each use. */
    record InFile(Path file) implements QuotaStore {
        private static final System.Logger LOG = System.getLogger(QuotaStore.class.getName());

        @Override
        public Optional<Kept> find() {
            try {
                List<String> lines = Files.readAllLines(file);
                var uses = new ArrayList<Use>();
                for (String line : lines.subList(1, lines.size())) {
                    String[] words = line.split(" ", -1);
                    uses.add(new Use(
                            words[0], Instant.ofEpochMilli(Long.parseLong(words[1])), Long.parseLong(words[2])));
                }
                return Optional.of(new Kept(lines.getFirst().equals("stopped"), uses));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot read " + file + ", quotas may be used up unseen: " + e);
                return Optional.of(new Kept(false, List.of()));
            }
        }

        @Override
        public void save(Kept kept) {
            var lines = new ArrayList<String>();
            lines.add(kept.stopped() ? "stopped" : "running");
            kept.uses().forEach(use -> lines.add(use.limit() + " " + use.until().toEpochMilli() + " " + use.amount()));
            try {
                Path folder = file.toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                Path next = Files.createTempFile(folder, file.getFileName().toString(), ".next");
                Files.write(next, lines);
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot keep what was used of a quota: " + e);
            }
        }
    }
}
