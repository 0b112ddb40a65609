package io.marketbrain.provider.recording;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.FileRefused;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.provider.descriptor.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The recorded exchanges of one provider, in the order of their times. Several recordings of one request are served one
 * after the other, the last of them again and again. What was recorded is read once; bodies are read when they are served.
 * Thread-safe.
 */
public final class RecordingArchive {
    static final String META = ".meta.json";

    private static final List<String> EXTENSIONS = List.of("json", "csv", "xml", "html", "txt");
    private static final SmallFile.Limits META_LIMITS = SmallFile.Limits.ofKibibytes(256, Integer.MAX_VALUE);
    private static final int MOST_EXCHANGES = 100_000;
    private static final System.Logger LOG = System.getLogger(RecordingArchive.class.getName());

    private final Path folder;
    private final List<RecordedExchange> all;
    private final Map<RequestKey, List<RecordedExchange>> byRequest;
    private final Optional<InstantSource> clock;
    private final Set<RecordedExchange> served = Collections.newSetFromMap(new IdentityHashMap<>());

    private RecordingArchive(Path folder, List<RecordedExchange> all) {
        this.folder = folder;
        this.all = List.copyOf(all);
        this.byRequest = new LinkedHashMap<>();
        this.clock = Optional.empty();
        all.forEach(exchange -> byRequest
                .computeIfAbsent(exchange.request(), _ -> new ArrayList<>())
                .add(exchange));
    }

    private RecordingArchive(RecordingArchive other, InstantSource clock) {
        this.folder = other.folder;
        this.all = other.all;
        this.byRequest = other.byRequest;
        this.clock = Optional.of(clock);
    }

    /** The same recordings at a clock: a request always gets the last one from before its time. */
    public RecordingArchive at(InstantSource clock) {
        return new RecordingArchive(this, clock);
    }

    /**
     * The recordings of a provider in {@code recording/rest/<provider>}. Files that are no recordings of it are skipped with
     * a line in the log.
     *
     * @throws FileRefused if there are none
     */
    public static RecordingArchive open(Path recording, Descriptor descriptor) {
        Path folder = recording.resolve("rest").resolve(descriptor.id().value());
        List<RecordedExchange> found = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (Path meta : metas(folder, MOST_EXCHANGES)) {
            try {
                found.add(read(meta, descriptor));
            } catch (UnreadableFile e) {
                skipped.add(meta.getFileName() + " " + e.reason());
            } catch (MalformedPayload | ArithmeticException e) {
                skipped.add(meta.getFileName() + " is not a description of an exchange: " + e.getMessage());
            }
        }
        if (!skipped.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    skipped.size() + " recordings in " + folder + " are not used; the first: " + skipped.getFirst());
        }
        if (found.isEmpty()) {
            throw new FileRefused(
                    folder,
                    "has no recordings of " + descriptor.id(),
                    "set REPLAY_FOLDER to a folder that was recorded with RECORD_FOLDER");
        }
        found.sort(Comparator.comparing(
                        (RecordedExchange exchange) -> exchange.recordedAt().orElse(Instant.MIN))
                .thenComparingLong(exchange -> exchange.meta().sequence())
                .thenComparing(RecordedExchange::name));
        return new RecordingArchive(folder, found);
    }

    /** The descriptions in a folder, in the order of their names; the first {@code most} that were found if there are more. */
    static List<Path> metas(Path folder, int most) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().endsWith(META))
                    .limit(most + 1L)
                    .toList();
            if (found.size() > most) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        folder + " has more than " + most + " recordings; only " + most + " of them are used");
            }
            return found.stream().limit(most).sorted().toList();
        } catch (IOException e) {
            throw new FileRefused(folder, "cannot be read: " + FileKind.reason(e), "check its permissions");
        }
    }

    private static RecordedExchange read(Path meta, Descriptor descriptor) throws UnreadableFile, MalformedPayload {
        ExchangeMeta read = ExchangeMetaCodec.read(SmallFile.readBytes(meta, META_LIMITS), descriptor);
        if (!read.provider().equals(descriptor.id().value())) {
            throw new MalformedPayload("it is of another provider");
        }
        String file = meta.getFileName().toString();
        String name = file.substring(0, file.length() - META.length());
        for (String extension : EXTENSIONS) {
            Path body = meta.resolveSibling(name + "." + extension);
            if (Files.isRegularFile(body)) {
                return new RecordedExchange(name, read, RequestKey.of(descriptor, read), body);
            }
        }
        throw new MalformedPayload("it has no body beside it");
    }

    /** Every exchange, in the order of their times. */
    public List<RecordedExchange> all() {
        return all;
    }

    /** Whether the provider's list of instruments is among them. */
    public boolean hasSymbolList() {
        return all.stream().anyMatch(exchange -> exchange.meta().kind().equals("markets"));
    }

    /** The exchange that answers a request: an exact recording, else one of a range of time that contains the requested one. */
    synchronized Optional<RecordedExchange> findNext(RequestKey asked) {
        List<RecordedExchange> exact = byRequest.getOrDefault(asked, List.of());
        List<RecordedExchange> candidates = exact.isEmpty()
                ? all.stream()
                        .filter(exchange -> TimeRangePolicy.contains(exchange.request(), asked))
                        .toList()
                : exact;
        Optional<RecordedExchange> next = next(candidates);
        if (clock.isEmpty()) {
            next.ifPresent(served::add);
        }
        return next;
    }

    /** The exchange that is served next to queries of this kind about this subject. */
    synchronized Optional<RecordedExchange> findUpcoming(MarketQuery query, Optional<String> symbol) {
        String kind = ExchangeMeta.kindOf(query);
        return next(all.stream()
                .filter(exchange -> exchange.meta().symbol().equals(symbol)
                        && !isDescription(exchange)
                        && (exchange.meta().kind().equals(kind)
                                || exchange.query()
                                        .filter(recorded -> recorded.operation() == query.operation())
                                        .isPresent()))
                .toList());
    }

    /** Whether it says what a series is: it is requested after the values, and does not set the time of an answer. */
    private static boolean isDescription(RecordedExchange exchange) {
        return exchange.query()
                .filter(query -> query instanceof SeriesQuery series && series.isDescription())
                .isPresent();
    }

    private Optional<RecordedExchange> next(List<RecordedExchange> candidates) {
        return clock.isPresent() ? lastBy(clock.get().instant(), candidates) : firstNotServed(candidates);
    }

    private static Optional<RecordedExchange> lastBy(Instant now, List<RecordedExchange> candidates) {
        return candidates.stream()
                .filter(exchange ->
                        exchange.recordedAt().filter(at -> at.isAfter(now)).isEmpty())
                .reduce((_, later) -> later);
    }

    /** The time until which there are recordings, in words that follow a request; empty if all of them count. */
    String until() {
        return clock.map(now -> " by " + now.instant()).orElse("");
    }

    private Optional<RecordedExchange> firstNotServed(List<RecordedExchange> candidates) {
        for (RecordedExchange exchange : candidates) {
            if (!served.contains(exchange)) {
                return Optional.of(exchange);
            }
        }
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.getLast());
    }

    /** The recorded request that is most like another one. */
    Optional<RequestKey> findNearest(RequestKey asked) {
        return byRequest.keySet().stream()
                .filter(known -> known.distanceTo(asked).isPresent())
                .min(Comparator.comparingInt(known -> known.distanceTo(asked).orElseThrow()));
    }

    /** When the first exchange was recorded; empty if no time is known. */
    Optional<Instant> findStart() {
        return all.stream().flatMap(exchange -> exchange.recordedAt().stream()).min(Comparator.naturalOrder());
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
