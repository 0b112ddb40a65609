package io.marketbrain.provider.transport;

import io.marketbrain.provider.descriptor.RequestUri;

/**
 * A request before it carries credentials: what a signature covers.
 *
 * @param path as sent, percent-encoded
 * @param query as sent, percent-encoded, without the question mark; empty where there is none
 * @param body empty where there is none
 */
record UnsignedRequest(String method, String path, String query, String body) {

    UnsignedRequest withParameter(String name, String value) {
        String parameter = RequestUri.encoded(name) + "=" + RequestUri.encoded(value);
        return new UnsignedRequest(method, path, query.isEmpty() ? parameter : query + "&" + parameter, body);
    }

    String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }
}
