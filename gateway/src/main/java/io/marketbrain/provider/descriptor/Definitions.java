package io.marketbrain.provider.descriptor;

import io.marketbrain.json.LocatedJson;
import io.marketbrain.json.LocatedJson.Member;
import io.marketbrain.model.text.ClosestName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a descriptor that have a name and stand in several places. One does not contain itself. Not thread-safe.
 *
 * @param around the names of the definitions that a place is in
 * @param uses what the whole descriptor has used
 */
record Definitions(String file, Map<String, Member> byName, Set<String> around, Uses uses) {
    /** As many places may have a name: each makes an object, and definitions in definitions multiply. */
    static final int MAX_USES = 1000;

    static final Definitions NONE = new Definitions("", Map.of(), Set.of(), new Uses());

    /** The names that have been used, and how often. */
    static final class Uses {
        private final Set<String> names = new HashSet<>();
        private int count;
    }

    /** A definition, and those that may stand in it. */
    record Found(String name, LocatedJson value, Definitions within) {}

    static Definitions of(String file, Map<String, Member> byName) {
        return new Definitions(file, byName, Set.of(), new Uses());
    }

    /**
     * The definition whose name stands in the place of an object; empty for anything but a name, and for a text that is like
     * none of them.
     */
    Optional<Found> find(LocatedJson place) {
        if (byName.isEmpty() || !(place.content() instanceof String name)) {
            return Optional.empty();
        }
        Member definition = byName.get(name);
        if (definition == null) {
            ClosestName.find(name, byName.keySet()).ifPresent(near -> {
                throw wrong(place, "'" + name + "' is no definition; did you mean '" + near + "'?");
            });
            return Optional.empty();
        }
        if (around.contains(name)) {
            throw wrong(place, "'" + name + "' contains itself");
        }
        if (++uses.count > MAX_USES) {
            throw wrong(place, "definitions are used more than " + MAX_USES + " times");
        }
        uses.names.add(name);
        var inside = new HashSet<>(around);
        inside.add(name);
        return Optional.of(new Found(name, definition.value(), new Definitions(file, byName, inside, uses)));
    }

    /** The definition that an object extends, whose name must be that of one; empty for anything but a name. */
    Optional<Found> findExtended(LocatedJson place) {
        Optional<Found> found = find(place);
        if (found.isEmpty() && !byName.isEmpty() && place.content() instanceof String name) {
            throw wrong(place, "'" + name + "' is no definition");
        }
        return found;
    }

    /** Refuses a definition that has not been used. */
    void requireUsed() {
        byName.forEach((name, definition) -> {
            if (!uses.names.contains(name)) {
                throw new InvalidDescriptor(
                        file, definition.line(), definition.column(), "the definition '" + name + "' is not used");
            }
        });
    }

    /** The definitions whose names stand in a value, or in one of these definitions. */
    SequencedMap<String, LocatedJson> namedIn(LocatedJson value) {
        var named = new LinkedHashMap<String, LocatedJson>();
        collect(value.content(), named);
        return named;
    }

    private void collect(@Nullable Object content, Map<String, LocatedJson> named) {
        switch (content) {
            case Map<?, ?> object ->
                object.values()
                        .forEach(member -> collect(((Member) member).value().content(), named));
            case List<?> items -> items.forEach(item -> collect(((LocatedJson) item).content(), named));
            case String text
            when byName.containsKey(text) -> {
                LocatedJson definition = byName.get(text).value();
                if (named.putIfAbsent(text, definition) == null) {
                    collect(definition.content(), named);
                }
            }
            case null, default -> {}
        }
    }

    private InvalidDescriptor wrong(LocatedJson place, String reason) {
        return new InvalidDescriptor(file, place.line(), place.column(), reason);
    }
}
