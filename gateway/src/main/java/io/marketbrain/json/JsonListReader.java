package io.marketbrain.json;

import java.util.HashSet;
import java.util.Set;

/**
 * Reads an object and hands each item of one of its arrays on as a separate document, so that a long list is never held
 * as a whole. The limit of tokens holds for each item and for each other member. One document each; not thread-safe.
 */
final class JsonListReader {
    private final JsonReader reader;
    private final PayloadLimits limits;
    private final String list;
    private final JsonValue.ItemReader items;

    JsonListReader(byte[] body, PayloadLimits limits, String list, JsonValue.ItemReader items) throws MalformedPayload {
        this.reader = new JsonReader(body, limits);
        this.limits = limits;
        this.list = list;
        this.items = items;
    }

    void read() throws MalformedPayload {
        if (reader.take() != '{') {
            throw new MalformedPayload("$ is not an object");
        }
        Set<String> names = new HashSet<>();
        if (reader.space() == '}') {
            reader.take();
        } else {
            members(names);
        }
        reader.end();
        if (!names.contains(list)) {
            throw new MalformedPayload("$ has no '" + list + "'");
        }
    }

    private void members(Set<String> names) throws MalformedPayload {
        do {
            reader.clear(0);
            reader.name();
            String name = reader.firstText();
            if (!names.add(name)) {
                throw reader.invalid("an object has a member name twice");
            }
            if (names.size() > limits.elements()) {
                throw JsonReader.tooMany("elements", limits.elements());
            }
            if (name.equals(list)) {
                items();
            } else {
                reader.value();
            }
        } while (goesOn('}'));
    }

    private void items() throws MalformedPayload {
        if (reader.take() != '[') {
            throw new MalformedPayload("$." + list + " is not an array");
        }
        if (reader.space() == ']') {
            reader.take();
            return;
        }
        int number = 0;
        do {
            if (number == limits.elements()) {
                throw JsonReader.tooMany("elements", limits.elements());
            }
            reader.clear(reader.size());
            reader.value();
            items.read(new JsonValue(reader.item(list, number++), 0));
        } while (goesOn(']'));
    }

    private boolean goesOn(char end) throws MalformedPayload {
        int b = reader.take();
        if (b != ',' && b != end) {
            throw reader.invalid("a comma or the end of an array or object is missing");
        }
        return b == ',';
    }
}
