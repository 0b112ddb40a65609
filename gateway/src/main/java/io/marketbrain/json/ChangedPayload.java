package io.marketbrain.json;

/** Thrown where a payload is valid but a documented value is not there: its sender has changed it. */
public final class ChangedPayload extends MalformedPayload {
    private static final long serialVersionUID = 1L;

    public ChangedPayload(String message) {
        super(message);
    }

    /** @param place a value whose text is its place in the document, which the message begins with */
    public ChangedPayload(Object place, String problem) {
        super(place, problem);
    }
}
