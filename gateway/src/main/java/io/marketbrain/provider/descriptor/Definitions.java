package io.marketbrain.provider.descriptor;

import io.marketbrain.json.LocatedJson;
import io.marketbrain.json.LocatedJson.Member;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The objects of a descriptor that have a name and stand in several places. One does not contain itself. Not thread-safe.
 *
 * @param used the names that have been used, here and in other definitions
 */
record Definitions(Map<String, Member> byName, Set<String> used) {
    static final Definitions NONE = new Definitions(Map.of(), Set.of());

    static Definitions of(Map<String, Member> byName) {
        return new Definitions(byName, new HashSet<>());
    }

    /** The object of that name. */
    Optional<LocatedJson> find(String name) {
        Optional<LocatedJson> found = Optional.ofNullable(byName.get(name)).map(Member::value);
        if (found.isPresent()) {
            used.add(name);
        }
        return found;
    }

    /** Those that an object of this name may contain. */
    Definitions within(String name) {
        var others = new HashMap<>(byName);
        others.remove(name);
        return new Definitions(others, used);
    }
}
