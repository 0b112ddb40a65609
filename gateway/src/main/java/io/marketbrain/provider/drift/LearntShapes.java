package io.marketbrain.provider.drift;

import io.marketbrain.json.PlaceValue;
import io.marketbrain.pipeline.DriftReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What live traffic has taught about the responses of one provider that have no recorded shape, by the form of the response: one
 * for each set of rules that reads it. What is known is kept in a store; it is forgotten when the rules change, because the
 * form's name changes with them, and a form that no rules have is not read from the store. Thread-safe.
 */
final class LearntShapes {
    /** As many places of all forms are kept, in at most 3 MB; the responses of forms that have no room are not compared. */
    static final int MAX_PLACES = 16_384;

    private final LearntShapeStore store;
    private final Supplier<Set<String>> current;
    private @Nullable Map<String, LearntShape> forms;

    /** @param current the names that the forms of today's rules have, without that of the operation */
    LearntShapes(LearntShapeStore store, Supplier<Set<String>> current) {
        this.store = store;
        this.current = current;
    }

    /** What a document of a form would be refused for: rows whose values are of another kind than ever before. */
    synchronized List<String> moved(String form, List<PlaceValue> document) {
        LearntShape shape = forms().get(form);
        return shape == null ? List.of() : shape.moved(document);
    }

    /** The places of a document, which could not be read, whose values are of another kind than ever before. */
    synchronized List<String> retyped(String form, List<PlaceValue> document) {
        LearntShape shape = forms().get(form);
        return shape == null ? List.of() : shape.retyped(document);
    }

    /** Whether the next good response of a form is to be learnt from. */
    synchronized boolean isLearning(String form) {
        LearntShape shape = forms().get(form);
        return shape == null || (!shape.isKnown() && !shape.isGivenUp());
    }

    /** Whether the places of a form are known. */
    synchronized boolean isKnown(String form) {
        LearntShape shape = forms().get(form);
        return shape != null && shape.isKnown();
    }

    /** Learns from a good response, or says what is new in it. */
    List<LearntShape.Addition> accepted(String form, List<PlaceValue> document) {
        List<String> lines;
        synchronized (this) {
            LearntShape shape = forms().computeIfAbsent(form, _ -> new LearntShape());
            if (shape.isKnown()) {
                List<LearntShape.Addition> news = shape.news(document);
                shape.learn(document, 0);
                return news;
            }
            shape.learn(document, room());
            if (!shape.isKnown()) {
                return List.of();
            }
            lines = lines();
        }
        store.save(lines);
        return List.of();
    }

    private int room() {
        return MAX_PLACES
                - forms().values().stream().mapToInt(LearntShape::size).sum();
    }

    /** The forms that are kept; none before the first response, because what the store has is read then. */
    synchronized DriftReport.Forms report() {
        int known = 0;
        int givenUp = 0;
        Map<String, LearntShape> all = forms == null ? Map.of() : forms;
        for (LearntShape shape : all.values()) {
            known += shape.isKnown() ? 1 : 0;
            givenUp += shape.isGivenUp() ? 1 : 0;
        }
        return new DriftReport.Forms(known, all.size() - known - givenUp, givenUp);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        forms().forEach((form, shape) -> {
            if (shape.isKnown()) {
                shape.lines().forEach(line -> lines.add(form + " " + line));
            }
        });
        return lines;
    }

    private Map<String, LearntShape> forms() {
        Map<String, LearntShape> known = forms;
        if (known == null) {
            known = read(store.lines());
            forms = known;
        }
        return known;
    }

    private Map<String, LearntShape> read(List<String> lines) {
        // The names are long to make; without anything stored they are not needed.
        Set<String> names = lines.isEmpty() ? Set.of() : current.get();
        var byForm = new HashMap<String, List<String>>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            if (space > 0 && names.contains(line.substring(line.indexOf('/') + 1, space))) {
                byForm.computeIfAbsent(line.substring(0, space), _ -> new ArrayList<>())
                        .add(line.substring(space + 1));
            }
        }
        var read = new TreeMap<String, LearntShape>();
        byForm.forEach((form, own) -> {
            Optional<LearntShape> shape = LearntShape.parse(own);
            if (shape.isPresent()) {
                read.put(form, shape.get());
            }
        });
        return read;
    }
}
