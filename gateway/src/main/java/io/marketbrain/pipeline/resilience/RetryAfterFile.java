package io.marketbrain.pipeline.resilience;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.FileProblems;
import io.marketbrain.files.FileReplacement;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.model.ProviderId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stores waits in a small text file with one line per provider: {@code provider instant}. The file is read on first use
 * and replaced as a whole when a provider asks for a new wait; there are no other writes. A damaged file is set aside,
 * and every provider waits for {@link #ASSUMED_WAIT}, or longer where a valid line says so. Thread-safe.
 */
public final class RetryAfterFile implements RetryAfterStore {
    /** As long as the longest wait that the gateway chooses for a provider that names none. */
    static final Duration ASSUMED_WAIT = Duration.ofMinutes(5);

    private static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(64, 200);

    private final Path file;
    private final InstantSource clock;
    private final FileProblems problems;
    private @Nullable Map<String, Instant> known;
    private Optional<Instant> assumed = Optional.empty();

    public RetryAfterFile(Path file, InstantSource clock, FileProblems problems) {
        this.file = file;
        this.clock = clock;
        this.problems = problems;
    }

    @Override
    public synchronized Optional<Instant> find(ProviderId provider) {
        Instant saved = known().get(provider.value());
        if (assumed.isPresent() && (saved == null || saved.isBefore(assumed.get()))) {
            // Saved at once, so that the next start knows it although the damaged file is gone.
            save(provider, assumed.get());
            return assumed;
        }
        return Optional.ofNullable(saved);
    }

    @Override
    public synchronized void save(ProviderId provider, Instant until) {
        known().put(provider.value(), until);
        String lines = known().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            FileReplacement.replace(file, lines);
            problems.clear(file);
        } catch (IOException e) {
            problems.report(
                    file,
                    "cannot be written: " + FileKind.reason(e) + "; a restart will not know the Retry-After of "
                            + provider);
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
            parse(SmallFile.readText(file, LIMITS), read);
        } catch (UnreadableFile e) {
            if (!e.missing()) {
                Instant now = clock.instant();
                assumed = Optional.of(now.plus(ASSUMED_WAIT));
                problems.reportHandled(
                        file,
                        e.reason() + "; providers may have asked for a wait, so none is called for "
                                + ASSUMED_WAIT.toMinutes() + " minutes, and " + FileReplacement.setAside(file, now));
            }
        }
        return read;
    }

    /** Reads every valid line, then throws for the first that is not. */
    private static void parse(String text, Map<String, Instant> into) throws UnreadableFile {
        List<String> lines = text.lines().toList();
        int invalid = lines.isEmpty() ? 1 : text.endsWith("\n") ? 0 : lines.size();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int space = line.indexOf(' ');
            boolean cut = i + 1 == lines.size() && !text.endsWith("\n");
            try {
                if (!cut && space > 0 && ProviderId.isValid(line.substring(0, space))) {
                    into.put(line.substring(0, space), Instant.parse(line.substring(space + 1)));
                    continue;
                }
            } catch (DateTimeException e) {
                // counted below
            }
            invalid = invalid == 0 ? i + 1 : Math.min(invalid, i + 1);
        }
        if (lines.isEmpty()) {
            throw new UnreadableFile("is empty");
        }
        if (invalid != 0) {
            throw new UnreadableFile("line " + invalid + " is not a provider and a time");
        }
    }
}
