package io.marketbrain.api.http;

/**
 * A request that the server rejects before it reaches the handler, with the status and detail of the response.
 *
 * <p>Never leaves this package; has no stack trace because it is expected.
 */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
