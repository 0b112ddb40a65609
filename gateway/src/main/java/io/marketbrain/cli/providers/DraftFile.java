package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.files.FileReplacement;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The file that a draft is written to: a new descriptor, or one that has other operations already, which stay as they are. An
 * operation is added only if it reads its sample.
 */
final class DraftFile {
    static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(8 << 10, Integer.MAX_VALUE);

    private final Path file;
    private final ProviderDraft draft;
    private final Optional<SequencedMap<String, Object>> earlier;

    private DraftFile(Path file, ProviderDraft draft, Optional<SequencedMap<String, Object>> earlier) {
        this.file = file;
        this.draft = draft;
        this.earlier = earlier;
    }

    /** @param force whether a descriptor that exists is replaced */
    static DraftFile of(Path file, ProviderDraft draft, boolean force) throws ProviderDraft.Refused {
        return new DraftFile(
                file, draft, Files.exists(file) && !force ? Optional.of(earlier(file, draft)) : Optional.empty());
    }

    /** A descriptor to which the operation can be added. */
    private static SequencedMap<String, Object> earlier(Path file, ProviderDraft draft) throws ProviderDraft.Refused {
        try {
            SequencedMap<String, Object> descriptor = read(SmallFile.readBytes(file, LIMITS));
            String base = draft.request().base();
            if (!draft.id().equals(descriptor.get("id"))) {
                throw new ProviderDraft.Refused(file + " has another id than " + draft.id());
            }
            if (has(descriptor, draft.operation())) {
                throw new ProviderDraft.Refused(
                        file + " has " + draft.operation() + " already; --force replaces the whole file");
            }
            if (!base.equals(descriptor.get("base_url"))) {
                throw new ProviderDraft.Refused(
                        file + " has another base_url than " + base + "; --force replaces the file");
            }
            return descriptor;
        } catch (UnreadableFile e) {
            throw new ProviderDraft.Refused(file + " cannot be used: it " + e.reason());
        } catch (MalformedPayload e) {
            throw new ProviderDraft.Refused(file + " is no descriptor: " + e.getMessage() + "; --force replaces it");
        }
    }

    /** Writes it, and prints what it makes of the sample. Returns the exit code. */
    int write(byte[] sample, Instant now, PrintStream out) throws ProviderDraft.Refused {
        try {
            String text =
                    ProviderDraft.text(earlier.map(one -> added(one, draft)).orElseGet(draft::descriptor));
            var check = ResponseCheck.ofDescriptor(
                    String.valueOf(file.getFileName()), text.getBytes(StandardCharsets.UTF_8), now);
            List<MarketQuery> tried = check.queries()
                    .about(
                            Operation.valueOf(draft.operation().toUpperCase(Locale.ROOT)),
                            draft.symbol().toUpperCase(Locale.ROOT),
                            Optional.empty());
            Optional<ResponseCheck.Reading> reading =
                    tried.isEmpty() ? Optional.empty() : Optional.of(check.read(tried, 200, sample));
            boolean isRead = reading.flatMap(ResponseCheck.Reading::data).isPresent();
            if (isRead || earlier.isEmpty()) {
                FileReplacement.replace(file, text);
                out.println((earlier.isEmpty() ? "wrote " : "added to ") + file.getFileName() + ": " + check.summary());
            } else {
                out.println(draft.operation() + " is not added to " + file.getFileName() + ":");
            }
            if (reading.isEmpty()) {
                out.println("not tried: '" + draft.symbol() + "' is no symbol; correct 'symbols'");
                return ExitCode.FAILURE;
            }
            if (tried.getFirst() instanceof MarketQuery.OfInstrument about) {
                out.println("symbol: " + draft.symbol() + " is " + shown(about.instrument()));
            }
            if (draft.hasTimesWithoutZone()) {
                out.println("note: times are taken as UTC; add 'zone' if they are of another");
            }
            return DataLines.print(reading.get(), out);
        } catch (IllegalArgumentException e) {
            throw new ProviderDraft.Refused("the answers make no descriptor: " + e.getMessage());
        } catch (IOException e) {
            throw new ProviderDraft.Refused(file + " cannot be written: " + e.getMessage());
        }
    }

    /** What a symbol means; a share without a market is that of the United States. */
    private static String shown(Instrument instrument) {
        boolean american = instrument.type() == AssetType.STOCK && instrument.mic() == null;
        return instrument.unified() + " (" + instrument.type().wire() + (american ? ", United States, USD" : "") + ")";
    }

    /** The members of a descriptor, as maps, lists and values. */
    private static SequencedMap<String, Object> read(byte[] descriptor) throws MalformedPayload {
        return members(JsonValue.parse(descriptor));
    }

    /** Whether a descriptor has an operation. */
    private static boolean has(Map<String, Object> descriptor, String operation) {
        return asMap(operations(descriptor)).containsKey(operation);
    }

    /** A descriptor with the operation of a draft. */
    private static SequencedMap<String, Object> added(Map<String, Object> descriptor, ProviderDraft draft) {
        SequencedMap<String, Object> more = draft.descriptor();
        var sum = new LinkedHashMap<String, Object>(descriptor);
        sum.put("operations", with(operations(descriptor), operations(more)));
        Optional.ofNullable(more.get("intervals")).ifPresent(intervals -> sum.putIfAbsent("intervals", intervals));
        for (String key : List.of("limits", "mapping")) {
            sum.put(key, with(asMap(descriptor.getOrDefault(key, Map.of())), asMap(more.getOrDefault(key, Map.of()))));
        }
        return sum;
    }

    /** The members of both; of two with the same name, the first. */
    private static Map<String, Object> with(Map<String, Object> own, Map<String, Object> other) {
        var sum = new LinkedHashMap<>(own);
        other.forEach(sum::putIfAbsent);
        return sum;
    }

    /** The operations by name, also where they are a list of names. */
    private static Map<String, Object> operations(Map<String, Object> descriptor) {
        Object operations = descriptor.getOrDefault("operations", Map.of());
        if (operations instanceof List<?> names) {
            var byName = new LinkedHashMap<String, Object>();
            names.forEach(name -> byName.put(String.valueOf(name), new LinkedHashMap<>()));
            return byName;
        }
        return asMap(operations);
    }

    private static Map<String, Object> asMap(Object value) {
        var members = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> members.put(String.valueOf(key), member));
        }
        return members;
    }

    private static SequencedMap<String, Object> members(JsonValue json) throws MalformedPayload {
        var members = new LinkedHashMap<String, Object>();
        for (Map.Entry<String, JsonValue> member : json.members().entrySet()) {
            members.put(member.getKey(), value(member.getValue()));
        }
        return members;
    }

    @SuppressWarnings("NullAway") // JSON's null
    private static @Nullable Object value(JsonValue json) throws MalformedPayload {
        return switch (json.kind()) {
            case NULL -> null;
            case OBJECT -> members(json);
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (JsonValue item : json.items()) {
                    items.add(value(item));
                }
                yield items;
            }
            case TEXT -> json.text();
            case NUMBER -> json.decimal();
            case BOOLEAN -> json.bool();
        };
    }
}
