package io.marketbrain.provider;

/** The HTTP methods that requests to providers use. */
public enum RequestMethod {
    GET,
    POST
}
