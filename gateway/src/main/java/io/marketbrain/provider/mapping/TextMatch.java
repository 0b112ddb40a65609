package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The texts that the members of an item must have, which may name values of the query: {@code {"code": "{base}"}}. */
record TextMatch(Map<String, TextTemplate> texts) {

    static TextMatch read(DescriptorObject json) {
        var texts = new LinkedHashMap<String, TextTemplate>();
        for (String name : json.names()) {
            texts.put(name, PayloadPath.template(json, name, json.text(name)));
        }
        if (texts.isEmpty()) {
            throw json.wrong("", "must name at least one member");
        }
        return new TextMatch(texts);
    }

    /** Whether the item has these texts; malformed if it lacks one of the members. */
    boolean fits(PayloadNode item, Map<String, String> values) throws MalformedPayload {
        boolean fits = true;
        for (Map.Entry<String, TextTemplate> text : texts.entrySet()) {
            List<PayloadNode> member = item.named(text.getKey());
            if (member.size() != 1) {
                throw new MalformedPayload(item + " lacks a documented value");
            }
            fits &= text.getValue()
                    .find(values)
                    .filter(member.getFirst().text()::equals)
                    .isPresent();
        }
        return fits;
    }
}
