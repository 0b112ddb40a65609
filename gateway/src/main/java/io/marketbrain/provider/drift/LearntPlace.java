package io.marketbrain.provider.drift;

import io.marketbrain.json.PlaceValue;
import io.marketbrain.json.PlaceValue.PlaceKind;
import io.marketbrain.provider.drift.Shape.Magnitude;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What one place of an operation's good responses had: the kinds of its values, their orders of magnitude, and the texts if
 * they are few. At most 120 bytes. Not thread-safe: its {@link LearntShape} guards it.
 */
final class LearntPlace {
    /** More different texts than this are no closed set. */
    static final int MAX_VALUES = 6;

    /** A closed set has been seen so often: fewer texts may be any. */
    static final int KNOWN_TEXTS = 64;

    /** Numbers may be so many orders of magnitude beyond those seen: prices differ from instrument to instrument. */
    private static final int MARGIN = 6;

    /** Powers of ten beyond this are all one. */
    private static final int MOST_POWER = 100;

    private static final int LONGEST_VALUE = 24;

    private int kinds;
    private int least = MOST_POWER;
    private int most = -MOST_POWER;
    private int fewest = Integer.MAX_VALUE;
    private int widest;
    private long[] values = {};
    private int texts;

    /** Whether the value is of a kind that the place has not had. */
    boolean isNewKind(PlaceValue value) {
        PlaceKind kind = value.kind();
        return kind != null && kinds != 0 && (kinds & kind.bit()) == 0;
    }

    /** Takes a value of a good response; returns whether its kind is new. */
    boolean learn(PlaceValue value) {
        PlaceKind kind = value.kind();
        if (kind == null) {
            return false;
        }
        boolean isNew = (kinds & kind.bit()) == 0;
        kinds |= kind.bit();
        if (value.number() != null && value.number().signum() != 0) {
            int power = Math.clamp(Magnitude.of(value.number()).least(), -MOST_POWER, MOST_POWER);
            least = Math.min(least, power);
            most = Math.max(most, power);
        }
        if (value.items() > 0) {
            fewest = Math.min(fewest, value.items());
            widest = Math.max(widest, value.items());
        }
        if (value.text() != null) {
            learnText(value.text());
        }
        return isNew;
    }

    private void learnText(String text) {
        boolean complete = texts >= KNOWN_TEXTS;
        texts = Math.min(texts + 1, KNOWN_TEXTS);
        long hash = LearntShape.hash(text);
        if (complete || values.length > MAX_VALUES || contains(hash)) {
            return;
        }
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = hash;
        if (text.length() > LONGEST_VALUE) {
            values = Arrays.copyOf(values, MAX_VALUES + 1);
        }
    }

    private boolean contains(long hash) {
        for (long value : values) {
            if (value == hash) {
                return true;
            }
        }
        return false;
    }

    /** What is new about a value, of the kinds that the place had; empty if nothing is. */
    String news(PlaceValue value) {
        if (isNewKind(value)) {
            return retyped(value);
        }
        if (isLonger(value)) {
            return "has more than " + widest + " items";
        }
        boolean closed = values.length > 1 && values.length <= MAX_VALUES && texts >= KNOWN_TEXTS;
        if (closed
                && value.kind() == PlaceKind.TEXT
                && value.text() != null
                && !contains(LearntShape.hash(value.text()))) {
            return "has a value that was never seen";
        }
        if (value.number() == null || value.number().signum() == 0 || most < least) {
            return "";
        }
        int power = Magnitude.of(value.number()).least();
        return power < least - MARGIN || power > most + MARGIN ? "is of another order of magnitude" : "";
    }

    /** How the kind of a value differs from those that the place had. */
    String retyped(PlaceValue value) {
        PlaceKind kind = value.kind();
        return "is " + (kind == null ? "null" : kind.words()) + ", not " + words(kinds);
    }

    private static String words(int kinds) {
        return Arrays.stream(PlaceKind.values())
                .filter(kind -> (kinds & kind.bit()) != 0)
                .map(PlaceKind::words)
                .collect(Collectors.joining(" or "));
    }

    /** Whether its values, where there were any, were numbers or numbers in texts. */
    boolean hasNumbersOnly() {
        return (kinds & ~(PlaceKind.NUMBER.bit() | PlaceKind.NUMERIC_TEXT.bit())) == 0;
    }

    /** The kinds of numbers that it had, as a set of their bits; none if other values stood there as well. */
    int numberKinds() {
        return hasNumbersOnly() ? kinds : 0;
    }

    /** Whether a number is zero or of an order of magnitude between the least and the greatest seen. */
    boolean hasMagnitudeOf(BigDecimal number) {
        int power = Magnitude.of(number).least();
        return number.signum() == 0 || (power >= least && power <= most);
    }

    /** Whether a row has more items than those seen. */
    boolean isLonger(PlaceValue row) {
        return row.items() > widest;
    }

    /** Why a row is another one than those seen; empty if it is not. */
    String shortened(PlaceValue row) {
        return row.items() > 0 && fewest == widest && row.items() < fewest
                ? "has " + row.items() + " items, not " + fewest
                : "";
    }

    /** A line of the file that keeps it. */
    String line() {
        var line = new StringBuilder();
        line.append(kinds).append(' ').append(least).append(' ').append(most).append(' ');
        line.append(widest == 0 ? 0 : fewest)
                .append(' ')
                .append(widest)
                .append(' ')
                .append(texts);
        for (long value : values) {
            line.append(' ').append(Long.toHexString(value));
        }
        return line.toString();
    }

    /**
     * Reads a line that {@link #line} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    static LearntPlace parse(String[] words, int from) {
        if (words.length < from + 6 || words.length > from + 6 + MAX_VALUES + 1) {
            throw new IllegalArgumentException("not a learnt place");
        }
        var place = new LearntPlace();
        place.kinds = Integer.parseInt(words[from]);
        place.least = Integer.parseInt(words[from + 1]);
        place.most = Integer.parseInt(words[from + 2]);
        int fewest = Integer.parseInt(words[from + 3]);
        place.fewest = fewest == 0 ? Integer.MAX_VALUE : fewest;
        place.widest = Integer.parseInt(words[from + 4]);
        place.texts = Integer.parseInt(words[from + 5]);
        place.values = new long[words.length - from - 6];
        for (int i = 0; i < place.values.length; i++) {
            place.values[i] = Long.parseUnsignedLong(words[from + 6 + i], 16);
        }
        return place;
    }
}
