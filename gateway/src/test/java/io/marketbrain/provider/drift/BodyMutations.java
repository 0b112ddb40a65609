package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonKind;
import io.marketbrain.provider.drift.JsonTree.Leaf;
import io.marketbrain.provider.drift.TreePaths.Slot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ways in which a provider may change a recorded body: a field that is renamed, dropped, of another type, nested, un-nested
 * or null, everywhere or in one place; another document around the body; HTML; a body cut short.
 */
public final class BodyMutations {
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?");
    private static final long SEED = 14;
    private static final int CUTS = 5;
    private static final String IN_ONE_PLACE = " in one place";

    private final RecordedBody recorded;
    private final Object tree;
    private final TreePaths paths;
    private final Random random = new Random(SEED);

    private BodyMutations(RecordedBody recorded) {
        this.recorded = recorded;
        this.tree = JsonTree.parse(recorded.body());
        this.paths = new ShapeLearner(recorded).paths();
    }

    /**
     * A changed body.
     *
     * @param path what was changed, such as {@code .bids[][0]}; empty for the whole body
     * @param cut whether it is no JSON document any more
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Mutant(String path, Change change, byte[] body, boolean cut) {
        /** Whether one of these fields is absent or null now. */
        public boolean isAbsenceOf(Set<String> fields) {
            return isAbsence() && fields.contains(path.replace(IN_ONE_PLACE, ""));
        }

        /** Whether a field is absent or null now. */
        public boolean isAbsence() {
            return change == Change.RENAME || change == Change.DROP || change == Change.NULL;
        }

        /** Whether a field is absent, null or below another name now. */
        public boolean mayBeAbsence() {
            return isAbsence() || change == Change.NEST || change == Change.UN_NEST;
        }

        @Override
        public String toString() {
            return change + " " + path;
        }
    }

    /** What is done to a field. */
    public enum Change {
        RENAME,
        DROP,
        RETYPE,
        NEST,
        NEST_IN_ARRAY,
        UN_NEST,
        NULL,
        OTHER_TEXT
    }

    private record Plan(String path, Change change, boolean everywhere) {}

    /** As many mutants of a recording as there are, or {@code most} of them, chosen with a fixed seed. */
    public static Stream<Mutant> of(RecordedBody recorded, int most) {
        return new BodyMutations(recorded).mutants(most);
    }

    private Stream<Mutant> mutants(int most) {
        List<Plan> plans = new ArrayList<>();
        paths.slots(tree).forEach((path, slots) -> {
            for (Change change : Change.values()) {
                if (isPossible(path, change)) {
                    plans.add(new Plan(path, change, true));
                    if (slots.size() > 1) {
                        plans.add(new Plan(path, change, false));
                    }
                }
            }
        });
        for (Change change : List.of(Change.RETYPE, Change.NEST, Change.NEST_IN_ARRAY, Change.UN_NEST, Change.NULL)) {
            plans.add(new Plan("", change, true));
        }
        Collections.shuffle(plans, random);
        return Stream.concat(texts(), plans.stream().limit(most).map(this::mutant));
    }

    /** Dropping an item of a list, or a member whose name is data, is other data, not another interface. */
    private static boolean isPossible(String path, Change change) {
        boolean data = path.endsWith("[]") || path.endsWith(".*");
        boolean column = path.endsWith("]");
        return switch (change) {
            case RENAME -> !data && !column;
            case DROP -> !data;
            case OTHER_TEXT -> false;
            default -> true;
        };
    }

    private Stream<Mutant> texts() {
        List<Mutant> mutants = new ArrayList<>();
        String html = "<!DOCTYPE html><html><body>Checking your browser</body></html>";
        mutants.add(new Mutant("HTML", Change.OTHER_TEXT, html.getBytes(StandardCharsets.UTF_8), true));
        String whole = new String(recorded.body(), StandardCharsets.UTF_8).strip();
        for (int i = 0; i < CUTS; i++) {
            int length = random.nextInt(whole.length());
            mutants.add(new Mutant(
                    "cut to " + length,
                    Change.OTHER_TEXT,
                    whole.substring(0, length).getBytes(StandardCharsets.UTF_8),
                    true));
        }
        return mutants.stream();
    }

    private Mutant mutant(Plan plan) {
        if (plan.path.isEmpty()) {
            var root = new ArrayList<Object>(List.of(JsonTree.copy(tree)));
            change(new Slot(root, 0), plan.change);
            Object changed = root.isEmpty() ? JsonTree.NULL : root.getFirst();
            return new Mutant("", plan.change, JsonTree.write(changed), false);
        }
        Object copy = JsonTree.copy(tree);
        List<Slot> slots = paths.slots(copy).get(plan.path);
        List<Slot> chosen = plan.everywhere ? slots.reversed() : List.of(slots.get(random.nextInt(slots.size())));
        chosen.forEach(slot -> change(slot, plan.change));
        String path = plan.everywhere ? plan.path : plan.path + IN_ONE_PLACE;
        return new Mutant(path, plan.change, JsonTree.write(copy), false);
    }

    private static void change(Slot slot, Change change) {
        Object value = slot.value();
        switch (change) {
            case RENAME -> {
                slot.remove();
                JsonTree.members(slot.container()).put(slot.key() + "_renamed", value);
            }
            case DROP -> slot.remove();
            case RETYPE -> slot.set(retyped(value));
            case NEST -> slot.set(new LinkedHashMap<>(Map.of("value", value)));
            case NEST_IN_ARRAY -> slot.set(new ArrayList<>(List.of(value)));
            case UN_NEST -> unNest(slot, value);
            case NULL -> slot.set(JsonTree.NULL);
            case OTHER_TEXT -> throw new IllegalArgumentException();
        }
    }

    private static Object retyped(Object value) {
        return value instanceof Leaf leaf
                ? switch (leaf.kind()) {
                    case TEXT ->
                        DECIMAL.matcher(leaf.text()).matches()
                                ? new Leaf(JsonKind.NUMBER, leaf.text())
                                : new Leaf(JsonKind.BOOLEAN, "true");
                    case NULL -> new Leaf(JsonKind.NUMBER, "0");
                    default -> new Leaf(JsonKind.TEXT, leaf.text());
                }
                : new Leaf(JsonKind.TEXT, "1");
    }

    /** The members or items take the place of the object or array that held them. */
    private static void unNest(Slot slot, Object value) {
        if (value instanceof Leaf) {
            return;
        }
        List<Object> items = value instanceof Map<?, ?> members
                ? new ArrayList<>(members.values())
                : new ArrayList<>(JsonTree.items(value));
        if (slot.container() instanceof Map<?, ?>) {
            slot.remove();
            Map<String, Object> around = JsonTree.members(slot.container());
            if (value instanceof Map<?, ?>) {
                JsonTree.members(value).forEach(around::putIfAbsent);
            } else if (!items.isEmpty()) {
                around.put((String) slot.key(), items.getFirst());
            }
        } else {
            int at = (Integer) slot.key();
            slot.remove();
            JsonTree.items(slot.container()).addAll(at, items);
        }
    }
}
