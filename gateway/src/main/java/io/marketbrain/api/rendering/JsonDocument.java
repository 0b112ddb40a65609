package io.marketbrain.api.rendering;

import io.marketbrain.http.message.Header;
import io.marketbrain.json.JsonOutput;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON document: decimals as plain strings with their original digits, instants in RFC 3339, absent values as
 * null. Not thread-safe; one instance per document.
 */
public final class JsonDocument {
    private final JsonOutput out = new JsonOutput();
    private final List<Etag.Span> untagged = new ArrayList<>(4);

    private JsonDocument() {}

    /**
     * A complete JSON object.
     *
     * @param untagged the byte ranges that the ETag does not cover: when and how the document was made
     */
    @SuppressWarnings("ArrayRecordComponent") // documents are never compared
    public record Document(byte[] bytes, List<Etag.Span> untagged) {
        /** The strong ETag of the document's payload. */
        Header etag() {
            return new Header("ETag", Etag.of(bytes, untagged));
        }
    }

    /** An object with the members that {@code members} writes. */
    public static Document document(Consumer<JsonDocument> members) {
        var json = new JsonDocument();
        json.out.startObject();
        members.accept(json);
        json.out.endObject();
        return new Document(json.out.finish(), json.untagged);
    }

    /** The bytes of an array of objects. */
    public static <T> byte[] array(Iterable<T> items, BiConsumer<JsonDocument, T> members) {
        var json = new JsonDocument();
        json.out.startArray();
        for (T item : items) {
            json.out.startObject();
            members.accept(json, item);
            json.out.endObject();
        }
        json.out.endArray();
        return json.out.finish();
    }

    /** The bytes of an object with the members that {@code members} writes. */
    public static byte[] object(Consumer<JsonDocument> members) {
        return document(members).bytes();
    }

    /**
     * Writes members that the document's ETag does not cover, because they describe this response and not its payload.
     */
    public JsonDocument untagged(Consumer<JsonDocument> members) {
        int from = out.position();
        members.accept(this);
        untagged.add(new Etag.Span(from, out.position()));
        return this;
    }

    public JsonDocument put(String name, @Nullable String value) {
        out.name(name);
        out.text(value);
        return this;
    }

    public JsonDocument put(String name, boolean value) {
        out.name(name);
        out.bool(value);
        return this;
    }

    public JsonDocument put(String name, long value) {
        out.name(name);
        out.number(value);
        return this;
    }

    public JsonDocument put(String name, @Nullable Long value) {
        out.name(name);
        if (value == null) {
            out.nothing();
        } else {
            out.number(value.longValue());
        }
        return this;
    }

    public JsonDocument put(String name, @Nullable BigDecimal value) {
        return put(name, value == null ? null : value.toPlainString());
    }

    public JsonDocument put(String name, @Nullable Instant value) {
        return put(name, value == null ? null : value.toString());
    }

    /** Writes a measurement as a JSON number; prices are written as strings. */
    public JsonDocument number(String name, @Nullable BigDecimal value) {
        out.name(name);
        number(value);
        return this;
    }

    public JsonDocument child(String name, Consumer<JsonDocument> members) {
        out.name(name);
        out.startObject();
        members.accept(this);
        out.endObject();
        return this;
    }

    public <T> JsonDocument objects(String name, Iterable<T> items, BiConsumer<JsonDocument, T> members) {
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

    public JsonDocument strings(String name, Iterable<String> items) {
        out.name(name);
        out.startArray();
        for (String item : items) {
            out.text(item);
        }
        out.endArray();
        return this;
    }

    /** An array of JSON numbers, each with the digits of a decimal, or null where there is none. */
    public <T> JsonDocument numbers(
            String name, Iterable<T> items, Function<? super T, ? extends @Nullable BigDecimal> number) {
        out.name(name);
        out.startArray();
        for (T item : items) {
            number(number.apply(item));
        }
        out.endArray();
        return this;
    }

    /** An array of arrays of JSON numbers, each with the digits of a decimal. */
    public <T> JsonDocument numberRows(String name, Iterable<T> items, Function<? super T, List<BigDecimal>> row) {
        out.name(name);
        out.startArray();
        for (T item : items) {
            out.startArray();
            row.apply(item).forEach(this::number);
            out.endArray();
        }
        out.endArray();
        return this;
    }

    private void number(@Nullable BigDecimal value) {
        if (value == null) {
            out.nothing();
        } else {
            out.number(value.toPlainString());
        }
    }

    /** An array of arrays of decimals, for order book levels. */
    JsonDocument pairs(String name, Iterable<BigDecimal[]> rows) {
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
