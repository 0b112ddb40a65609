package io.marketbrain.json;

/**
 * Thrown where a payload is not valid, exceeds a limit, or is not what its sender documents. The message is for callers:
 * it names the place in the document and quotes nothing of its content. The provider layer turns it into a failure.
 */
public class MalformedPayload extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedPayload(String message) {
        super(message);
    }
}
