package io.marketbrain.provider.transport;

import java.util.SequencedMap;

/**
 * A request with its credentials, for the one place that sends it. Printing it shows none of them.
 *
 * @param query as sent, with credentials where they are parameters
 * @param headers the headers that carry credentials
 */
record AuthorizedRequest(String query, SequencedMap<String, String> headers) {
    @Override
    public String toString() {
        return "a request with credentials";
    }
}
