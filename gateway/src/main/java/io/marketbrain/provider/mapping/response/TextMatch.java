package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.OtherInstrumentPayload;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.notation.TextTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The texts that the members of an item have: {@code {"code": "{base}", "status": ["open", "halted"]}}. They may name values of
 * the query; of several, a member has one; {@code *} is any text. A member's name may be a path with points; the names in
 * the path may have points, too. A member whose name ends with {@code ?} is compared only where it is there and not null.
 */
public record TextMatch(List<Wanted> members) {

    /** The texts that a member may have, and whether it may be missing. */
    private record Wanted(TextTemplate name, boolean optional, List<TextTemplate> allowed) {}

    /** The texts under a key; empty if there is none. */
    public static Optional<TextMatch> find(DescriptorObject json, String key) {
        return json.has(key) ? Optional.of(read(json.object(key))) : Optional.empty();
    }

    static TextMatch read(DescriptorObject json) {
        List<Wanted> members = new ArrayList<>();
        for (String key : json.names()) {
            boolean optional = key.endsWith("?");
            String name = optional ? key.substring(0, key.length() - 1) : key;
            members.add(new Wanted(
                    PayloadPath.template(json, key, name),
                    optional,
                    json.texts(key).stream()
                            .map(text -> PayloadPath.template(json, key, text))
                            .toList()));
        }
        if (members.isEmpty()) {
            throw json.wrong("", "must name at least one member");
        }
        return new TextMatch(List.copyOf(members));
    }

    /** Whether the item has all of these texts; malformed if it lacks one of the members. */
    boolean fits(PayloadNode item, Map<String, String> values) throws MalformedPayload {
        boolean fits = true;
        for (Wanted wanted : members) {
            Optional<PayloadNode> member = findOnly(item, wanted, values);
            fits &= member.isEmpty() || hasOneOf(member.get(), wanted.allowed(), values);
        }
        return fits;
    }

    /** Whether the item has all of these members, whatever their texts. */
    boolean hasMembers(PayloadNode item, Map<String, String> values) {
        return members.stream()
                .allMatch(wanted ->
                        wanted.optional() || member(item, wanted, values).size() == 1);
    }

    /**
     * Whether none of the members has another text that is as long as one of these texts; malformed if the item lacks one of
     * the members.
     */
    boolean fitsAsCodes(PayloadNode item, Map<String, String> values) throws MalformedPayload {
        boolean fits = true;
        for (Wanted wanted : members) {
            Optional<PayloadNode> member = findOnly(item, wanted, values);
            if (member.isPresent() && !member.get().isNull()) {
                String code = member.get().text();
                List<String> texts = texts(wanted.allowed(), values);
                fits &= texts.contains(code) || texts.stream().noneMatch(text -> text.length() == code.length());
            }
        }
        return fits;
    }

    /** Requires all of these texts. An item that has another one for a value of the query is about another instrument. */
    public void require(PayloadNode item, Map<String, String> values) throws MalformedPayload {
        if (fits(item, values)) {
            return;
        }
        for (Wanted wanted : members) {
            Optional<PayloadNode> member = findOnly(item, wanted, values);
            if (member.isEmpty()) {
                continue;
            }
            if (member.get().isNull()) {
                throw lacking(item, wanted, values);
            }
            List<TextTemplate> allowed = wanted.allowed();
            if (!hasOneOf(member.get(), allowed, values) && allowed.stream().anyMatch(TextTemplate::namesSubject)) {
                throw new OtherInstrumentPayload(allowed.getFirst().find(values).orElse("the requested one"));
            }
        }
        throw new MalformedPayload(item, " does not have the documented text");
    }

    /** Those of the texts that name nothing but values that the query has. */
    public TextMatch known(Map<String, String> values) {
        return new TextMatch(members.stream()
                .filter(wanted -> !texts(wanted.allowed(), values).isEmpty())
                .toList());
    }

    /** Whether the item has one of these texts; it need not have the members. */
    boolean touches(PayloadNode item, Map<String, String> values) throws MalformedPayload {
        for (Wanted wanted : members) {
            for (PayloadNode member : member(item, wanted, values)) {
                if (hasOneOf(member, wanted.allowed(), values)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasOneOf(PayloadNode member, List<TextTemplate> allowed, Map<String, String> values)
            throws MalformedPayload {
        if (member.isNull() || allowed.stream().anyMatch(TextTemplate::isAny)) {
            return !member.isNull();
        }
        List<String> texts = texts(allowed, values);
        boolean isTruthValue = texts.contains("true") || texts.contains("false");
        return texts.contains(isTruthValue ? member.word() : member.text());
    }

    private static List<String> texts(List<TextTemplate> allowed, Map<String, String> values) {
        return allowed.stream().flatMap(text -> text.find(values).stream()).toList();
    }

    /** The member; empty where it may be missing and is missing or null. */
    private static Optional<PayloadNode> findOnly(PayloadNode item, Wanted wanted, Map<String, String> values)
            throws MalformedPayload {
        List<PayloadNode> found = member(item, wanted, values);
        if (wanted.optional() && found.stream().allMatch(PayloadNode::isNull)) {
            return Optional.empty();
        }
        if (found.size() != 1) {
            throw lacking(item, wanted, values);
        }
        return Optional.of(found.getFirst());
    }

    private static ChangedPayload lacking(PayloadNode item, Wanted wanted, Map<String, String> values) {
        return new ChangedPayload(item, " lacks '" + wanted.name().find(values).orElse("") + "'");
    }

    private static List<PayloadNode> member(PayloadNode item, Wanted wanted, Map<String, String> values) {
        return wanted.name().find(values).map(name -> member(item, name)).orElse(List.of());
    }

    /** The member of that name; where there is none, the value at a path of names with points between and in them. */
    private static List<PayloadNode> member(PayloadNode item, String name) {
        List<PayloadNode> found = item.named(name);
        for (int at = name.indexOf('.'); at >= 0 && found.isEmpty(); at = name.indexOf('.', at + 1)) {
            List<PayloadNode> parent = item.named(name.substring(0, at));
            found = parent.size() == 1 ? member(parent.getFirst(), name.substring(at + 1)) : parent;
        }
        return found;
    }
}
