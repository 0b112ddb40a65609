package io.marketbrain.api.http;

/**
 * One request that has arrived whole and is well-formed.
 *
 * @param path in its one canonical spelling, percent-encoded; starts with a slash, has no empty or dot segment
 * @param query in its one canonical spelling, percent-encoded, without the question mark; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // requests are never compared
public record HttpRequest(String method, String path, String query, HeaderFields headers, byte[] body) {}
