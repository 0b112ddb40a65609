package io.marketbrain.json;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON document being written, token by token, into memory. Tokens out of order are a bug of the caller and throw. Not
 * thread-safe; one document each.
 */
public final class JsonOutput {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_BYTES = 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    private final JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);

    /** A document that is one object, with the members that {@code members} writes. */
    public static byte[] object(Consumer<JsonOutput> members) {
        var out = new JsonOutput();
        out.startObject();
        members.accept(out);
        out.endObject();
        return out.finish();
    }

    public void startObject() {
        out.writeStartObject();
    }

    public void endObject() {
        out.writeEndObject();
    }

    public void startArray() {
        out.writeStartArray();
    }

    public void endArray() {
        out.writeEndArray();
    }

    public void name(String name) {
        out.writeName(name);
    }

    /** A text, or null. */
    public void text(@Nullable String value) {
        out.writeString(value);
    }

    public void number(long value) {
        out.writeNumber(value);
    }

    /** A number with these digits. */
    public void number(String digits) {
        out.writeNumber(digits);
    }

    public void bool(boolean value) {
        out.writeBoolean(value);
    }

    public void nothing() {
        out.writeNull();
    }

    /** How many bytes the document has so far. */
    public int position() {
        out.flush();
        return bytes.size();
    }

    /** The finished document; nothing can be written after it. */
    public byte[] finish() {
        out.close();
        return bytes.toByteArray();
    }
}
