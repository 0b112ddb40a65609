package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The places in a document: {@code .name} for a member, {@code .*} for all members whose names are data, {@code []} for the
 * items of a list, {@code [3]} for a column of a row. A row is an array that begins with a scalar.
 */
final class TreePaths {
    /** Whether the name of a member is data, by the path of the object and the name. */
    private final BiPredicate<String, String> isData;

    TreePaths(BiPredicate<String, String> isData) {
        this.isData = isData;
    }

    /** Where a value stands: a member of a map, or an item of a list. */
    record Slot(Object container, Object key) {
        Object value() {
            return container instanceof Map<?, ?> members
                    ? members.get(key)
                    : JsonTree.items(container).get((Integer) key);
        }

        void set(Object value) {
            if (container instanceof Map<?, ?>) {
                JsonTree.members(container).put((String) key, value);
            } else {
                JsonTree.items(container).set((Integer) key, value);
            }
        }

        void remove() {
            if (container instanceof Map<?, ?> members) {
                members.remove(key);
            } else {
                JsonTree.items(container).remove((int) (Integer) key);
            }
        }
    }

    /** Every path below the root, each with its places. */
    Map<String, List<Slot>> slots(Object tree) {
        Map<String, List<Slot>> slots = new LinkedHashMap<>();
        collect("", tree, slots);
        return slots;
    }

    Set<String> paths(Object tree) {
        return new LinkedHashSet<>(slots(tree).keySet());
    }

    private void collect(String path, Object tree, Map<String, List<Slot>> slots) {
        if (tree instanceof Map<?, ?>) {
            for (String name : List.copyOf(JsonTree.members(tree).keySet())) {
                add(path + step(path, name), new Slot(tree, name), slots);
            }
        } else if (tree instanceof List<?> items) {
            boolean row = isRow(items);
            for (int i = 0; i < items.size(); i++) {
                add(path + (row ? "[" + i + "]" : "[]"), new Slot(tree, i), slots);
            }
        }
    }

    private void add(String path, Slot slot, Map<String, List<Slot>> slots) {
        slots.computeIfAbsent(path, _ -> new ArrayList<>()).add(slot);
        collect(path, slot.value(), slots);
    }

    String step(String path, String name) {
        return isData.test(path, name) ? ".*" : "." + name;
    }

    static boolean isRow(List<?> items) {
        return !items.isEmpty()
                && JsonTree.kind(items.getFirst()) != JsonKind.ARRAY
                && JsonTree.kind(items.getFirst()) != JsonKind.OBJECT;
    }
}
