package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a JSON value must look like for an adapter to read it. Immutable. */
public sealed interface Shape {

    /**
     * A value of one of these kinds; an array or object is not looked into.
     *
     * @param values the texts seen so far, if they are a small closed set such as {@code buy} and {@code sell}; else empty
     * @param magnitude the orders of magnitude seen so far; null for what is not a number
     */
    record Scalar(
            Set<JsonKind> kinds,
            Set<String> values,
            @Nullable Magnitude magnitude) implements Shape {
        public Scalar {
            kinds = Set.copyOf(kinds);
            values = Set.copyOf(values);
        }

        public Scalar(Set<JsonKind> kinds) {
            this(kinds, Set.of(), null);
        }
    }

    /**
     * An object.
     *
     * @param read the members that the adapter reads
     * @param unread the names of other known members
     * @param others the shape of the members whose names are data, such as symbols; null if there are none
     */
    record Members(
            List<Member> read, Set<String> unread, @Nullable Shape others) implements Shape {
        public Members {
            read = List.copyOf(read);
            unread = Set.copyOf(unread);
        }

        boolean isKnown(String name) {
            return unread.contains(name) || read.stream().anyMatch(member -> member.name.equals(name));
        }
    }

    /** A member that the adapter reads; an optional one may be absent or null. */
    record Member(String name, Shape shape, boolean optional) {}

    /** An array whose items have one shape. */
    record Items(Shape item) implements Shape {}

    /**
     * An array whose items have a meaning each, such as a row of a candle. More columns than known are an addition.
     *
     * @param least the fewest columns seen: with fewer, nobody knows which one is missing
     */
    record Columns(List<Column> columns, int least) implements Shape {
        public Columns {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A column. One that is not read has a kind nevertheless, because a column too few or too many moves the others.
     *
     * @param words whether it is not read and all its values are texts that are no numbers, such as ids
     */
    record Column(Scalar scalar, boolean read, boolean words) {}

    /** No value at all: the item of an array that has always been empty. */
    record Nothing() implements Shape {}

    /** The powers of ten between which numbers lie, zeros left out. */
    record Magnitude(int least, int most) {
        public static Magnitude of(BigDecimal value) {
            int power = value.precision() - value.scale() - 1;
            return new Magnitude(power, power);
        }

        public Magnitude and(Magnitude other) {
            return new Magnitude(Math.min(least, other.least), Math.max(most, other.most));
        }
    }
}
