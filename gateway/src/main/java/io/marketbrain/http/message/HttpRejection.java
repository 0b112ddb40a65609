package io.marketbrain.http.message;

/**
 * A request that the server rejects before it reaches the handler, with the status and detail of the response.
 *
 * <p>Never leaves this package; has no stack trace because it is expected.
 */
public final class HttpRejection extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    public HttpRejection(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
