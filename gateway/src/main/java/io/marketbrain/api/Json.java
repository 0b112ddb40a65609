package io.marketbrain.api;

import io.marketbrain.api.http.Header;
import io.marketbrain.json.JsonOutput;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON document: decimals as plain strings with their original digits, instants in RFC 3339, absent values as
 * null. Not thread-safe; one instance per document.
 */
public final class Json {
    private final JsonOutput out = new JsonOutput();
    private final List<Etag.Span> untagged = new ArrayList<>(4);

    private Json() {}

    /**
     * A complete JSON object.
     *
     * @param untagged the byte ranges that the ETag does not cover: when and how the document was made
     */
    @SuppressWarnings("ArrayRecordComponent") // documents are never compared
    record Document(byte[] bytes, List<Etag.Span> untagged) {
        /** The strong ETag of the document's payload. */
        Header etag() {
            return new Header("ETag", Etag.of(bytes, untagged));
        }
    }

    /** An object with the members that {@code members} writes. */
    static Document document(Consumer<Json> members) {
        var json = new Json();
        json.out.startObject();
        members.accept(json);
        json.out.endObject();
        return new Document(json.out.finish(), json.untagged);
    }

    /** The bytes of an object with the members that {@code members} writes. */
    public static byte[] object(Consumer<Json> members) {
        return document(members).bytes();
    }

    /**
     * Writes members that the document's ETag does not cover, because they describe this response and not its payload.
     */
    Json untagged(Consumer<Json> members) {
        int from = out.position();
        members.accept(this);
        untagged.add(new Etag.Span(from, out.position()));
        return this;
    }

    public Json put(String name, @Nullable String value) {
        out.name(name);
        out.text(value);
        return this;
    }

    public Json put(String name, boolean value) {
        out.name(name);
        out.bool(value);
        return this;
    }

    Json put(String name, long value) {
        out.name(name);
        out.number(value);
        return this;
    }

    Json put(String name, @Nullable Long value) {
        out.name(name);
        if (value == null) {
            out.nothing();
        } else {
            out.number(value.longValue());
        }
        return this;
    }

    Json put(String name, @Nullable BigDecimal value) {
        return put(name, value == null ? null : value.toPlainString());
    }

    Json put(String name, @Nullable Instant value) {
        return put(name, value == null ? null : value.toString());
    }

    /** Writes a measurement as a JSON number; prices are written as strings. */
    Json number(String name, @Nullable BigDecimal value) {
        out.name(name);
        if (value == null) {
            out.nothing();
        } else {
            out.number(value.toPlainString());
        }
        return this;
    }

    Json child(String name, Consumer<Json> members) {
        out.name(name);
        out.startObject();
        members.accept(this);
        out.endObject();
        return this;
    }

    <T> Json objects(String name, Iterable<T> items, BiConsumer<Json, T> members) {
        out.name(name);
        out.startArray();
        for (T item : items) {
            out.startObject();
            members.accept(this, item);
            out.endObject();
        }
        out.endArray();
        return this;
    }

    Json strings(String name, Iterable<String> items) {
        out.name(name);
        out.startArray();
        for (String item : items) {
            out.text(item);
        }
        out.endArray();
        return this;
    }

    /** An array of arrays of decimals, for order book levels. */
    Json pairs(String name, Iterable<BigDecimal[]> rows) {
        out.name(name);
        out.startArray();
        for (BigDecimal[] row : rows) {
            out.startArray();
            for (BigDecimal cell : row) {
                out.text(cell.toPlainString());
            }
            out.endArray();
        }
        out.endArray();
        return this;
    }
}
