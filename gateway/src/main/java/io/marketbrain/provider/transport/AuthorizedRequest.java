package io.marketbrain.provider.transport;

import java.util.SequencedMap;

/**
 * A request with its credentials, for the one place that sends it. Printing it shows none of them.
 *
 * @param query as sent, with credentials where they are parameters
 * @param headers the headers that carry credentials
 */
record AuthorizedRequest(String query, SequencedMap<String, String> headers) {
    /** Whether it carries credentials that {@code unsigned} does not have. */
    boolean carriesCredentials(UnsignedRequest unsigned) {
        return !headers.isEmpty() || !query.equals(unsigned.query());
    }

    @Override
    public String toString() {
        return "a request with credentials";
    }
}
