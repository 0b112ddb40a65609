package io.marketbrain.json;

import java.util.HashSet;

/** Whether the names of an object's members differ, as they must: readers disagree on which of two counts. Pure. */
final class MemberNames {
    /** Up to so many names are compared with each other; more are put into a set. */
    private static final int FEW = 24;

    private MemberNames() {}

    static boolean differ(JsonTape tape, int object) {
        return tape.count(object) <= FEW ? fewDiffer(tape, object) : manyDiffer(tape, object);
    }

    private static boolean fewDiffer(JsonTape tape, int object) {
        if (tape.count(object) == 0) {
            return true;
        }
        int end = tape.nodes()[object + 1];
        for (int name = tape.next(JsonTape.first(object) + 1); name < end; name = tape.next(name + 1)) {
            for (int earlier = JsonTape.first(object); earlier < name; earlier = tape.next(earlier + 1)) {
                if (tape.isSameName(earlier, name)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean manyDiffer(JsonTape tape, int object) {
        int end = tape.nodes()[object + 1];
        var seen = HashSet.<String>newHashSet(tape.count(object));
        for (int name = JsonTape.first(object); name < end; name = tape.next(name + 1)) {
            if (!seen.add(tape.text(name))) {
                return false;
            }
        }
        return true;
    }
}
