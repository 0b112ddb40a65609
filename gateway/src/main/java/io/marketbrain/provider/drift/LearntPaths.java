package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The places of the members that the first good responses of one operation had, as hashes in at most 4 KB. They are known once
 * enough responses in a row had nothing new; an operation whose members never stop being new, because their names are data
 * such as symbols, is given up. Not thread-safe: its {@link EndpointGuard} guards it.
 */
final class LearntPaths {
    /** After so many good responses without a new place, the places are known. */
    static final int QUIET_RESPONSES = 16;

    /** 4 KB of hashes. */
    static final int MAX_PATHS = 512;

    /** An object with more members than this has names that are data. */
    private static final int MAX_MEMBERS = 64;

    /** As many items of a list are looked at. */
    private static final int MAX_ITEMS = 4;

    private static final int MAX_DEPTH = 8;

    private long[] sorted = {};
    private int quiet;

    /** Whether the places are known, so that another one is an addition. */
    boolean isKnown() {
        return quiet >= QUIET_RESPONSES;
    }

    /** Takes the places of a good response into those that are known, as long as they are not complete. */
    void learn(List<String> paths) {
        if (isKnown() || sorted.length >= MAX_PATHS) {
            return;
        }
        boolean quietly = true;
        for (String path : paths) {
            quietly &= !add(hash(path));
        }
        quiet = quietly ? quiet + 1 : 0;
    }

    /** Whether a response had this place; true while the places are not known. */
    boolean contains(String path) {
        return !isKnown() || Arrays.binarySearch(sorted, hash(path)) >= 0;
    }

    /** Whether nothing can be learnt, because there are too many places. */
    boolean isGivenUp() {
        return !isKnown() && sorted.length >= MAX_PATHS;
    }

    private boolean add(long hash) {
        int at = Arrays.binarySearch(sorted, hash);
        if (at >= 0 || sorted.length >= MAX_PATHS) {
            return at < 0;
        }
        int place = -at - 1;
        long[] more = new long[sorted.length + 1];
        System.arraycopy(sorted, 0, more, 0, place);
        more[place] = hash;
        System.arraycopy(sorted, place, more, place + 1, sorted.length - place);
        sorted = more;
        return true;
    }

    /** 64-bit FNV-1a. */
    private static long hash(String path) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** Passes each place of a document on, with a text for it that a message may show. */
    static void walk(JsonValue json, BiConsumer<String, String> place) {
        try {
            walk("$", "$", json, 0, place);
        } catch (MalformedPayload e) {
            throw new IllegalStateException("an array or object that is none", e);
        }
    }

    private static void walk(String path, String shown, JsonValue json, int depth, BiConsumer<String, String> place)
            throws MalformedPayload {
        if (depth == MAX_DEPTH) {
            return;
        }
        if (json.isArray()) {
            List<JsonValue> items = json.items();
            for (JsonValue item : items.subList(0, Math.min(MAX_ITEMS, items.size()))) {
                walk(path + "[]", shown + "[]", item, depth + 1, place);
            }
        } else if (json.isObject()) {
            Map<String, JsonValue> members = json.members();
            if (members.size() <= MAX_MEMBERS) {
                for (Map.Entry<String, JsonValue> member : members.entrySet()) {
                    String inner = path + "." + member.getKey();
                    String name = Additions.shown(member);
                    place.accept(inner, shown + "." + name);
                    walk(inner, shown + "." + name, member.getValue(), depth + 1, place);
                }
            }
        }
    }
}
