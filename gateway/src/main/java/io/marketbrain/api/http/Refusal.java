package io.marketbrain.api.http;

/**
 * A request that the edge turns away before any handler sees it, with the answer the client gets.
 *
 * <p>Never leaves this package; carries no stack trace because it is expected.
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
