package io.marketbrain.provider.kraken;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.HttpStatusFailures;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.RequestedWait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Kraken's errors mean, which come in a list under status 200: {@code {"error":["EQuery:Unknown asset pair"]}}.
 * The words are those of https://docs.kraken.com/api/docs/guides/spot-errors. Pure.
 */
final class KrakenFailures {
    /** An error body is a line or two; what is longer is data, parsed once, later. */
    private static final int LONGEST_ERROR = 4096;

    private static final String THROTTLED_UNTIL = "EService:Throttled:";

    private KrakenFailures() {}

    static Optional<Failure> find(MarketQuery query, RawPayload raw) {
        if (raw.status() == 200 && raw.body().length > LONGEST_ERROR) {
            return Optional.empty();
        }
        List<String> errors = errors(raw);
        if (!errors.isEmpty()) {
            return Optional.of(meaning(query, raw, errors.getFirst().replace(" ", "")));
        }
        return raw.status() == 200 && query instanceof QuoteQuery && hasNoPrice(raw)
                ? Optional.of(HttpStatusFailures.noPrice(query))
                : HttpStatusFailures.find(query, raw);
    }

    /** Whether the tickers say that nothing was ever traded: the last price is then zero. */
    private static boolean hasNoPrice(RawPayload raw) {
        try {
            Collection<JsonValue> tickers = raw.json().at("result").members().values();
            for (JsonValue ticker : tickers) {
                Optional<JsonValue> last = ticker.find("c");
                if (last.isEmpty() || last.get().at(0).priceOrNull() != null) {
                    return false;
                }
            }
            return !tickers.isEmpty();
        } catch (MalformedPayload e) {
            // The parser reports what is wrong.
            return false;
        }
    }

    /** @param error without spaces, because Kraken does not place them consistently */
    private static Failure meaning(MarketQuery query, RawPayload raw, String error) {
        ProviderId provider = query.provider();
        if (error.startsWith("EQuery:Unknownasset") || error.startsWith("EQuery:Invalidassetpair")) {
            return new Failure.UnknownInstrument(provider, query.subject());
        }
        if (error.startsWith("EGeneral:Temporarylockout")) {
            Duration named = HttpStatusFailures.retryAfter(raw);
            return new Failure.Throttled(
                    provider, provider + " has locked out this gateway for a while", RequestedWait.ofBan(named));
        }
        if (error.contains("Ratelimit")
                || error.contains("Throttled")
                || error.startsWith("EGeneral:Toomanyrequests")) {
            return new Failure.Throttled(provider, provider + " is rate limiting this gateway", wait(raw, error));
        }
        if (error.startsWith("EAPI:Invalid") || error.startsWith("EGeneral:Permissiondenied")) {
            return new Failure.CredentialsRejected(provider, provider + " rejected the credentials");
        }
        if (error.startsWith("EGeneral:Nodata") || error.startsWith("EService:Market")) {
            return new Failure.Unsupported(provider, provider + " has no data for " + query.subject());
        }
        if (error.startsWith("EQuery:")) {
            return new Failure.Unsupported(provider, provider + " rejected the query");
        }
        if (error.startsWith("EGeneral:Invalidarguments")) {
            return new Failure.Unsupported(provider, provider + " rejected the request's arguments");
        }
        if (error.startsWith("EService:Timeout") || error.startsWith("EService:Deadline")) {
            return new Failure.TimedOut(provider, provider + " reported an internal timeout");
        }
        return new Failure.Faulty(provider, provider + " reported an error");
    }

    /** What {@code Retry-After} says, or the moment in the error itself ({@code EService:Throttled: 1600000000}). */
    private static @Nullable Duration wait(RawPayload raw, String error) {
        Duration named = HttpStatusFailures.retryAfter(raw);
        if (named != null || !error.startsWith(THROTTLED_UNTIL)) {
            return named;
        }
        String until = error.substring(THROTTLED_UNTIL.length());
        if (until.isEmpty() || until.length() > 10 || !until.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return RequestedWait.until(raw, Instant.ofEpochSecond(Long.parseLong(until)));
    }

    /** The errors of a body; not its warnings, which begin with W. */
    private static List<String> errors(RawPayload raw) {
        List<String> errors = new ArrayList<>();
        try {
            JsonValue json = raw.json();
            if (json.find("error").isPresent()) {
                for (JsonValue item : json.at("error").items()) {
                    if (!item.text().startsWith("W")) {
                        errors.add(item.text());
                    }
                }
            }
        } catch (MalformedPayload e) {
            // No error body: the status decides, or the parser reports what is wrong.
        }
        return errors;
    }
}
