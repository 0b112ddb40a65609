package io.marketbrain.provider;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.ProviderId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The failures that HTTP statuses mean when a provider gives no other information. */
public final class HttpStatusFailures {
    private HttpStatusFailures() {}

    public static Optional<Failure> find(MarketQuery query, RawPayload raw) {
        ProviderId provider = query.provider();
        int status = raw.status();
        if (status == 200 || status == 201 || status == 203) {
            return Optional.empty();
        }
        if (status < 300) {
            // Such as 202, 204 and 206: nothing, a part or something else than the data.
            return Optional.of(new Failure.Malformed(
                    provider, provider + " did not send the whole response (HTTP " + status + ")"));
        }
        return Optional.of(
                switch (status) {
                    // A page with status 401 is that of a proxy; providers' own errors are not written in HTML.
                    case 401 -> isPage(raw) ? blocked(provider, status) : rejected(provider, status);
                    // Only JSON is the provider's own error. A page, a text or an empty body comes from a firewall in
                    // front of it, which knows nothing of keys.
                    case 403 -> isJson(raw) ? rejected(provider, status) : blocked(provider, status);
                    // Providers explain what they do not have; a 404 without a body means that the address is not
                    // theirs.
                    case 404 ->
                        isPage(raw) || raw.body().length == 0
                                ? new Failure.Malformed(
                                        provider, provider + " has no such path (HTTP 404); check its base URL")
                                : new Failure.UnknownInstrument(provider, query.subject());
                    case 408, 504 -> new Failure.TimedOut(provider, provider + " timed out (HTTP " + status + ")");
                    case 418 -> throttled(provider, status, RequestedWait.ofBan(retryAfter(raw)));
                    case 429 -> throttled(provider, status, retryAfter(raw));
                    case 451 -> new Failure.Blocked(provider, provider + " does not serve this location (HTTP 451)");
                    default -> {
                        if (status >= 500) {
                            yield new Failure.Faulty(provider, provider + " failed (HTTP " + status + ")");
                        }
                        // A reason in JSON is the provider's own, about this request.
                        yield status >= 400 && isJson(raw)
                                ? new Failure.Unsupported(
                                        provider, provider + " rejected the request (HTTP " + status + ")")
                                : new Failure.Malformed(provider, provider + " answered with HTTP " + status);
                    }
                });
    }

    /** What a quote without a price means: the provider lists the instrument, but it is not traded. */
    public static Failure noPrice(MarketQuery query) {
        return new Failure.Unsupported(
                query.provider(),
                query.provider() + " has no price of " + query.subject() + ": it is not being traded");
    }

    private static Failure throttled(ProviderId provider, int status, @Nullable Duration wait) {
        return new Failure.Throttled(provider, provider + " is rate limiting this gateway (HTTP " + status + ")", wait);
    }

    private static Failure rejected(ProviderId provider, int status) {
        return new Failure.CredentialsRejected(provider, provider + " rejected the credentials (HTTP " + status + ")");
    }

    private static Failure blocked(ProviderId provider, int status) {
        return new Failure.Blocked(provider, provider + " currently blocks this machine (HTTP " + status + ")");
    }

    private static boolean isPage(RawPayload raw) {
        return firstCharacter(raw) == '<';
    }

    private static boolean isJson(RawPayload raw) {
        int first = firstCharacter(raw);
        return first == '{' || first == '[';
    }

    /** The first byte after a byte order mark and white space; -1 if there is none. */
    private static int firstCharacter(RawPayload raw) {
        byte[] body = raw.body();
        boolean mark = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        for (int i = mark ? 3 : 0; i < body.length; i++) {
            if (body[i] != ' ' && body[i] != '\n' && body[i] != '\r' && body[i] != '\t') {
                return body[i];
            }
        }
        return -1;
    }

    /** The delay in {@code Retry-After}; null if there is none. */
    public static @Nullable Duration retryAfter(RawPayload raw) {
        return RequestedWait.retryAfter(raw);
    }
}
