package io.marketbrain.api;

import io.marketbrain.api.http.Header;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a JSON document: decimals as plain strings with their original digits, instants in RFC 3339, absent values as
 * null. Not thread-safe; one instance per document.
 */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator out;
    private final ByteArrayOutputStream bytes;
    private final List<Etag.Span> untagged = new ArrayList<>(4);

    private Json(JsonGenerator out, ByteArrayOutputStream bytes) {
        this.out = out;
        this.bytes = bytes;
    }

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
        var bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            var json = new Json(out, bytes);
            out.writeStartObject();
            members.accept(json);
            out.writeEndObject();
            out.flush();
            return new Document(bytes.toByteArray(), json.untagged);
        }
    }

    /** The bytes of an object with the members that {@code members} writes. */
    public static byte[] object(Consumer<Json> members) {
        return document(members).bytes();
    }

    /**
     * Writes members that the document's ETag does not cover, because they describe this response and not its payload.
     */
    Json untagged(Consumer<Json> members) {
        out.flush();
        int from = bytes.size();
        members.accept(this);
        out.flush();
        untagged.add(new Etag.Span(from, bytes.size()));
        return this;
    }

    public Json put(String name, @Nullable String value) {
        out.writeStringProperty(name, value);
        return this;
    }

    public Json put(String name, boolean value) {
        out.writeBooleanProperty(name, value);
        return this;
    }

    Json put(String name, long value) {
        out.writeNumberProperty(name, value);
        return this;
    }

    Json put(String name, @Nullable Long value) {
        if (value == null) {
            out.writeNullProperty(name);
        } else {
            out.writeNumberProperty(name, value.longValue());
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
        out.writeName(name);
        if (value == null) {
            out.writeNull();
        } else {
            out.writeNumber(value.toPlainString());
        }
        return this;
    }

    Json child(String name, Consumer<Json> members) {
        out.writeName(name);
        out.writeStartObject();
        members.accept(this);
        out.writeEndObject();
        return this;
    }

    <T> Json objects(String name, Iterable<T> items, BiConsumer<Json, T> members) {
        out.writeName(name);
        out.writeStartArray();
        for (T item : items) {
            out.writeStartObject();
            members.accept(this, item);
            out.writeEndObject();
        }
        out.writeEndArray();
        return this;
    }

    Json strings(String name, Iterable<String> items) {
        out.writeName(name);
        out.writeStartArray();
        for (String item : items) {
            out.writeString(item);
        }
        out.writeEndArray();
        return this;
    }

    /** An array of arrays of decimals, for order book levels. */
    Json pairs(String name, Iterable<BigDecimal[]> rows) {
        out.writeName(name);
        out.writeStartArray();
        for (BigDecimal[] row : rows) {
            out.writeStartArray();
            for (BigDecimal cell : row) {
                out.writeString(cell.toPlainString());
            }
            out.writeEndArray();
        }
        out.writeEndArray();
        return this;
    }
}
