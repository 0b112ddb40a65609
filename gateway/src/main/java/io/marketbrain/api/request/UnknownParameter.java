package io.marketbrain.api.request;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.model.Failure;
import io.marketbrain.model.text.EditDistance;
import java.util.Locale;
import java.util.Optional;

/** The rejection of a parameter that a path does not have, with the known name that is nearest. Pure. */
final class UnknownParameter {
    private UnknownParameter() {}

    static RequestRejected rejection(String name, String value, String... known) {
        String shown = EchoedText.of(name);
        String allowed = known.length == 0
                ? "this path has no parameters"
                : "this path only has the parameters " + String.join(", ", known);
        String hint = nearest(shown, known)
                .map(near -> "; did you mean " + near + "? ")
                .orElse(": ");
        String message = "unknown parameter " + shown + hint + allowed;
        return new RequestRejected(new Failure.InvalidQuery(shown, EchoedText.of(value), allowed, message));
    }

    /** The known name that differs in at most a third of the letters of {@code name}, and in one of a short name. */
    private static Optional<String> nearest(String name, String... known) {
        String lower = name.toLowerCase(Locale.ROOT);
        int best = Math.max(1, lower.length() / 3) + 1;
        Optional<String> nearest = Optional.empty();
        for (String candidate : known) {
            int distance = EditDistance.between(lower, candidate);
            if (distance < best && distance < candidate.length()) {
                best = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }
}
