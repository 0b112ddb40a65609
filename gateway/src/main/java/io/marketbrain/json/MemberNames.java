package io.marketbrain.json;

import java.util.HashSet;

/** Whether the names of an object's members differ, as they must: readers disagree on which of two counts. Pure. */
final class MemberNames {
    /** Names of up to so many members are compared without decoding them; more are put into a set. */
    private static final int FEW = 24;

    /** Spreads a hash over its upper bits (Knuth's multiplicative hashing), of which six are used. */
    private static final int SPREAD = 0x9E3779B9;

    private static final int UPPER_SIX = 26;

    private MemberNames() {}

    static boolean differ(JsonTape tape, int object) {
        return tape.count(object) <= FEW ? fewDiffer(tape, object) : manyDiffer(tape, object);
    }

    /** Most names already differ in six bits of their hash; those that do not are compared with each other. */
    private static boolean fewDiffer(JsonTape tape, int object) {
        int end = tape.nodes()[object + 1];
        long seen = 0;
        for (int name = JsonTape.first(object); name < end; name = tape.next(name + 1)) {
            if (tape.kind(name) == JsonTape.ESCAPED) {
                return manyDiffer(tape, object);
            }
            long bit = 1L << ((hash(tape.body(), tape.position(name)) * SPREAD) >>> UPPER_SIX);
            if ((seen & bit) != 0 && isRepeated(tape, object, name)) {
                return false;
            }
            seen |= bit;
        }
        return true;
    }

    private static int hash(byte[] body, int from) {
        int hash = 0;
        for (int at = from; body[at] != '"'; at++) {
            hash = 31 * hash + body[at];
        }
        return hash;
    }

    private static boolean isRepeated(JsonTape tape, int object, int name) {
        for (int earlier = JsonTape.first(object); earlier < name; earlier = tape.next(earlier + 1)) {
            if (tape.isSameName(earlier, name)) {
                return true;
            }
        }
        return false;
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
