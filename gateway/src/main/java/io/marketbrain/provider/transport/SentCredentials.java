package io.marketbrain.provider.transport;

import io.marketbrain.security.Secret;
import java.util.List;

/**
 * The credentials that one request carried, for whoever must keep them out of a record of the exchange. Immutable.
 *
 * @param parameters the names of the query parameters that belong to the credentials
 * @param headers the names of such headers
 * @param values everything in them that is secret
 */
public record SentCredentials(List<String> parameters, List<String> headers, List<Secret> values) {
    public SentCredentials {
        parameters = List.copyOf(parameters);
        headers = List.copyOf(headers);
        values = List.copyOf(values);
    }
}
