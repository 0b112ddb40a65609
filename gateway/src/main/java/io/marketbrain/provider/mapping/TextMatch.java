package io.marketbrain.provider.mapping;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.OtherInstrumentPayload;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.request.TextTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts that the members of an item have: {@code {"code": "{base}", "status": ["open", "halted"]}}. They may name values of
 * the query; of several, a member has one; {@code *} is any text. A member's name may be a path with points; the names in
 * the path may have points, too.
 */
record TextMatch(Map<String, List<TextTemplate>> texts) {

    static TextMatch read(DescriptorObject json) {
        var texts = new LinkedHashMap<String, List<TextTemplate>>();
        for (String name : json.names()) {
            PayloadPath.template(json, name, name);
            texts.put(
                    name,
                    json.texts(name).stream()
                            .map(text -> PayloadPath.template(json, name, text))
                            .toList());
        }
        if (texts.isEmpty()) {
            throw json.wrong("", "must name at least one member");
        }
        return new TextMatch(texts);
    }

    /** Whether the item has all of these texts; malformed if it lacks one of the members. */
    boolean fits(PayloadNode item, Map<String, String> values) throws MalformedPayload {
        boolean fits = true;
        for (Map.Entry<String, List<TextTemplate>> text : texts.entrySet()) {
            List<PayloadNode> member = member(item, text.getKey(), values);
            if (member.size() != 1) {
                throw new ChangedPayload(item + " lacks a documented value");
            }
            fits &= hasOneOf(member.getFirst(), text.getValue(), values);
        }
        return fits;
    }

    /** Whether the item has all of these members, whatever their texts. */
    boolean hasMembers(PayloadNode item, Map<String, String> values) {
        return texts.keySet().stream()
                .allMatch(name -> member(item, name, values).size() == 1);
    }

    /** Whether the item has at least one of these texts; malformed if it lacks one of the members. */
    boolean fitsOne(PayloadNode item, Map<String, String> values) throws MalformedPayload {
        boolean fits = false;
        for (Map.Entry<String, List<TextTemplate>> text : texts.entrySet()) {
            List<PayloadNode> member = member(item, text.getKey(), values);
            if (member.size() != 1 || member.getFirst().isNull()) {
                throw new ChangedPayload(item + " lacks a documented value");
            }
            fits |= hasOneOf(member.getFirst(), text.getValue(), values);
        }
        return fits;
    }

    /** Requires all of these texts. An item that has another one for a value of the query is about another instrument. */
    void require(PayloadNode item, Map<String, String> values) throws MalformedPayload {
        if (fits(item, values)) {
            return;
        }
        for (Map.Entry<String, List<TextTemplate>> text : texts.entrySet()) {
            PayloadNode member = member(item, text.getKey(), values).getFirst();
            List<TextTemplate> allowed = text.getValue();
            if (member.isNull()) {
                throw new ChangedPayload(item + " lacks a documented value");
            }
            if (!hasOneOf(member, allowed, values) && allowed.stream().anyMatch(TextTemplate::namesSubject)) {
                throw new OtherInstrumentPayload(allowed.getFirst().find(values).orElse("the requested one"));
            }
        }
        throw new MalformedPayload(item + " does not have the documented text");
    }

    /** Those of the texts that name nothing but values that the query has. */
    TextMatch known(Map<String, String> values) {
        var known = new LinkedHashMap<String, List<TextTemplate>>();
        texts.forEach((name, allowed) -> {
            if (allowed.stream().anyMatch(text -> text.find(values).isPresent())) {
                known.put(name, allowed);
            }
        });
        return new TextMatch(known);
    }

    /** Whether the item has one of these texts; it need not have the members. */
    boolean touches(PayloadNode item, Map<String, String> values) throws MalformedPayload {
        for (Map.Entry<String, List<TextTemplate>> text : texts.entrySet()) {
            for (PayloadNode member : member(item, text.getKey(), values)) {
                if (hasOneOf(member, text.getValue(), values)) {
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
        List<String> texts =
                allowed.stream().flatMap(text -> text.find(values).stream()).toList();
        boolean isTruthValue = texts.contains("true") || texts.contains("false");
        return texts.contains(isTruthValue ? member.word() : member.text());
    }

    private static List<PayloadNode> member(PayloadNode item, String name, Map<String, String> values) {
        return member(
                item,
                name.indexOf('{') < 0
                        ? name
                        : TextTemplate.parse(name).find(values).orElse(name));
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
