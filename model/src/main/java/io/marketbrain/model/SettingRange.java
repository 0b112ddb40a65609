package io.marketbrain.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/**
 * The key of a setting and the values it may take, both ends included. It stands once, beside the record that holds the
 * value: the record's constructor, the configuration's reader and the documentation all use it. Immutable.
 *
 * @param key where the setting stands in {@code brain.yaml}, such as {@code server.port}
 * @param relation what else must hold, towards other settings, in words that follow "must be from … to … and"; empty
 *     for nothing
 */
public record SettingRange<T extends Comparable<T>>(String key, T least, T most, String relation) {

    public static <T extends Comparable<T>> SettingRange<T> of(String key, T least, T most) {
        return new SettingRange<>(key, least, most, "");
    }

    /** The same range with a relation to other settings, which the record checks by {@link #check(Comparable, boolean)}. */
    public SettingRange<T> and(String words) {
        return new SettingRange<>(key, least, most, words);
    }

    /** The same range for a setting below a name that users choose, such as {@code mock.assets.ACME}. */
    public SettingRange<T> below(String section) {
        return at(section + "." + key);
    }

    /** The same range under another key, for one of several settings of a kind. */
    public SettingRange<T> at(String otherKey) {
        return new SettingRange<>(otherKey, least, most, relation);
    }

    public boolean contains(T value) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    /** Throws IllegalArgumentException, naming the setting, the value and the range, where the value is outside. */
    public void check(T value) {
        check(value, true);
    }

    /** The same, also where {@code related} says that the relation to other settings does not hold. */
    public void check(T value, boolean related) {
        if (!contains(value) || !related) {
            throw new IllegalArgumentException(key + " is " + text(value) + ", but must be from " + text(least) + " to "
                    + text(most) + (relation.isEmpty() ? "" : " and " + relation));
        }
    }

    private static String text(Object value) {
        return switch (value) {
            case Duration time -> time.toString().replaceFirst("^PT?", "").toLowerCase(Locale.ROOT);
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }
}
