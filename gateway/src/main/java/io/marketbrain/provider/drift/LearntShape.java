package io.marketbrain.provider.drift;

import io.marketbrain.json.PlaceValue;
import io.marketbrain.json.PlaceValue.PlaceKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The places that the first good responses of one operation had, and what stood there, in at most 90 KB (usually 3). They are
 * known once enough responses in a row had nothing new; an operation whose members never stop being new, because their names
 * are data such as symbols, is given up. Not thread-safe: its {@link EndpointGuard} guards it.
 */
final class LearntShape {
    /** After so many good responses without a new place or kind, the places are known. */
    static final int QUIET_RESPONSES = 16;

    static final int MAX_PLACES = 512;

    private Map<Long, LearntPlace> places = new HashMap<>();
    private int quiet;
    private boolean givenUp;

    /** Whether the places are known, so that another one is an addition. */
    boolean isKnown() {
        return quiet >= QUIET_RESPONSES;
    }

    /** Whether nothing can be learnt, because it has too many places, or the other forms leave no room for them. */
    boolean isGivenUp() {
        return givenUp;
    }

    /** How many places it keeps; none if it is given up. */
    int size() {
        return places.size();
    }

    /**
     * Takes a good response; once the places are known, only further texts and magnitudes of theirs.
     *
     * @param room how many further places may be kept
     */
    void learn(List<PlaceValue> document, int room) {
        List<PlaceValue> compared = withoutLists(document);
        if (isKnown()) {
            refine(compared);
            return;
        }
        int most = Math.min(MAX_PLACES, places.size() + room);
        boolean quietly = true;
        for (PlaceValue value : givenUp ? List.<PlaceValue>of() : compared) {
            LearntPlace place = places.get(hash(value.path()));
            if (place != null) {
                quietly &= !place.learn(value);
            } else if (places.size() < most) {
                quietly = false;
                place = new LearntPlace();
                place.learn(value);
                places.put(hash(value.path()), place);
            } else {
                givenUp = true;
                places = new HashMap<>();
                return;
            }
        }
        quiet = quietly && !givenUp ? quiet + 1 : 0;
    }

    /**
     * The document without lists of names, such as symbols, which may become shorter: rows without any number where no good
     * response had one with a number.
     */
    private List<PlaceValue> withoutLists(List<PlaceValue> document) {
        List<PlaceValue> kept = new ArrayList<>();
        int i = 0;
        while (i < document.size()) {
            PlaceValue value = document.get(i);
            List<PlaceValue> all = document.subList(i, i + 1 + value.items());
            boolean isList = value.items() > 0 && all.stream().noneMatch(PlaceValue::isNumeric);
            if (!isList || places.containsKey(hash(value.path()))) {
                kept.addAll(all);
            }
            i += all.size();
        }
        return kept;
    }

    private void refine(List<PlaceValue> document) {
        for (PlaceValue value : document) {
            LearntPlace place = places.get(hash(value.path()));
            if (place != null && !place.isNewKind(value)) {
                place.learn(value);
            }
        }
    }

    /** Whether a response had this place; true while the places are not known. */
    boolean contains(String path) {
        return !isKnown() || places.containsKey(hash(path));
    }

    /** What a good response has that none had before, by place: new places, kinds, values and magnitudes. */
    List<Addition> news(List<PlaceValue> document) {
        List<Addition> news = new ArrayList<>();
        for (PlaceValue value : withoutLists(document)) {
            LearntPlace place = places.get(hash(value.path()));
            String what = place != null ? place.news(value) : value.column() ? "" : "is new";
            if (!what.isEmpty()) {
                news.add(new Addition(value.shown(), what));
            }
        }
        return news;
    }

    /** What is new at a place, which is as a message may show it. */
    record Addition(String place, String what) {}

    /** The places of a response that could not be read whose values are of a kind that they never had. */
    List<String> retyped(List<PlaceValue> document) {
        List<String> found = new ArrayList<>();
        for (PlaceValue value : isKnown() ? document : List.<PlaceValue>of()) {
            LearntPlace place = places.get(hash(value.path()));
            String what = place == null ? "" : place.isNewKind(value) ? place.retyped(value) : place.shortened(value);
            if (!what.isEmpty()) {
                found.add(value.shown() + " " + what);
            }
        }
        return found;
    }

    /**
     * Where the rows of a response are other ones than those seen, so that the meaning of their columns may have moved: a row is
     * shorter, or columns are of another kind. A row of the usual length whose numbers all stand in texts now, or no longer do,
     * has not moved if that was the same for all of them before, or if each has the order of magnitude that its column had.
     */
    List<String> moved(List<PlaceValue> document) {
        List<String> found = new ArrayList<>();
        for (int i = 0; isKnown() && i < document.size(); i++) {
            PlaceValue row = document.get(i);
            LearntPlace place = places.get(hash(row.path()));
            if (row.items() > 0 && place != null) {
                String shorter = place.shortened(row);
                List<PlaceValue> columns = document.subList(i + 1, i + 1 + row.items());
                if (!shorter.isEmpty()) {
                    found.add(row.shown() + " " + shorter);
                } else if (place.isLonger(row) || !isWrittenAnew(columns)) {
                    found.addAll(retyped(columns));
                } else {
                    found.addAll(retyped(columns.stream()
                            .filter(column -> !isNumberAsBefore(column))
                            .toList()));
                }
            }
        }
        return found;
    }

    /** Whether the columns may be the same ones although their numbers stand in texts now, or no longer do. */
    private boolean isWrittenAnew(List<PlaceValue> columns) {
        int now = 0;
        int before = 0;
        boolean likeBefore = true;
        for (PlaceValue column : columns) {
            LearntPlace place = places.get(hash(column.path()));
            PlaceKind kind = column.kind();
            BigDecimal number = column.number();
            if (kind != null && number != null) {
                now |= kind.bit();
                likeBefore &= place != null && place.hasMagnitudeOf(number);
            }
            before |= place == null ? 0 : place.numberKinds();
        }
        return Integer.bitCount(now) <= 1 && (Integer.bitCount(before) <= 1 || likeBefore);
    }

    private boolean isNumberAsBefore(PlaceValue column) {
        LearntPlace place = places.get(hash(column.path()));
        return column.isNumeric() && place != null && place.hasNumbersOnly();
    }

    /** The lines of the file that keeps it, each with the place first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        places.forEach((hash, place) -> lines.add(Long.toHexString(hash) + " " + place.line()));
        lines.sort(null);
        return lines;
    }

    /** The known places that such lines describe; empty if one of the lines is none. */
    static Optional<LearntShape> parse(List<String> lines) {
        if (lines.isEmpty() || lines.size() > MAX_PLACES) {
            return Optional.empty();
        }
        var shape = new LearntShape();
        try {
            for (String line : lines) {
                String[] words = line.split(" ", -1);
                shape.places.put(Long.parseUnsignedLong(words[0], 16), LearntPlace.parse(words, 1));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        shape.quiet = QUIET_RESPONSES;
        return Optional.of(shape);
    }

    /** 64-bit FNV-1a. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
