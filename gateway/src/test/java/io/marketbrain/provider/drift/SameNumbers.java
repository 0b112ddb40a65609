package io.marketbrain.provider.drift;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.model.series.InstrumentSeries;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares market data, digit for digit. */
public final class SameNumbers {
    private static final Pattern CODE = Pattern.compile("[A-Z0-9_]{1,12}");

    private final boolean optional;
    private final boolean partial;

    private SameNumbers(boolean optional, boolean partial) {
        this.optional = optional;
        this.partial = partial;
    }

    /**
     * The first difference; empty if there is none.
     *
     * @param optional whether a value may be null instead
     */
    public static Optional<String> findDifference(MarketData expected, MarketData actual, boolean optional) {
        return new SameNumbers(optional, false).find(expected, actual);
    }

    /**
     * The first difference of data in which values and whole rows may be missing, and a time or an id that is missing may be
     * replaced by another one of its row; empty if it has nothing that the expected data does not have.
     */
    public static Optional<String> findAddition(MarketData expected, MarketData actual) {
        return new SameNumbers(true, true).find(expected, actual);
    }

    private Optional<String> find(MarketData expected, MarketData actual) {
        return findOtherWord(expected, actual).or(() -> find("", wordless(expected), wordless(actual)));
    }

    /**
     * What an economic series says otherwise: words may be missing, but a multiplier not without its unit, and codes may stand
     * for their names.
     */
    private static Optional<String> findOtherWord(MarketData expected, MarketData actual) {
        if (!(expected instanceof Series before && isEconomic(before)) || !(actual instanceof Series after)) {
            return Optional.empty();
        }
        SeriesDetails was = before.details();
        SeriesDetails is = after.details();
        boolean isSame = (after.title().equals(after.id()) || after.title().equals(before.title()))
                && isSameOrNull(before.unit(), after.unit())
                && isSameOrNull(was.frequency(), is.frequency())
                && isSameOrNull(was.seasonalAdjustment(), is.seasonalAdjustment())
                && (isSameNumber(was.unitMultiplier(), is.unitMultiplier())
                        || (is.unitMultiplier() == null && after.unit() == null));
        return isSame ? Optional.empty() : Optional.of(words(after) + ", not " + words(before));
    }

    private static boolean isSameNumber(@Nullable BigDecimal expected, @Nullable BigDecimal actual) {
        return expected == null ? actual == null : actual != null && expected.compareTo(actual) == 0;
    }

    private static boolean isSameOrNull(@Nullable String expected, @Nullable String actual) {
        return actual == null
                || actual.equals(expected)
                || (expected != null && CODE.matcher(actual).matches());
    }

    private static String words(Series series) {
        return "'" + series.title() + "' in " + series.unit() + " with " + series.details();
    }

    private static MarketData wordless(MarketData data) {
        return data instanceof Series series && isEconomic(series)
                ? new Series(
                        series.id(),
                        "",
                        null,
                        SeriesDetails.NONE,
                        series.adjustment(),
                        series.observations(),
                        series.asOf())
                : data;
    }

    private static boolean isEconomic(Series series) {
        return InstrumentSeries.find(series.id()).isEmpty();
    }

    private Optional<String> find(String path, @Nullable Object expected, @Nullable Object actual) {
        if (Objects.equals(expected, actual) || (actual == null && (optional || isStep(path, expected)))) {
            return Optional.empty();
        }
        if (partial
                && (path.endsWith(".id")
                        || path.equals(".rejected")
                        || (expected instanceof Instant && actual instanceof Instant))) {
            return Optional.empty();
        }
        if (partial && expected instanceof List<?> ours && actual instanceof List<?> theirs) {
            return findAddedRow(path, ours, theirs);
        }
        if (expected instanceof List<?> ours && actual instanceof List<?> theirs && ours.size() == theirs.size()) {
            for (int i = 0; i < ours.size(); i++) {
                Optional<String> difference = find(path + "[" + i + "]", ours.get(i), theirs.get(i));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
        if (expected instanceof Record record && actual != null && actual.getClass() == expected.getClass()) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Optional<String> difference =
                        find(path + "." + component.getName(), value(component, expected), value(component, actual));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
        return Optional.of(path + " is " + actual + ", not " + expected);
    }

    /** The steps of prices and sizes in a list of instruments: one that cannot be read is none, and does not cost the list. */
    private static boolean isStep(String path, @Nullable Object expected) {
        return path.endsWith(".tick")
                || path.endsWith(".lot")
                || (expected instanceof SymbolFacts facts
                        && new SymbolFacts(
                                        facts.contractSize(),
                                        facts.isin(),
                                        null,
                                        null,
                                        facts.delisting(),
                                        facts.earlier())
                                .equals(SymbolFacts.NONE));
    }

    /** A row that is not one of the expected ones, which are in the same order. */
    private Optional<String> findAddedRow(String path, List<?> expected, List<?> actual) {
        int next = 0;
        for (Object row : actual) {
            while (next < expected.size() && find(path, expected.get(next), row).isPresent()) {
                next++;
            }
            if (next++ == expected.size()) {
                return Optional.of(path + " has " + row + ", which is not expected");
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object value(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
