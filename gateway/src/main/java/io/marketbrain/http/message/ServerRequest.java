package io.marketbrain.http.message;

/**
 * A complete and well-formed request.
 *
 * @param path normalized and percent-encoded; starts with a slash, has no empty or dot segment
 * @param query normalized and percent-encoded, without the question mark; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // requests are never compared
public record ServerRequest(String method, String path, String query, RequestHeaders headers, byte[] body) {}
