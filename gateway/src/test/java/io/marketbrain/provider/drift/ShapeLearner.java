package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonKind;
import io.marketbrain.provider.drift.JsonTree.Leaf;
import io.marketbrain.provider.drift.Shape.Column;
import io.marketbrain.provider.drift.Shape.Columns;
import io.marketbrain.provider.drift.Shape.Items;
import io.marketbrain.provider.drift.Shape.Magnitude;
import io.marketbrain.provider.drift.Shape.Member;
import io.marketbrain.provider.drift.Shape.Members;
import io.marketbrain.provider.drift.Shape.Nothing;
import io.marketbrain.provider.drift.Shape.Scalar;
import io.marketbrain.provider.drift.TreePaths.Slot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Learns the shape of one recorded body. Which fields the adapter reads, and which names are data, is found by trying: a field
 * is read if another value in its place changes what the adapter makes of the body; a name is data if the value is read but
 * another name changes nothing, or if there are many members with values of one kind.
 */
final class ShapeLearner {
    private static final int FEW_ITEMS = 12;
    private static final int MANY_MEMBERS = 8;
    private static final int MAX_VALUES = 4;
    private static final int LEAST_OCCURRENCES = 8;
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]{1,20}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");

    private final RecordedBody recorded;
    private final Object tree;
    private final Set<String> dataNames = new HashSet<>();
    private final TreePaths paths = new TreePaths((path, name) -> dataNames.contains(path + "." + name));
    private final Set<String> read = new HashSet<>();

    ShapeLearner(RecordedBody recorded) {
        this.recorded = recorded;
        this.tree = JsonTree.parse(recorded.body());
        findDataNames("", tree);
        findRead();
    }

    TreePaths paths() {
        return paths;
    }

    Shape shape() {
        return shape("", List.of(tree));
    }

    private Object outcome(Object changed) {
        return recorded.outcome().apply(JsonTree.write(changed));
    }

    // ---- which names are data ----

    private void findDataNames(String path, Object value) {
        if (value instanceof Map<?, ?>) {
            Map<String, Object> members = JsonTree.members(value);
            boolean many =
                    members.size() >= MANY_MEMBERS && members.values().stream().allMatch(Map.class::isInstance);
            for (String name : members.keySet()) {
                if (many || (members.size() < MANY_MEMBERS && path.length() < 20 && isReadUnderAnyName(path, name))) {
                    dataNames.add(path + "." + name);
                }
            }
            members.forEach((name, child) -> findDataNames(path + paths.step(path, name), child));
        } else if (value instanceof List<?> items && !items.isEmpty() && !TreePaths.isRow(items)) {
            findDataNames(path + "[]", items.getFirst());
        }
    }

    private boolean isReadUnderAnyName(String path, String name) {
        if (path.contains("[]")) {
            return false;
        }
        Object renamed = JsonTree.copy(tree);
        Object replaced = JsonTree.copy(tree);
        List<Slot> places = paths.slots(renamed).getOrDefault(path + "." + name, List.of());
        if (places.size() != 1) {
            return false;
        }
        Object value = places.getFirst().value();
        places.getFirst().remove();
        // A name that is data may still have to be one of the requested instrument's.
        JsonTree.members(places.getFirst().container()).put(name + "?", value);
        paths.slots(replaced).get(path + "." + name).getFirst().set(wrong(value));
        Object before = outcome(tree);
        return outcome(renamed).equals(before) && !outcome(replaced).equals(before);
    }

    private static Leaf wrong(Object value) {
        return JsonTree.kind(value) == JsonKind.BOOLEAN
                ? new Leaf(JsonKind.TEXT, "?")
                : new Leaf(JsonKind.BOOLEAN, "true");
    }

    // ---- which fields are read ----

    private void findRead() {
        Object small = shortened(JsonTree.copy(tree));
        Object before = outcome(small);
        if (!before.equals(outcome(small)) || before instanceof String) {
            small = tree;
            before = outcome(tree);
        }
        for (String path : paths.paths(small)) {
            Object replaced = JsonTree.copy(small);
            paths.slots(replaced).get(path).forEach(slot -> slot.set(wrong(slot.value())));
            if (!outcome(replaced).equals(before)) {
                read.add(path);
            }
        }
    }

    private static Object shortened(Object value) {
        if (value instanceof List<?>) {
            List<Object> items = JsonTree.items(value);
            if (items.size() > FEW_ITEMS) {
                items.subList(FEW_ITEMS, items.size()).clear();
            }
            items.forEach(ShapeLearner::shortened);
        } else if (value instanceof Map<?, ?>) {
            Map<String, Object> members = JsonTree.members(value);
            if (members.size() > FEW_ITEMS && members.values().stream().allMatch(Map.class::isInstance)) {
                List.copyOf(members.keySet()).stream().skip(FEW_ITEMS).forEach(members::remove);
            }
            members.values().forEach(ShapeLearner::shortened);
        }
        return value;
    }

    private boolean isRead(String path) {
        return read.contains(path)
                || read.stream()
                        .anyMatch(other -> other.startsWith(path)
                                && other.length() > path.length()
                                && ".[".indexOf(other.charAt(path.length())) >= 0);
    }

    // ---- the shape ----

    private Shape shape(String path, List<Object> values) {
        Set<JsonKind> kinds = EnumSet.noneOf(JsonKind.class);
        values.forEach(value -> kinds.add(JsonTree.kind(value)));
        if (kinds.equals(Set.of(JsonKind.OBJECT))) {
            return members(path, values);
        }
        if (kinds.equals(Set.of(JsonKind.ARRAY))) {
            List<Object> items = new ArrayList<>();
            values.forEach(value -> items.addAll(JsonTree.items(value)));
            if (items.isEmpty()) {
                return new Items(new Nothing());
            }
            return values.stream().anyMatch(value -> TreePaths.isRow(JsonTree.items(value)))
                    ? columns(path, values)
                    : new Items(shape(path + "[]", items));
        }
        return scalar(values, kinds);
    }

    private Members members(String path, List<Object> objects) {
        Map<String, List<Object>> byName = new LinkedHashMap<>();
        List<Object> others = new ArrayList<>();
        for (Object object : objects) {
            JsonTree.members(object).forEach((name, value) -> {
                if (paths.step(path, name).equals(".*")) {
                    others.add(value);
                } else {
                    byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                }
            });
        }
        List<Member> known = new ArrayList<>();
        Set<String> unread = new TreeSet<>();
        byName.forEach((name, values) -> {
            if (isRead(path + "." + name)) {
                boolean optional = values.size() < objects.size();
                known.add(new Member(name, shape(path + "." + name, values), optional));
            } else {
                unread.add(name);
            }
        });
        return new Members(known, unread, others.isEmpty() ? null : shape(path + ".*", others));
    }

    private Columns columns(String path, List<Object> rows) {
        int most =
                rows.stream().mapToInt(row -> JsonTree.items(row).size()).max().orElseThrow();
        int least =
                rows.stream().mapToInt(row -> JsonTree.items(row).size()).min().orElseThrow();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            List<Object> values = new ArrayList<>();
            for (Object row : rows) {
                if (i < JsonTree.items(row).size()) {
                    values.add(JsonTree.items(row).get(i));
                }
            }
            Set<JsonKind> kinds = EnumSet.noneOf(JsonKind.class);
            values.forEach(value -> kinds.add(JsonTree.kind(value)));
            boolean isRead = isRead(path + "[" + i + "]");
            columns.add(new Column(
                    isRead ? scalar(values, kinds) : new Scalar(kinds), isRead, !isRead && areWords(values)));
        }
        return new Columns(columns, least);
    }

    /** Whether all are texts that are no numbers, and not all are empty. */
    private static boolean areWords(List<Object> values) {
        List<String> texts = values.stream()
                .map(value -> value instanceof Leaf leaf && leaf.kind() == JsonKind.TEXT ? leaf.text() : "0")
                .toList();
        return texts.stream().noneMatch(text -> DECIMAL.matcher(text).matches())
                && texts.stream().anyMatch(text -> !text.isEmpty());
    }

    private static Scalar scalar(List<Object> values, Set<JsonKind> kinds) {
        Set<String> texts = new TreeSet<>();
        boolean closed = values.size() >= LEAST_OCCURRENCES;
        boolean decimal = true;
        @Nullable Magnitude magnitude = null;
        for (Object value : values) {
            if (value instanceof Leaf leaf && (leaf.kind() == JsonKind.TEXT || leaf.kind() == JsonKind.NUMBER)) {
                decimal &= DECIMAL.matcher(leaf.text()).matches();
                if (decimal) {
                    var number = new BigDecimal(leaf.text());
                    if (number.signum() != 0) {
                        Magnitude one = Magnitude.of(number);
                        magnitude = magnitude == null ? one : magnitude.and(one);
                    }
                }
                closed &= leaf.kind() == JsonKind.TEXT
                        && WORD.matcher(leaf.text()).matches()
                        && (texts.size() < MAX_VALUES || texts.contains(leaf.text()));
                texts.add(closed ? leaf.text() : "");
            }
        }
        return new Scalar(kinds, closed && texts.size() > 1 ? texts : Set.of(), decimal ? magnitude : null);
    }
}
