package io.marketbrain.provider.drift;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.PlaceValue;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.drift.Shape.Items;
import io.marketbrain.provider.drift.Shape.Members;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Compares the responses of one operation of one provider with the forms that they may have. Thread-safe. */
final class EndpointGuard {
    /** Every so many responses, one is searched for additions, which costs a pass over the whole of it. */
    private static final int SEARCH_EVERY = 64;

    private final ProviderId provider;
    private final Operation operation;
    /** The forms with most members first. */
    private final List<Shape> forms;

    private final Additions additions;
    private final Quarantine quarantine;
    private final AtomicInteger calls = new AtomicInteger();
    /** The place of the latest response's form, which is tried first. */
    private volatile int latest;

    /** What live traffic has taught about operations without recorded forms. */
    private final LearntShapes learnt;

    /** @param forms none if the adapter itself says what a response lacks */
    EndpointGuard(
            ProviderId provider,
            Operation operation,
            List<Shape> forms,
            LearntShapes learnt,
            Additions additions,
            Quarantine quarantine) {
        this.provider = provider;
        this.operation = operation;
        this.forms = forms.stream()
                .sorted(Comparator.comparingInt(ShapeComparison::members).reversed())
                .toList();
        this.learnt = learnt;
        this.additions = additions;
        this.quarantine = quarantine;
    }

    /** What differs from the form that the document comes closest to; empty if it has one of the forms. */
    List<String> compare(JsonValue json) {
        if (forms.isEmpty()) {
            return List.of();
        }
        Optional<Shape> form = findForm(json);
        if (form.isEmpty()) {
            return nearestDifferences(json);
        }
        if (calls.getAndIncrement() % SEARCH_EVERY == 0) {
            additions.search(operation, form.get(), json);
        }
        return List.of();
    }

    /** Whether responses are compared with what live traffic has taught. */
    boolean learns() {
        return forms.isEmpty();
    }

    /** Why a document has the rows of another interface; empty if it has not, or nothing is known about its form. */
    List<String> moved(String form, Supplier<List<PlaceValue>> places) {
        return learns() && learnt.isKnown(key(form)) ? learnt.moved(key(form), places.get()) : List.of();
    }

    /** The places of a document that could not be read whose values are of another kind than ever before. */
    List<String> retyped(String form, Supplier<List<PlaceValue>> places) {
        return learns() && learnt.isKnown(key(form)) ? learnt.retyped(key(form), places.get()) : List.of();
    }

    /** Whether {@link #accepted} wants the next good response: all until they are learnt, then one in a while. */
    boolean wantsAccepted(String form) {
        return learns()
                && (learnt.isLearning(key(form))
                        || (learnt.isKnown(key(form)) && calls.getAndIncrement() % SEARCH_EVERY == 0));
    }

    /** Learns from a good response of an operation without recorded forms, or searches it for what is new. */
    void accepted(String form, Supplier<List<PlaceValue>> places) {
        learnt.accepted(key(form), places.get()).forEach(one -> additions.add(operation, one.place(), one.what()));
    }

    private String key(String form) {
        return operation.wire() + "/" + form;
    }

    private Optional<Shape> findForm(JsonValue json) {
        int usual = latest;
        if (isOf(usual, json)) {
            return Optional.of(forms.get(usual));
        }
        for (int form = 0; form < forms.size(); form++) {
            if (form != usual && isOf(form, json)) {
                latest = form;
                return Optional.of(forms.get(form));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the document has the form, and no more members of a richer one: a document that lost a member must not pass for
     * a form that never had it.
     */
    private boolean isOf(int form, JsonValue json) {
        Shape shape = forms.get(form);
        return ShapeComparison.fits(shape, json)
                && forms.subList(0, form).stream()
                        .noneMatch(
                                richer -> ShapeComparison.present(richer, json) > ShapeComparison.present(shape, json));
    }

    /** The same for one item of a list that is read item by item. */
    List<String> compareItem(String list, JsonValue item) {
        boolean fits = forms.isEmpty() || itemShapes(list).anyMatch(shape -> ShapeComparison.fits(shape, item));
        return fits ? List.of() : fewestDifferences(itemShapes(list), item);
    }

    private Stream<Shape> itemShapes(String list) {
        return forms.stream()
                .flatMap(form -> form instanceof Members members ? members.read().stream() : Stream.empty())
                .filter(member -> member.name().equals(list))
                .flatMap(member -> member.shape() instanceof Items(Shape item) ? Stream.of(item) : Stream.empty());
    }

    /** The differences from a form that the document has most members of. */
    private List<String> nearestDifferences(JsonValue json) {
        int most = forms.stream()
                .mapToInt(form -> ShapeComparison.present(form, json))
                .max()
                .orElse(0);
        return fewestDifferences(forms.stream().filter(form -> ShapeComparison.present(form, json) == most), json);
    }

    private static List<String> fewestDifferences(Stream<Shape> forms, JsonValue json) {
        return forms.map(form -> ShapeComparison.differences(form, json))
                .filter(differences -> !differences.isEmpty())
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    /** The failure of a response with these differences; the response is quarantined. */
    Failure refused(List<String> differences, byte[] body, Instant receivedAt) {
        quarantine.add(operation, differences, body, receivedAt);
        return new Failure.SchemaDrift(
                provider,
                provider + " changed its " + operation.wire() + " response: " + withoutNews(differences.getFirst()));
    }

    /** The difference without names that only the provider knows. */
    private static String withoutNews(String difference) {
        int end = difference.indexOf(';');
        return end < 0 ? difference : difference.substring(0, end);
    }
}
