package io.marketbrain.api;

import java.util.List;
import java.util.Optional;

/**
 * The catalogue of problems that an answer can have: what each means and what its reader can do. Listed in the order of
 * the API's description.
 */
final class ProblemTypes {
    /**
     * One type of problem.
     *
     * @param code the last part of its address
     * @param status the HTTP status it usually comes with
     */
    record ProblemType(String code, int status, String title, String meaning, String remedy) {}

    static final List<ProblemType> ALL = List.of(
            type(
                    "malformed-request",
                    400,
                    "The request is malformed",
                    "The address is not percent-encoded UTF-8, or the request is not well-formed HTTP/1.1.",
                    "The detail says what is wrong. Nothing of the request was carried out."),
            type(
                    "unknown-path",
                    404,
                    "No such path",
                    "Nothing is at this path.",
                    "/docs lists every path; an instrument may be written BTC/USDT, BTC-USDT or BTCUSDT."),
            type(
                    "method-not-allowed",
                    405,
                    "The path does not take this method",
                    "The path exists, but not for this method.",
                    "The header Allow names the methods that it takes."),
            type(
                    "too-slow",
                    408,
                    "The request took too long to arrive",
                    "Its head or its body came too slowly, and the connection was closed.",
                    "Send it again, whole; server.head_timeout and server.body_timeout are the limits."),
            type(
                    "too-large",
                    413,
                    "The request is too large",
                    "Too long an address (414), too many or too long headers (431), or too long a body (413).",
                    "Ask for less at once; docs/http.md lists the limits and their settings."),
            type(
                    "unsupported-media-type",
                    415,
                    "The body is not JSON",
                    "The body was sent as something other than application/json in UTF-8, or without a Content-Type.",
                    "Send it as Content-Type: application/json."),
            type(
                    "not-offered",
                    501,
                    "This is not offered here",
                    "A method, a transfer coding, an expectation (417) or a version of HTTP (505) that is not spoken here.",
                    "Speak HTTP/1.1, with a length or in chunks."),
            type(
                    "invalid-query",
                    422,
                    "A value is not valid",
                    "A parameter or a part of the path has a value that makes no sense there.",
                    "field, value and allowed say which, what it was and what it may be."),
            type(
                    "unsupported",
                    422,
                    "The provider does not offer this",
                    "The provider exists, but not for this kind of data.",
                    "/api/v1/providers tells what each provider offers."),
            type(
                    "unauthenticated",
                    401,
                    "Credentials are needed",
                    "No key was sent, or one that opens nothing here.",
                    "Send a key as Authorization: Bearer KEY or as X-API-Key. The owner makes keys with"
                            + " brain keys create NAME."),
            type(
                    "forbidden",
                    403,
                    "Not allowed",
                    "The caller is known and may not do this, or a web page from elsewhere tried to.",
                    "What changes the gateway takes a key of the admin scope; web pages from elsewhere must be listed in"
                            + " access.origins."),
            type(
                    "unknown-host",
                    421,
                    "Not a name of this machine",
                    "Without a key this machine answers to localhost and 127.0.0.1 only, so that no web page can pose as it.",
                    "Ask http://localhost, or send a key, or have the owner add the name to access.hosts."),
            type(
                    "unknown-provider",
                    404,
                    "No such provider",
                    "No provider has this name.",
                    "candidates are the providers there are."),
            type(
                    "unknown-instrument",
                    404,
                    "No such instrument",
                    "The provider does not list it.",
                    "Check the spelling; BTC/USDT, BTC-USDT and the provider's own form are understood."),
            type(
                    "ambiguous-instrument",
                    409,
                    "The symbol is ambiguous",
                    "The text could mean several instruments, and the gateway does not guess.",
                    "candidates are what it could mean; ask for one of them."),
            type(
                    "budget-exhausted",
                    429,
                    "The budget is spent",
                    "Paying for the call would exceed the budget that policy names, so it was not made.",
                    "Wait for retry_after seconds, when the budget starts anew, or have the owner raise it."),
            type(
                    "rate-limited",
                    429,
                    "Too many requests",
                    "The limit that policy names is used up for now: a key's requests a minute, or the gateway's share"
                            + " of a provider's quota.",
                    "Wait for retry_after seconds."),
            type(
                    "upstream-throttled",
                    429,
                    "The provider asks for fewer calls",
                    "The provider refused the call and the gateway makes none until it may.",
                    "Wait for retry_after seconds, or ask another provider, or auto."),
            type(
                    "overloaded",
                    503,
                    "Too busy",
                    "More work than the gateway can do; this request was turned away early so that others are served well.",
                    "Wait for retry_after seconds, with some chance in it, and ask again."),
            type(
                    "stopping",
                    503,
                    "The gateway is stopping",
                    "Only /health/ready says so.",
                    "Send requests to another instance."),
            type(
                    "nothing-to-warm",
                    503,
                    "There is no cache to warm",
                    "The cache is switched off.",
                    "Leave warming out, or have the owner switch the cache on."),
            type(
                    "circuit-open",
                    503,
                    "The provider is being left alone",
                    "It failed so often lately that it is only probed now and then.",
                    "Wait for retry_after seconds, or ask another provider, or auto."),
            type(
                    "deadline-passed",
                    504,
                    "Out of time",
                    "The request's timeout passed before there was an answer.",
                    "Allow more time with timeout, up to 60 seconds."),
            type(
                    "upstream-timeout",
                    504,
                    "The provider took too long",
                    "Nothing whole arrived in the time it was given.",
                    "Ask again, or another provider, or auto."),
            type(
                    "upstream-unreachable",
                    502,
                    "The provider cannot be reached",
                    "There was no connection, or it broke before a whole answer was there.",
                    "Ask again, or another provider; the owner can run brain doctor."),
            type(
                    "upstream-credentials-rejected",
                    502,
                    "The provider rejected the credentials",
                    "The credentials that the gateway has for this provider are wrong, or have ended.",
                    "Only the owner of the gateway can mend them."),
            type(
                    "upstream-blocked",
                    502,
                    "The provider does not serve this location",
                    "A legal or geographic block of the machine that the gateway runs on.",
                    "Ask another provider, or have the owner run the gateway elsewhere."),
            type(
                    "upstream-faulty",
                    502,
                    "The provider failed",
                    "It answered with a fault of its own.",
                    "Ask again in a while, or another provider, or auto."),
            type(
                    "upstream-malformed",
                    502,
                    "The provider's answer makes no sense",
                    "It is not what the provider documents: cut short, not JSON, a wrong type, too large.",
                    "Ask again in a while, or another provider, or auto."),
            type(
                    "no-provider-answered",
                    502,
                    "No provider answered",
                    "Every provider that could answer was tried; the status is the last one's.",
                    "attempts lists each that was tried and why it did not answer."),
            type(
                    "internal",
                    500,
                    "A mistake in the gateway",
                    "A defect, not something that the caller did.",
                    "The gateway's log has the details under call_id; please report them."));

    private ProblemTypes() {}

    static Optional<ProblemType> find(String code) {
        return ALL.stream().filter(type -> type.code().equals(code)).findFirst();
    }

    private static ProblemType type(String code, int status, String title, String meaning, String remedy) {
        return new ProblemType(code, status, title, meaning, remedy);
    }
}
