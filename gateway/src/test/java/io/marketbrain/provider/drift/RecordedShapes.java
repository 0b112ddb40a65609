package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonKind;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.drift.Shape.Column;
import io.marketbrain.provider.drift.Shape.Columns;
import io.marketbrain.provider.drift.Shape.Items;
import io.marketbrain.provider.drift.Shape.Magnitude;
import io.marketbrain.provider.drift.Shape.Member;
import io.marketbrain.provider.drift.Shape.Members;
import io.marketbrain.provider.drift.Shape.Nothing;
import io.marketbrain.provider.drift.Shape.Scalar;
import io.marketbrain.security.KnownSecrets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The forms of a provider's responses, learnt from its recordings. Two recordings have one form if they differ in at most
 * one member that is read; this member is optional.
 */
public final class RecordedShapes {
    /** Bodies that differ in more members are two forms: otherwise every member of both would be optional. */
    private static final int MOST_OPTIONAL = 1;

    private final Map<String, List<Shape>> forms = new TreeMap<>();

    /** The forms that the recordings have. */
    public static RecordedShapes of(List<RecordedBody> recordings) {
        var shapes = new RecordedShapes();
        for (RecordedBody recorded : recordings) {
            List<Shape> known =
                    shapes.forms.computeIfAbsent(recorded.operation().wire(), _ -> new ArrayList<>());
            add(known, new ShapeLearner(recorded).shape());
        }
        return shapes;
    }

    /** A guard that knows these forms. */
    public DriftGuard guard(ProviderId provider) {
        return DriftGuard.of(provider, () -> forms, new KnownSecrets(List.of()), () -> 0);
    }

    /** The paths of the members of an operation's response that may be absent or null. */
    public Set<String> optional(Operation operation) {
        Set<String> paths = new TreeSet<>();
        forms.getOrDefault(operation.wire(), List.of()).forEach(form -> optional("", form, paths));
        return paths;
    }

    private static void optional(String path, Shape shape, Set<String> paths) {
        switch (shape) {
            case Members members -> {
                for (Member member : members.read()) {
                    if (member.optional()) {
                        paths.add(path + "." + member.name());
                    }
                    optional(path + "." + member.name(), member.shape(), paths);
                }
                if (members.others() != null) {
                    optional(path + ".*", members.others(), paths);
                }
            }
            case Items(Shape item) -> optional(path + "[]", item, paths);
            case Scalar scalar when scalar.kinds().contains(JsonKind.NULL) -> paths.add(path);
            case Columns _, Nothing _, Scalar _ -> {}
        }
    }

    private static void add(List<Shape> known, Shape shape) {
        for (int i = 0; i < known.size(); i++) {
            Optional<Shape> joined = join(known.get(i), shape);
            if (joined.isPresent()) {
                known.set(i, joined.get());
                return;
            }
        }
        known.add(shape);
    }

    private static Optional<Shape> join(Shape one, Shape other) {
        if (one instanceof Nothing || other instanceof Nothing) {
            return Optional.of(one instanceof Nothing ? other : one);
        }
        if (one instanceof Scalar a && other instanceof Scalar b) {
            return joinScalars(a, b).map(Shape.class::cast);
        }
        if (one instanceof Items(Shape a) && other instanceof Items(Shape b)) {
            return join(a, b).map(Items::new);
        }
        if (one instanceof Items(Nothing _) && other instanceof Columns) {
            return Optional.of(other);
        }
        if (one instanceof Columns a && other instanceof Columns b) {
            return joinColumns(a, b).map(Shape.class::cast);
        }
        return one instanceof Members a && other instanceof Members b
                ? joinMembers(a, b).map(Shape.class::cast)
                : Optional.empty();
    }

    private static Optional<Scalar> joinScalars(Scalar a, Scalar b) {
        if (!withoutNull(a).equals(withoutNull(b))) {
            return Optional.empty();
        }
        Set<JsonKind> kinds = EnumSet.copyOf(a.kinds());
        kinds.addAll(b.kinds());
        Set<String> values = new TreeSet<>(a.values());
        values.addAll(b.values());
        boolean closed = !a.values().isEmpty() && !b.values().isEmpty();
        @Nullable
        Magnitude magnitude = a.magnitude() == null
                ? b.magnitude()
                : b.magnitude() == null ? a.magnitude() : a.magnitude().and(b.magnitude());
        return Optional.of(new Scalar(kinds, closed ? values : Set.of(), magnitude));
    }

    private static Set<JsonKind> withoutNull(Scalar scalar) {
        Set<JsonKind> kinds = new HashSet<>(scalar.kinds());
        kinds.remove(JsonKind.NULL);
        return kinds;
    }

    private static Optional<Columns> joinColumns(Columns a, Columns b) {
        if (a.columns().size() != b.columns().size() || a.least() != b.least()) {
            return Optional.empty();
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < a.columns().size(); i++) {
            Column one = a.columns().get(i);
            Column other = b.columns().get(i);
            Optional<Scalar> joined = joinScalars(one.scalar(), other.scalar());
            if (joined.isEmpty()) {
                return Optional.empty();
            }
            columns.add(new Column(joined.get(), one.read() || other.read(), one.words() && other.words()));
        }
        return Optional.of(new Columns(columns, a.least()));
    }

    private static Optional<Members> joinMembers(Members a, Members b) {
        Map<String, Member> ofA = byName(a);
        Map<String, Member> ofB = byName(b);
        Set<String> names = new LinkedHashSet<>(ofA.keySet());
        names.addAll(ofB.keySet());
        int fewer = Math.min(ofA.size(), ofB.size());
        if (names.size() > Math.max(ofA.size(), ofB.size()) || names.size() - fewer > MOST_OPTIONAL) {
            return Optional.empty();
        }
        List<Member> read = new ArrayList<>();
        for (String name : names) {
            Member one = ofA.get(name);
            Member other = ofB.get(name);
            if (one == null || other == null) {
                Member only = one == null ? other : one;
                read.add(new Member(name, only.shape(), true));
            } else {
                Optional<Shape> joined = join(one.shape(), other.shape());
                if (joined.isEmpty()) {
                    return Optional.empty();
                }
                read.add(new Member(name, joined.get(), one.optional() || other.optional()));
            }
        }
        @Nullable Shape others = null;
        if (a.others() != null && b.others() != null) {
            Optional<Shape> joined = join(a.others(), b.others());
            if (joined.isEmpty()) {
                return Optional.empty();
            }
            others = joined.get();
        } else if (a.others() != null || b.others() != null) {
            return Optional.empty();
        }
        Set<String> unread = new TreeSet<>(a.unread());
        unread.addAll(b.unread());
        unread.removeAll(names);
        return Optional.of(new Members(read, unread, others));
    }

    private static Map<String, Member> byName(Members members) {
        Map<String, Member> byName = new LinkedHashMap<>();
        members.read().forEach(member -> byName.put(member.name(), member));
        return byName;
    }

    // ---- as text ----

    /** The content of {@code providers/shapes/<id>.json}. */
    public String text() {
        return forms.entrySet().stream()
                .map(operation -> "  \"" + operation.getKey() + "\": [\n"
                        + operation.getValue().stream()
                                .map(form -> "    " + text(form))
                                .collect(Collectors.joining(",\n"))
                        + "\n  ]")
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    private static String text(Shape shape) {
        return switch (shape) {
            case Nothing _ -> "\"nothing\"";
            case Scalar scalar -> quoted(words(scalar));
            case Items(Shape item) -> "{\"each\": " + text(item) + "}";
            case Columns columns ->
                "{\"columns\": "
                        + columns.columns().stream()
                                .map(column -> quoted(text(column)))
                                .collect(Collectors.joining(", ", "[", "]"))
                        + ", \"least\": " + columns.least() + "}";
            case Members members ->
                "{\"read\": "
                        + members.read().stream()
                                .map(member -> quoted(member.name() + (member.optional() ? "?" : "")) + ": "
                                        + text(member.shape()))
                                .collect(Collectors.joining(", ", "{", "}"))
                        + ", \"unread\": "
                        + members.unread().stream()
                                .sorted()
                                .map(RecordedShapes::quoted)
                                .collect(Collectors.joining(", ", "[", "]"))
                        + (members.others() == null ? "" : ", \"others\": " + text(members.others())) + "}";
        };
    }

    private static String text(Column column) {
        String kinds = column.words() ? "words" : words(column.scalar());
        return column.read() ? kinds : "(" + kinds + ")";
    }

    private static String words(Scalar scalar) {
        String kinds = scalar.kinds().stream()
                .sorted()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("|"));
        String values = scalar.values().isEmpty()
                ? ""
                : " in " + scalar.values().stream().sorted().collect(Collectors.joining(","));
        Magnitude magnitude = scalar.magnitude();
        return kinds + values + (magnitude == null ? "" : " ~" + magnitude.least() + ".." + magnitude.most());
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder();
        JsonTree.quote(text, quoted);
        return quoted.toString();
    }
}
