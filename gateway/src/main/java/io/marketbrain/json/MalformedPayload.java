package io.marketbrain.json;

import org.jspecify.annotations.Nullable;

/**
 * Thrown where a payload is not valid, exceeds a limit, or is not what its sender documents. The message is for callers:
 * it names the place in the document and quotes nothing of its content. The provider layer turns it into a failure.
 */
public class MalformedPayload extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object place;
    private final String problem;

    public MalformedPayload(String message) {
        super(message);
        this.place = null;
        this.problem = message;
    }

    /**
     * @param place what the message begins with: a value whose text is its place in the document. The text is made only when
     *     somebody asks for the message, because finding a place takes time in proportion to it.
     */
    public MalformedPayload(Object place, String problem) {
        super(problem);
        this.place = place;
        this.problem = problem;
    }

    @Override
    public String getMessage() {
        return place == null ? problem : place + problem;
    }
}
