package io.marketbrain.json;

import io.marketbrain.model.MarketDataBounds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value in a parsed JSON document: a view of the bytes that were read, which stay in memory as long as any view of them
 * does. Texts and numbers are decoded when accessed, numbers with the digits they were sent with. Access that does not
 * fit the document throws {@link MalformedPayload} naming the path. Immutable, provided that the bytes are not changed.
 */
public final class JsonValue {
    private final JsonTape tape;
    private final int index;

    JsonValue(JsonTape tape, int index) {
        this.tape = tape;
        this.index = index;
    }

    /** The document in {@code body}, within the default limits; bytes after it make it malformed. */
    public static JsonValue parse(byte[] body) throws MalformedPayload {
        return parse(body, PayloadLimits.defaults());
    }

    /** The document in {@code body}; bytes after it make it malformed. */
    public static JsonValue parse(byte[] body, PayloadLimits limits) throws MalformedPayload {
        return new JsonValue(JsonReader.read(body, limits), 0);
    }

    /** A consumer of the items of a long array. */
    @FunctionalInterface
    public interface ItemReader {
        void read(JsonValue item) throws MalformedPayload;
    }

    /**
     * Hands each item of the array {@code member} of the object in {@code body} to {@code reader}, one at a time, so
     * that only one of them stands in memory as a document.
     */
    public static void forEach(byte[] body, PayloadLimits limits, String member, ItemReader reader)
            throws MalformedPayload {
        new JsonListReader(body, limits, member, reader).read();
    }

    public JsonKind kind() {
        return switch (tape.kind(index)) {
            case JsonTape.NULL -> JsonKind.NULL;
            case JsonTape.TRUE, JsonTape.FALSE -> JsonKind.BOOLEAN;
            case JsonTape.NUMBER -> JsonKind.NUMBER;
            case JsonTape.TEXT, JsonTape.ESCAPED -> JsonKind.TEXT;
            case JsonTape.ARRAY -> JsonKind.ARRAY;
            default -> JsonKind.OBJECT;
        };
    }

    public boolean isNull() {
        return tape.kind(index) == JsonTape.NULL;
    }

    public boolean isObject() {
        return tape.kind(index) == JsonTape.OBJECT;
    }

    public boolean isArray() {
        return tape.kind(index) == JsonTape.ARRAY;
    }

    public boolean isText() {
        return tape.isText(index);
    }

    /** The member's value; malformed if this is no object or has no such member. */
    public JsonValue at(String name) throws MalformedPayload {
        int member = tape.member(object(), name);
        if (member < 0) {
            throw new ChangedPayload(this + " has no '" + name + "'");
        }
        return new JsonValue(tape, member);
    }

    /** The member's value, which may be a null, if this is an object that has it. */
    public Optional<JsonValue> findMember(String name) {
        int member = isObject() ? tape.member(index, name) : -1;
        return member < 0 ? Optional.empty() : Optional.of(new JsonValue(tape, member));
    }

    /** The member's value, if this is an object that has it and it is not null. */
    public Optional<JsonValue> find(String name) {
        int member = isObject() ? tape.member(index, name) : -1;
        return member < 0 || tape.kind(member) == JsonTape.NULL
                ? Optional.empty()
                : Optional.of(new JsonValue(tape, member));
    }

    /** Finds members of this object; malformed if it is none. */
    public MemberFinder finder() throws MalformedPayload {
        return new MemberFinder(tape, object());
    }

    /** The item at {@code number}; malformed if this is no array or too short. */
    public JsonValue at(int number) throws MalformedPayload {
        int count = tape.count(array());
        if (number >= count) {
            throw new MalformedPayload(this + " has " + count + " items, not " + (number + 1));
        }
        return new JsonValue(tape, tape.item(index, number));
    }

    /** The item at {@code number}, counted from zero, if this is an array that has it. */
    public Optional<JsonValue> findItem(int number) {
        return isArray() && number >= 0 && number < tape.count(index)
                ? Optional.of(new JsonValue(tape, tape.item(index, number)))
                : Optional.empty();
    }

    /** The items of this array, as a view: going through them in order is fast, {@code get} may have to search. */
    public List<JsonValue> items() throws MalformedPayload {
        return new Items(tape, array());
    }

    /** The members in document order. */
    public Map<String, JsonValue> members() throws MalformedPayload {
        int end = tape.nodes()[object() + 1];
        Map<String, JsonValue> values = LinkedHashMap.newLinkedHashMap(tape.count(index));
        for (int name = JsonTape.first(index); name < end; name = tape.next(name + 1)) {
            values.put(tape.text(name), new JsonValue(tape, name + 1));
        }
        return values;
    }

    /** A text, or a number with the digits it was sent with. */
    public String text() throws MalformedPayload {
        if (tape.isText(index)) {
            return tape.text(index);
        }
        if (tape.kind(index) == JsonTape.NUMBER) {
            return tape.digits(index);
        }
        throw ofOtherKind("a string");
    }

    public boolean bool() throws MalformedPayload {
        return switch (tape.kind(index)) {
            case JsonTape.TRUE -> true;
            case JsonTape.FALSE -> false;
            default -> throw ofOtherKind("true or false");
        };
    }

    /** An exact decimal, from a JSON number or a string of ASCII digits; the scale is as sent. */
    public BigDecimal decimal() throws MalformedPayload {
        if (!tape.isText(index) && tape.kind(index) != JsonTape.NUMBER) {
            throw ofOtherKind("a string");
        }
        BigDecimal value = tape.decimal(index);
        if (value == null) {
            throw wrong("a decimal");
        }
        if (!MarketDataBounds.isDecimal(value)) {
            throw wrong("a decimal within the size limits");
        }
        return value;
    }

    /** A price as it was sent; that it cannot be zero or less is found later, where the instrument is known. */
    public BigDecimal price() throws MalformedPayload {
        return decimal();
    }

    /** A decimal above zero. */
    public BigDecimal size() throws MalformedPayload {
        BigDecimal value = decimal();
        if (value.signum() <= 0) {
            throw wrong("a size above zero");
        }
        return value;
    }

    /** A decimal that is not below zero. */
    public BigDecimal amount() throws MalformedPayload {
        BigDecimal value = decimal();
        if (value.signum() < 0) {
            throw wrong("an amount of zero or more");
        }
        return value;
    }

    /** The member as a price; null where it is absent, null or {@linkplain #priceOrNull() no price}. */
    public @Nullable BigDecimal priceOrNull(String name) throws MalformedPayload {
        Optional<JsonValue> value = find(name);
        return value.isEmpty() ? null : value.get().priceOrNull();
    }

    /** A price; null for zero or an empty text, which is how providers say that there is none. */
    public @Nullable BigDecimal priceOrNull() throws MalformedPayload {
        boolean none = (isText() && text().isEmpty()) || decimal().signum() == 0;
        return none ? null : price();
    }

    /** The member as an amount; null where it is absent or null. */
    public @Nullable BigDecimal amountOrNull(String name) throws MalformedPayload {
        Optional<JsonValue> value = find(name);
        return value.isEmpty() ? null : value.get().amount();
    }

    public long integer() throws MalformedPayload {
        try {
            return decimal().longValueExact();
        } catch (ArithmeticException e) {
            throw wrong("a whole number");
        }
    }

    /** An instant given as milliseconds since the Unix epoch, between 1900 and 2200. */
    public Instant epochMillis() throws MalformedPayload {
        return instant(Instant.ofEpochMilli(integer()));
    }

    /** An instant given as seconds since the Unix epoch, fractions allowed, between 1900 and 2200. */
    public Instant epochSeconds() throws MalformedPayload {
        try {
            return instant(Instant.ofEpochSecond(
                    0, decimal().movePointRight(9).toBigInteger().longValueExact()));
        } catch (ArithmeticException e) {
            throw wrong("an instant in seconds");
        }
    }

    private Instant instant(Instant instant) throws MalformedPayload {
        if (!MarketDataBounds.isInstant(instant)) {
            throw wrong("an instant between 1900 and 2200");
        }
        return instant;
    }

    private int object() throws MalformedPayload {
        if (!isObject()) {
            throw ofOtherKind("an object");
        }
        return index;
    }

    private int array() throws MalformedPayload {
        if (!isArray()) {
            throw ofOtherKind("an array");
        }
        return index;
    }

    private MalformedPayload wrong(String expected) {
        return new MalformedPayload(this, " is not " + expected);
    }

    private ChangedPayload ofOtherKind(String expected) {
        return new ChangedPayload(this, " is not " + expected);
    }

    /** The path of this value in its document. */
    @Override
    public String toString() {
        return tape.path(index);
    }

    /** The items of an array, without an object for each. */
    private static final class Items extends AbstractList<JsonValue> {
        private final JsonTape tape;
        private final int array;

        Items(JsonTape tape, int array) {
            this.tape = tape;
            this.array = array;
        }

        @Override
        public int size() {
            return tape.count(array);
        }

        @Override
        public JsonValue get(int number) {
            return new JsonValue(tape, tape.item(array, Objects.checkIndex(number, size())));
        }

        @Override
        public Iterator<JsonValue> iterator() {
            int end = tape.nodes()[array + 1];
            return new Iterator<>() {
                private int at = JsonTape.first(array);

                @Override
                public boolean hasNext() {
                    return at < end;
                }

                @Override
                public JsonValue next() {
                    if (at >= end) {
                        throw new NoSuchElementException();
                    }
                    var item = new JsonValue(tape, at);
                    at = tape.next(at);
                    return item;
                }
            };
        }
    }
}
