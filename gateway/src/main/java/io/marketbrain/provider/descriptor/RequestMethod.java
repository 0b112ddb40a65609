package io.marketbrain.provider.descriptor;

/** The HTTP methods that requests to providers use. */
public enum RequestMethod {
    GET,
    POST
}
