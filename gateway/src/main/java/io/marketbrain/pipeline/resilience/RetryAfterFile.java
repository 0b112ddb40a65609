package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.ProviderId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stores waits in a small text file with one line per provider: {@code provider instant}. The file is read on first use
 * and replaced as a whole when a provider asks for a new wait; there are no other writes. Thread-safe.
 */
public final class RetryAfterFile implements RetryAfterStore {
    private static final System.Logger LOG = System.getLogger(RetryAfterFile.class.getName());

    private final Path file;
    private @Nullable Map<String, Instant> known;

    public RetryAfterFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized Optional<Instant> find(ProviderId provider) {
        return Optional.ofNullable(known().get(provider.value()));
    }

    @Override
    public synchronized void save(ProviderId provider, Instant until) {
        known().put(provider.value(), until);
        String lines = known().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cannot save the Retry-After of " + provider + " to " + file + "; a restart will not know it: "
                            + e);
        }
    }

    private Map<String, Instant> known() {
        if (known == null) {
            known = read();
        }
        return known;
    }

    private Map<String, Instant> read() {
        var read = new TreeMap<String, Instant>();
        try {
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    read.put(line.substring(0, space), Instant.parse(line.substring(space + 1)));
                }
            }
        } catch (NoSuchFileException e) {
            // No provider has asked for a wait yet.
        } catch (IOException | DateTimeException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot read " + file + "; saved Retry-After waits are ignored: " + e);
        }
        return read;
    }
}
