import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A step of the build: bundles the sources of the API description into the one file that the gateway serves.
 *
 * <p>{@code openapi.json} is the root. {@code paths/<tag>.json} holds the paths of each tag, in the order of the root's
 * {@code tags}. {@code components/<kind>.json} holds the components of each kind. References are written as they stand
 * in the bundle: {@code #/components/<kind>/<name>}. The headers that the root lists in {@code x-response-headers} are
 * added to every response. The same sources always give the same bytes.
 *
 * <p>Fails on a reference to nothing, on a path, operation id or name that occurs twice, and on a component that no
 * path leads to.
 */
final class OpenApiBundle {
    private static final String COMPONENTS = "#/components/";
    private static final String RESPONSE_HEADERS = "x-response-headers";
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** A number with the digits that the source has. */
    private record Digits(String text) {}

    /** What is wrong with the sources. */
    static final class BadSource extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadSource(String message) {
            super(message);
        }
    }

    private final Path source;
    private final Map<String, Object> root;
    private final Map<String, Object> responseHeaders = new LinkedHashMap<>();

    private OpenApiBundle(Path source) throws IOException {
        this.source = source;
        this.root = read(source.resolve("openapi.json"));
        list(root.remove(RESPONSE_HEADERS))
                .forEach(name -> responseHeaders.put((String) name, Map.of("$ref", COMPONENTS + "headers/" + name)));
    }

    public static void main(String[] arguments) throws IOException {
        try {
            bundle(Path.of(arguments[0]), Path.of(arguments[1]));
        } catch (BadSource bad) {
            System.err.println("The API description cannot be bundled: " + bad.getMessage());
            System.exit(1);
        }
    }

    /** Writes the description in the folder {@code source} to the file {@code target}. */
    static void bundle(Path source, Path target) throws IOException {
        var bundle = new OpenApiBundle(source);
        bundle.root.put("paths", bundle.paths());
        bundle.root.put("components", bundle.components());
        bundle.checkReferences();
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), Files.newBufferedWriter(target))) {
            write(out, bundle.root);
        }
    }

    private Map<String, Object> paths() throws IOException {
        var tags = new LinkedHashSet<String>();
        list(root.get("tags")).forEach(tag -> tags.add((String) map(tag).get("name")));
        checkFiles("paths", tags);
        var paths = new LinkedHashMap<String, Object>();
        var patterns = new TreeSet<String>();
        var ids = new TreeSet<String>();
        for (String tag : tags) {
            for (var path : read(source.resolve("paths", tag + ".json")).entrySet()) {
                if (!patterns.add(path.getKey().replaceAll("\\{[^}]*}", "{}"))) {
                    throw new BadSource("the path " + path.getKey() + " occurs twice");
                }
                map(path.getValue())
                        .forEach((method, operation) ->
                                prepare(method + " " + path.getKey(), map(operation), tag, ids));
                paths.put(path.getKey(), path.getValue());
            }
        }
        return paths;
    }

    private void prepare(String about, Map<String, Object> operation, String tag, Set<String> ids) {
        if (!List.of(tag).equals(operation.get("tags"))) {
            throw new BadSource(
                    about + " is in the file of the tag " + tag + ", its tags are " + operation.get("tags"));
        }
        if (!(operation.get("operationId") instanceof String id) || !ids.add(id)) {
            throw new BadSource(about + " needs an operationId of its own, not " + operation.get("operationId"));
        }
        map(operation.get("responses")).values().forEach(response -> addHeaders(map(response)));
    }

    private void addHeaders(Map<String, Object> response) {
        if (!response.containsKey("$ref")) {
            var headers = new LinkedHashMap<>(responseHeaders);
            headers.putAll(map(response.getOrDefault("headers", Map.of())));
            response.put("headers", headers);
        }
    }

    private Map<String, Object> components() throws IOException {
        var components = new LinkedHashMap<String, Object>();
        for (String kind : names("components")) {
            components.put(kind, read(source.resolve("components", kind + ".json")));
        }
        map(components.getOrDefault("responses", Map.of())).values().forEach(response -> addHeaders(map(response)));
        return components;
    }

    private void checkFiles(String folder, Set<String> expected) throws IOException {
        Set<String> names = names(folder);
        if (!names.equals(expected)) {
            throw new BadSource("the folder " + folder + " has files for " + names + ", the tags are " + expected);
        }
    }

    private Set<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(source.resolve(folder))) {
            var names = new TreeSet<String>();
            files.forEach(file -> names.add(file.getFileName().toString().replaceAll("\\.json$", "")));
            return names;
        }
    }

    /** Follows every reference from the paths on; what is left over is unused. */
    private void checkReferences() {
        Map<String, Object> unused = new HashMap<>();
        map(root.get("components")).forEach((kind, all) -> map(all)
                .forEach((name, component) -> unused.put(COMPONENTS + kind + "/" + name, component)));
        Set<String> known = Set.copyOf(unused.keySet());
        var rest = new LinkedHashMap<>(root);
        rest.remove("components");
        Deque<Object> open = new ArrayDeque<>(List.of(rest));
        while (!open.isEmpty()) {
            for (String reference : references(open.remove())) {
                if (!known.contains(reference)) {
                    throw new BadSource("nothing is at " + reference);
                }
                Object component = unused.remove(reference);
                if (component != null && !reference.startsWith(COMPONENTS + "examples/")) {
                    open.add(component);
                }
            }
        }
        if (!unused.isEmpty()) {
            throw new BadSource("used by no path: " + new TreeSet<>(unused.keySet()));
        }
    }

    private static List<String> references(Object value) {
        var found = new ArrayList<String>();
        if (value instanceof List<?> items) {
            items.forEach(item -> found.addAll(references(item)));
        } else if (value instanceof Map<?, ?>) {
            map(value).forEach((name, member) -> {
                if (name.equals("$ref") && member instanceof String reference) {
                    found.add(reference);
                } else if (name.equals("security")) {
                    list(member).forEach(schemes -> map(schemes)
                            .keySet()
                            .forEach(scheme -> found.add(COMPONENTS + "securitySchemes/" + scheme)));
                } else {
                    found.addAll(references(member));
                }
            });
        }
        return found;
    }

    private static Map<String, Object> read(Path file) throws IOException {
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), Files.readString(file))) {
            in.nextToken();
            Map<String, Object> content = map(value(in));
            if (in.nextToken() != null) {
                throw new BadSource(file + " goes on after its end");
            }
            return content;
        } catch (tools.jackson.core.JacksonException bad) {
            throw new BadSource(file + ": " + bad.getMessage());
        }
    }

    private static Object value(JsonParser in) {
        return switch (in.currentToken()) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, Object>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    String name = in.currentName();
                    in.nextToken();
                    members.put(name, value(in));
                }
                yield members;
            }
            case START_ARRAY -> {
                var items = new ArrayList<Object>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(in));
                }
                yield items;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(in.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> in.getString();
        };
    }

    private static void write(JsonGenerator out, Object value) {
        switch (value) {
            case Map<?, ?> members -> {
                out.writeStartObject();
                members.forEach((name, member) -> {
                    out.writeName((String) name);
                    write(out, member);
                });
                out.writeEndObject();
            }
            case List<?> items -> {
                out.writeStartArray();
                items.forEach(item -> write(out, item));
                out.writeEndArray();
            }
            case Digits digits -> out.writeNumber(digits.text());
            case Boolean flag -> out.writeBoolean(flag);
            case null -> out.writeNull();
            default -> out.writeString((String) value);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        if (value instanceof Map<?, ?>) {
            return (Map<String, Object>) value;
        }
        throw new BadSource("an object is needed, not " + value);
    }

    private static List<?> list(Object value) {
        if (value instanceof List<?> items) {
            return items;
        }
        throw new BadSource("a list is needed, not " + value);
    }
}
