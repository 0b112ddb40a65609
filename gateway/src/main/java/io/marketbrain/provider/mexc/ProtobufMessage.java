package io.marketbrain.provider.mexc;

import io.marketbrain.json.MalformedPayload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of one type of protobuf messages that are read, and their JSON. Reads strictly: what is cut off, longer than its
 * message or no printable ASCII is malformed; other fields are skipped. Nesting is as deep as the type says, so that a hostile
 * message cannot exceed it. Thread-safe.
 */
final class ProtobufMessage {
    /** A field of a message. */
    private record Field(String name, Kind kind, ProtobufMessage type) {}

    private enum Kind {
        NUMBER,
        TEXT,
        MESSAGE,
        MESSAGES
    }

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;

    private final Map<Integer, Field> fields = new LinkedHashMap<>();

    ProtobufMessage number(int field, String name) {
        return with(field, name, Kind.NUMBER, this);
    }

    ProtobufMessage text(int field, String name) {
        return with(field, name, Kind.TEXT, this);
    }

    ProtobufMessage message(int field, String name, ProtobufMessage type) {
        return with(field, name, Kind.MESSAGE, type);
    }

    /** A field that is repeated: an array in JSON, also if there is none. */
    ProtobufMessage messages(int field, String name, ProtobufMessage type) {
        return with(field, name, Kind.MESSAGES, type);
    }

    private ProtobufMessage with(int field, String name, Kind kind, ProtobufMessage type) {
        fields.put(field, new Field(name, kind, type));
        return this;
    }

    /** The JSON object of a message. */
    String json(byte[] message) throws MalformedPayload {
        return json(ByteBuffer.wrap(message));
    }

    private String json(ByteBuffer in) throws MalformedPayload {
        Map<Field, List<String>> values = new LinkedHashMap<>();
        for (Field field : fields.values()) {
            if (field.kind() == Kind.MESSAGES) {
                values.put(field, new ArrayList<>());
            }
        }
        while (in.hasRemaining()) {
            long tag = varint(in);
            Field field = fields.get((int) (tag >>> 3));
            int wireType = (int) (tag & 7);
            if (field == null) {
                skip(in, wireType);
                continue;
            }
            if (wireType != (field.kind() == Kind.NUMBER ? VARINT : LENGTH)) {
                throw new MalformedPayload("a field of another protobuf type");
            }
            List<String> of = values.computeIfAbsent(field, _ -> new ArrayList<>());
            if (field.kind() != Kind.MESSAGES) {
                of.clear(); // the last one counts
            }
            of.add(value(in, field));
        }
        return object(values);
    }

    private static String value(ByteBuffer in, Field field) throws MalformedPayload {
        return switch (field.kind()) {
            case NUMBER -> Long.toString(varint(in));
            case TEXT -> '"' + printable(part(in)) + '"';
            case MESSAGE, MESSAGES -> field.type().json(part(in));
        };
    }

    private static String object(Map<Field, List<String>> values) {
        List<String> members = new ArrayList<>(values.size());
        values.forEach((field, of) -> {
            String joined = String.join(",", of);
            members.add('"' + field.name() + "\":" + (field.kind() == Kind.MESSAGES ? '[' + joined + ']' : joined));
        });
        return '{' + String.join(",", members) + '}';
    }

    private static void skip(ByteBuffer in, int wireType) throws MalformedPayload {
        switch (wireType) {
            case VARINT -> varint(in);
            case FIXED_64 -> slice(in, Long.BYTES);
            case LENGTH -> part(in);
            case FIXED_32 -> slice(in, Integer.BYTES);
            default -> throw new MalformedPayload("a field of no protobuf type");
        }
    }

    private static ByteBuffer part(ByteBuffer in) throws MalformedPayload {
        return slice(in, varint(in));
    }

    private static ByteBuffer slice(ByteBuffer in, long length) throws MalformedPayload {
        if (length < 0 || length > in.remaining()) {
            throw new MalformedPayload("a protobuf message that is cut off");
        }
        ByteBuffer part = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return part;
    }

    private static long varint(ByteBuffer in) throws MalformedPayload {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (!in.hasRemaining()) {
                throw new MalformedPayload("a protobuf message that is cut off");
            }
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedPayload("a protobuf number of more than ten bytes");
    }

    private static String printable(ByteBuffer part) throws MalformedPayload {
        String text = StandardCharsets.ISO_8859_1.decode(part).toString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                throw new MalformedPayload("a protobuf text that is not plain ASCII");
            }
        }
        return text;
    }
}
