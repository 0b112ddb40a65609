package io.marketbrain.api.rendering;

import java.util.List;
import java.util.Optional;

/**
 * The catalogue of problem types: what each means and what the reader can do about it. In the order of the OpenAPI
 * document.
 */
public final class ProblemTypes {
    /**
     * One type of problem.
     *
     * @param code the last segment of its URI
     * @param status the HTTP status that it usually has
     */
    public record ProblemType(String code, int status, String title, String meaning, String remedy) {}

    public static final List<ProblemType> ALL = List.of(
            type(
                    "malformed-request",
                    400,
                    "The request is malformed",
                    "The request target is not percent-encoded UTF-8, or the request is not well-formed HTTP/1.1.",
                    "The detail says what is wrong. No part of the request was executed."),
            type(
                    "unknown-path",
                    404,
                    "No such path",
                    "The API has no such path.",
                    "/docs lists every path; an instrument may be written BTC/USDT, BTC-USDT or BTCUSDT."),
            type(
                    "method-not-allowed",
                    405,
                    "Method not allowed",
                    "The path exists, but does not support this method.",
                    "The Allow header lists the supported methods."),
            type(
                    "too-slow",
                    408,
                    "The request took too long to arrive",
                    "Its head or its body arrived too slowly, and the connection was closed.",
                    "Send it again without pauses; server.head_timeout and server.body_timeout are the limits."),
            type(
                    "too-large",
                    413,
                    "The request is too large",
                    "The request line (414), the headers (431) or the body (413) exceed their limit.",
                    "Send a smaller request; docs/http.md lists the limits and their settings."),
            type(
                    "unsupported-media-type",
                    415,
                    "The body is not JSON",
                    "The body was sent as something other than application/json in UTF-8, or without a Content-Type.",
                    "Send it as Content-Type: application/json."),
            type(
                    "not-offered",
                    501,
                    "Not supported",
                    "The method, transfer coding, expectation (417) or HTTP version (505) is not supported.",
                    "Use HTTP/1.1 with a Content-Length or chunked transfer coding."),
            type(
                    "invalid-query",
                    422,
                    "Invalid value",
                    "A parameter, a part of the path or a member of the body has an invalid value.",
                    "field names it, value is what was sent, and allowed says what is valid."),
            type(
                    "unsupported",
                    422,
                    "The provider does not offer this",
                    "The provider exists, but does not offer this kind of data.",
                    "/api/v1/providers lists what each provider offers."),
            type(
                    "unknown-alert",
                    404,
                    "No such alert",
                    "There is no alert of this id, or the caller may not see it.",
                    "/api/v1/alerts lists the alerts."),
            type(
                    "alert-conflict",
                    409,
                    "The alert cannot be created",
                    "There is an alert of this id already, or there are as many alerts as the gateway keeps.",
                    "Choose another id, or delete an alert; alerts.max_alerts is the limit."),
            type(
                    "alerts-unavailable",
                    503,
                    "Alerts are unavailable",
                    "The file that the alerts are kept in cannot be used, or another gateway uses it.",
                    "The detail says why. Try again after retry_after seconds."),
            type(
                    "unauthenticated",
                    401,
                    "Authentication required",
                    "No API key was sent, or an unknown one.",
                    "Send a key as Authorization: Bearer KEY or as X-API-Key. The operator creates keys with"
                            + " brain keys create NAME."),
            type(
                    "forbidden",
                    403,
                    "Forbidden",
                    "The caller lacks permission, or the request came from a web page of another origin.",
                    "Changing the gateway requires a key with the admin scope; origins of web pages must be listed in"
                            + " access.origins."),
            type(
                    "unknown-host",
                    421,
                    "Unknown host name",
                    "Without a key only localhost, loopback addresses and the names in access.hosts are accepted, to"
                            + " prevent DNS rebinding.",
                    "Use http://localhost, or send a key, or have the operator add the name to access.hosts."),
            type(
                    "unknown-provider",
                    404,
                    "No such provider",
                    "No provider has this name.",
                    "candidates lists the known providers."),
            type(
                    "unknown-instrument",
                    404,
                    "No such instrument",
                    "The provider does not list this instrument.",
                    "Check the spelling; BTC/USDT, BTC-USDT and the provider's own symbol are accepted."),
            type(
                    "ambiguous-instrument",
                    409,
                    "The symbol is ambiguous",
                    "The symbol matches several instruments, and the gateway does not guess.",
                    "candidates lists the matches; request one of them."),
            type(
                    "not-cached",
                    504,
                    "Not in the cache",
                    "The request accepts only cached data (Cache-Control: only-if-cached), and none is recent enough.",
                    "Leave out only-if-cached to load the data from its provider."),
            type(
                    "budget-exhausted",
                    429,
                    "Budget exhausted",
                    "The call would exceed the budget that policy names, so it was not made.",
                    "Wait for retry_after seconds until the budget resets, or have the operator raise it."),
            type(
                    "rate-limited",
                    429,
                    "Too many requests",
                    "The limit that policy names is used up: a key's requests per minute, or the gateway's share"
                            + " of a provider's quota.",
                    "Wait for retry_after seconds."),
            type(
                    "upstream-throttled",
                    429,
                    "Throttled by the provider",
                    "The provider rejected the call because of its rate limit; the gateway waits before the next one.",
                    "Wait for retry_after seconds, or use another provider or auto."),
            type(
                    "overloaded",
                    503,
                    "Overloaded",
                    "The gateway, or its limit for one provider, has no capacity left and rejected this request early.",
                    "Retry after retry_after seconds plus a random delay."),
            type(
                    "stopping",
                    503,
                    "The gateway is stopping",
                    "Only /health/ready returns this.",
                    "Send requests to another instance."),
            type(
                    "nothing-to-warm",
                    503,
                    "There is no cache to warm",
                    "The cache is switched off.",
                    "Skip warming, or have the operator switch the cache on."),
            type(
                    "circuit-open",
                    503,
                    "Circuit open",
                    "The provider failed repeatedly, so the gateway only sends an occasional probe until one succeeds.",
                    "Wait for retry_after seconds, or use another provider or auto."),
            type(
                    "deadline-passed",
                    504,
                    "Deadline exceeded",
                    "The request's timeout passed before a result was available.",
                    "Allow more time with timeout, up to 60 seconds."),
            type(
                    "upstream-timeout",
                    504,
                    "The provider took too long",
                    "No complete response arrived before the timeout.",
                    "Retry, or use another provider or auto."),
            type(
                    "upstream-unreachable",
                    502,
                    "The provider cannot be reached",
                    "No connection could be made, or it broke before the response was complete.",
                    "Retry, or use another provider; the operator can run brain doctor."),
            type(
                    "upstream-credentials-rejected",
                    502,
                    "The provider rejected the credentials",
                    "The gateway's credentials for this provider are wrong or have expired.",
                    "Only the operator of the gateway can correct them."),
            type(
                    "upstream-blocked",
                    502,
                    "The provider does not serve this location",
                    "The provider blocks the gateway's location for legal or geographic reasons.",
                    "Use another provider, or have the operator run the gateway in another location."),
            type(
                    "upstream-faulty",
                    502,
                    "The provider failed",
                    "It returned a server error. With a Retry-After of its own the status is 503, and the gateway waits"
                            + " before the next call.",
                    "Retry later, after retry_after seconds if it is given, or use another provider or auto."),
            type(
                    "upstream-malformed",
                    502,
                    "Malformed provider response",
                    "The response is not as documented: truncated, not JSON, a wrong type, or too large.",
                    "Retry later, or use another provider or auto."),
            type(
                    "schema-drift",
                    502,
                    "The provider changed its interface",
                    "A field that the gateway reads is missing, moved, renamed or of another type in the response.",
                    "Use another provider or auto; the operator sees the difference with brain providers drift."),
            type(
                    "upstream-untrusted",
                    502,
                    "The provider's data cannot be right",
                    "The values contradict themselves: a high below the close, or a time in the future. The detail"
                            + " names them.",
                    "Retry later, use another provider or auto, or accept such data, labelled, with allow=untrusted."),
            type(
                    "no-provider-answered",
                    502,
                    "No provider answered",
                    "Every suitable provider was tried; the status is that of the last one.",
                    "attempts lists the providers that were tried and why each failed."),
            type(
                    "internal",
                    500,
                    "Internal error",
                    "A bug in the gateway, not a mistake of the caller.",
                    "The gateway's log has the details under call_id; please report the bug."));

    private ProblemTypes() {}

    public static Optional<ProblemType> find(String code) {
        return ALL.stream().filter(type -> type.code().equals(code)).findFirst();
    }

    private static ProblemType type(String code, int status, String title, String meaning, String remedy) {
        return new ProblemType(code, status, title, meaning, remedy);
    }
}
