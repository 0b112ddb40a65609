package io.marketbrain.pipeline;

import java.time.Instant;
import java.util.List;

/**
 * How a provider's responses differ from the shapes they are known to have.
 *
 * @param refused how many responses were refused since the start
 * @param payloads the refused responses that are kept, the latest first
 * @param additions additions to the responses, which change nothing, each with the operation's name first
 * @param forms what live traffic has taught
 */
public record DriftReport(long refused, List<Payload> payloads, List<String> additions, Forms forms) {
    /** Nothing differs. */
    public static final DriftReport NONE = new DriftReport(0, List.of(), List.of(), new Forms(0, 0, 0));

    public DriftReport {
        payloads = List.copyOf(payloads);
        additions = List.copyOf(additions);
    }

    /**
     * How many forms of responses, each read by a set of rules of its own, live traffic has taught.
     *
     * @param known those that responses are compared with
     * @param learning those that too few responses have had
     * @param givenUp those that responses are never compared with, because they have too many places
     */
    public record Forms(int known, int learning, int givenUp) {}

    /**
     * A refused response.
     *
     * @param times how many responses differed in the same way
     * @param differences what differs, each a clause that begins with the place
     * @param bytes the size of the body
     * @param start the start of the body, without secrets
     */
    public record Payload(
            String operation,
            Instant first,
            Instant last,
            long times,
            List<String> differences,
            long bytes,
            String start) {
        public Payload {
            differences = List.copyOf(differences);
        }
    }
}
