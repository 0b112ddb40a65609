package io.marketbrain.provider.descriptor;

import io.marketbrain.json.LocatedJson;
import io.marketbrain.json.LocatedJson.Member;
import io.marketbrain.model.text.ClosestName;
import io.marketbrain.model.text.IdentifierText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object in a descriptor, read strictly: what is missing or of the wrong type throws {@link InvalidDescriptor}, and
 * so does every key that has not been read when {@link #end} is called. Not thread-safe.
 */
public final class DescriptorObject {
    private static final String AN_OBJECT = "must be an object";
    private static final String EXTENDS = "extends";

    private final DescriptorMembers members;
    private final Definitions definitions;
    /** What may stand in the members of a definition that the object extends, by name. */
    private final Map<String, Definitions> extended;

    private final Set<String> known = new LinkedHashSet<>();

    private DescriptorObject(DescriptorMembers members, Definitions definitions) {
        this(members, definitions, Map.of());
    }

    private DescriptorObject(DescriptorMembers members, Definitions definitions, Map<String, Definitions> extended) {
        this.members = members;
        this.definitions = definitions;
        this.extended = extended;
    }

    /** The one object in a file's content. */
    static DescriptorObject parse(String file, byte[] content) {
        try {
            LocatedJson value = LocatedJson.parse(content);
            return new DescriptorObject(
                    DescriptorMembers.of(file, "the descriptor", AN_OBJECT, value), Definitions.NONE);
        } catch (LocatedJson.Invalid e) {
            throw new InvalidDescriptor(file, e.line(), e.column(), e.reason());
        }
    }

    /**
     * The same object where, wherever an object is expected, a text is the name of one of those under {@code key}, and
     * {@code "extends"} names the one whose members an object has that it does not have itself.
     */
    public DescriptorObject withDefinitions(String key) {
        Map<String, Member> byName = has(key)
                ? DescriptorMembers.of(members.file(), "'" + key + "'", AN_OBJECT, members.value(key))
                        .byName()
                : Map.of();
        var named = new DescriptorObject(members, Definitions.of(members.file(), byName));
        named.known.add(key);
        return named;
    }

    /** Refuses a definition that has not been used. */
    public void requireDefinitionsUsed() {
        definitions.requireUsed();
    }

    /** An object that stands in the member {@code name}. */
    private DescriptorObject child(String name, String what, String otherwise, LocatedJson value) {
        return child(what, otherwise, value, within(name));
    }

    private Definitions within(String name) {
        return extended.getOrDefault(name, definitions);
    }

    /** An object, or the definition whose name stands in its place; with the members of a definition that it extends. */
    private DescriptorObject child(String what, String otherwise, LocatedJson value, Definitions within) {
        Optional<Definitions.Found> named = within.find(value);
        if (named.isPresent()) {
            return definition(named.get());
        }
        var own = DescriptorMembers.of(members.file(), what, otherwise, value);
        Optional<DescriptorObject> base = Optional.ofNullable(own.byName().get(EXTENDS))
                .flatMap(member -> within.findExtended(member.value()))
                .map(this::definition);
        return base.isEmpty() ? new DescriptorObject(own, within) : base.get().extendedBy(own.without(EXTENDS), within);
    }

    private DescriptorObject extendedBy(DescriptorMembers own, Definitions within) {
        var inherited = new HashMap<String, Definitions>();
        for (String name : members.byName().keySet()) {
            if (!own.byName().containsKey(name)) {
                inherited.put(name, within(name));
            }
        }
        return new DescriptorObject(own.over(members), within, inherited);
    }

    private DescriptorObject definition(Definitions.Found found) {
        return child("'" + found.name() + "'", AN_OBJECT, found.value(), found.within());
    }

    public boolean has(String name) {
        known.add(name);
        return members.byName().containsKey(name);
    }

    /** Makes keys known before they are read, so that none of them is taken for another one that is missing. */
    public void know(Collection<String> names) {
        known.addAll(names);
    }

    /** The names of all members, in the order of the file; each is then known. */
    public Set<String> names() {
        known.addAll(members.byName().keySet());
        return members.byName().keySet();
    }

    public String text(String name) {
        return read(name).text(name);
    }

    /** A text that callers see or that becomes part of market data. */
    String text(String name, IdentifierText rule) {
        return checked(name, text(name), rule);
    }

    /** The texts of a list that become part of market data. */
    List<String> texts(String name, IdentifierText rule) {
        return texts(name).stream().map(text -> checked(name, text, rule)).toList();
    }

    private String checked(String name, String text, IdentifierText rule) {
        rule.findProblem(text).ifPresent(problem -> {
            throw wrong(name, problem);
        });
        return text;
    }

    public Optional<String> findText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** The texts of a list, or of one text. */
    public List<String> texts(String name) {
        return read(name).texts(name);
    }

    public boolean flag(String name, boolean fallback) {
        return has(name) ? members.flag(name) : fallback;
    }

    int integer(String name, int least, int most) {
        return read(name).integer(name, least, most);
    }

    public int integer(String name, int least, int most, int fallback) {
        return has(name) ? integer(name, least, most) : fallback;
    }

    /** The whole numbers of a list, or of one number. */
    public List<Integer> integers(String name, int least, int most) {
        return read(name).integers(name, least, most);
    }

    /** A decimal, as a number or as text. */
    public BigDecimal decimal(String name) {
        return read(name).decimal(name);
    }

    /** The member's text as {@code parser} understands it; {@code allowed} says what it understands. */
    public <T> T parsed(String name, Function<String, T> parser, String allowed) {
        try {
            return parser.apply(text(name));
        } catch (InvalidDescriptor said) {
            throw said;
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw wrong(name, allowed);
        }
    }

    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        return choiceOf(name, type, text(name));
    }

    public <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
        return has(name) ? choice(name, type) : fallback;
    }

    public <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
        return texts(name).stream().map(text -> choiceOf(name, type, text)).toList();
    }

    private <E extends Enum<E>> E choiceOf(String name, Class<E> type, String text) {
        List<String> wires = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        int at = wires.indexOf(text);
        if (at < 0) {
            throw wrong(name, "has '" + text + "', but must be one of " + String.join(", ", wires));
        }
        return type.getEnumConstants()[at];
    }

    public DescriptorObject object(String name) {
        return object(name, AN_OBJECT);
    }

    /** The object under a name; {@code otherwise} says what it must be. */
    public DescriptorObject object(String name, String otherwise) {
        return child(name, "'" + name + "'", otherwise, read(name).value(name));
    }

    public Optional<DescriptorObject> findObject(String name) {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** The object under a name; one without members, at the place of this object, if there is none. */
    DescriptorObject objectOrEmpty(String name) {
        return findObject(name)
                .orElseGet(() -> new DescriptorObject(
                        new DescriptorMembers(members.file(), members.place(), Map.of()), definitions));
    }

    public List<DescriptorObject> objects(String name) {
        List<DescriptorObject> objects = new ArrayList<>();
        for (LocatedJson item : read(name).items(name)) {
            objects.add(child(name, "an item of '" + name + "'", AN_OBJECT, item));
        }
        return objects;
    }

    public boolean isObject(String name) {
        return read(name).value(name).content() instanceof Map;
    }

    public boolean isText(String name) {
        return read(name).value(name).content() instanceof String;
    }

    /** The items of a list of texts and objects, each as a {@code String} or a {@code DescriptorObject}. */
    public List<Object> mixed(String name) {
        List<Object> mixed = new ArrayList<>();
        for (LocatedJson item : read(name).items(name)) {
            mixed.add(
                    item.content() instanceof String text
                            ? text
                            : child(name, "an item of '" + name + "'", AN_OBJECT, item));
        }
        return mixed;
    }

    /** The items of a list, each under the same name in an object of its own, so that it is read as a member is. */
    public List<DescriptorObject> each(String name) {
        return read(name).items(name).stream()
                .map(item -> new DescriptorObject(members.alone(name, item), within(name)))
                .toList();
    }

    /**
     * Its members: a value is a map in the order of the file, a list, a {@code String}, a {@code BigDecimal}, a
     * {@code Boolean} or null.
     */
    public Map<String, @Nullable Object> plain() {
        return members.plain();
    }

    /** A short text that is another one after a change of the object, or of a definition that it names. */
    public String fingerprint() {
        var plain = new StringBuilder(plain().toString());
        definitions
                .namedIn(members.place())
                .forEach((name, definition) -> plain.append(name).append(definition.plain()));
        return Integer.toHexString(plain.toString().hashCode());
    }

    /** Refuses the first key that has not been read. */
    public void end() {
        members.byName().forEach((name, member) -> {
            if (!known.contains(name)) {
                throw new InvalidDescriptor(
                        members.file(),
                        member.line(),
                        member.column(),
                        "unknown key '" + name + "'"
                                + ClosestName.find(name, known)
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse("; allowed are " + String.join(", ", known)));
            }
        });
    }

    /** What is wrong with the value of {@code name}, with its place. */
    public InvalidDescriptor wrong(String name, String reason) {
        return members.wrong(name, reason);
    }

    /** The members, of which one is then known. */
    private DescriptorMembers read(String name) {
        known.add(name);
        if (!members.byName().containsKey(name)) {
            throw missing(name);
        }
        return members;
    }

    /** A key that is not there, at the place of one that has not been read and may be meant to be it. */
    private InvalidDescriptor missing(String name) {
        String what = "the key '" + name + "' is missing";
        Map<String, Member> unread = new LinkedHashMap<>(members.byName());
        unread.keySet().removeAll(known);
        return ClosestName.find(name, unread.keySet())
                .flatMap(near -> Optional.ofNullable(unread.get(near))
                        .map(member -> new InvalidDescriptor(
                                members.file(),
                                member.line(),
                                member.column(),
                                what + "; is '" + near + "' meant to be it?")))
                .orElseGet(() -> new InvalidDescriptor(
                        members.file(), members.place().line(), members.place().column(), what));
    }
}
