package io.marketbrain.provider.transport;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
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

    /** The parameters, decoded, that {@code unsigned} does not have. They follow those that it has. */
    SequencedMap<String, String> addedParameters(UnsignedRequest unsigned) {
        var added = new LinkedHashMap<String, String>();
        String extra = query.substring(unsigned.query().length());
        for (String parameter : extra.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                added.put(
                        URLDecoder.decode(parameter.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return added;
    }

    @Override
    public String toString() {
        return "a request with credentials";
    }
}
