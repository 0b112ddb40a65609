package io.marketbrain.provider.binance;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.OfInstrument;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.HttpStatusFailures;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.RequestedWait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Binance's error bodies ({@code {"code":-1121,"msg":"Invalid symbol."}}) and statuses mean. The codes are those
 * of https://developers.binance.com/docs/binance-spot-api-docs/errors. Pure.
 */
final class BinanceFailures {
    private static final int BAN_MILLIS_DIGITS = 13;
    /** An error body is a line or two; what is longer and comes with status 200 is data, parsed once, later. */
    private static final int LONGEST_ERROR = 4096;

    private BinanceFailures() {}

    static Optional<Failure> find(MarketQuery query, RawPayload raw) {
        if (raw.status() == 200 && raw.body().length > LONGEST_ERROR) {
            return Optional.empty();
        }
        try {
            JsonValue json = raw.json();
            if (json.find("code").isPresent() && json.find("msg").isPresent()) {
                return Optional.of(ofBody(
                        query, raw, json.at("code").integer(), json.at("msg").text()));
            }
            if (raw.status() == 200 && query instanceof QuoteQuery && isIdle(json)) {
                return Optional.of(HttpStatusFailures.noPrice(query));
            }
        } catch (MalformedPayload e) {
            // No error body: the status decides, or the parser reports what is wrong.
        }
        return ofStatus(query, raw);
    }

    private static boolean isIdle(JsonValue json) throws MalformedPayload {
        return !json.isArray() && json.find("symbol").isPresent() && BinanceTickers.isIdle(json);
    }

    private static Failure ofBody(MarketQuery query, RawPayload raw, long code, String text) {
        ProviderId provider = query.provider();
        String said = " (HTTP " + raw.status() + ", code " + code + ")";
        if (code == -1003 || code == -1008 || code == -1015 || code == -1034) {
            return new Failure.Throttled(provider, provider + " is rate limiting this gateway" + said, wait(raw, text));
        }
        if (code == -1121 || (code == -1100 && text.contains("'symbol'"))) {
            return new Failure.UnknownInstrument(provider, symbol(query));
        }
        if (code == -1002 || code == -1022 || code == -2008 || code == -2014 || code == -2015) {
            return new Failure.CredentialsRejected(provider, provider + " rejected the credentials" + said);
        }
        if (code == -1007) {
            return new Failure.TimedOut(provider, provider + " reported an internal timeout" + said);
        }
        if (code == -1000 || code == -1001 || code == -1006 || code == -1016) {
            return new Failure.Faulty(provider, provider + " reported an internal error" + said);
        }
        if (code == -1120) {
            return new Failure.Unsupported(provider, provider + " has no candles of that interval" + said);
        }
        return ofStatus(query, raw)
                .orElseGet(() -> new Failure.Faulty(provider, provider + " reported an error" + said));
    }

    private static Optional<Failure> ofStatus(MarketQuery query, RawPayload raw) {
        ProviderId provider = query.provider();
        return switch (raw.status()) {
            // The web application firewall: too many calls, or a place it does not like. Never the key.
            case 403 ->
                Optional.of(new Failure.Blocked(provider, provider + " currently blocks this machine (HTTP 403)"));
            // An unknown instrument is a 400, so this is an address that is not Binance's.
            case 404 ->
                Optional.of(
                        new Failure.Malformed(provider, provider + " has no such path (HTTP 404); check its base URL"));
            default -> HttpStatusFailures.find(query, raw);
        };
    }

    private static String symbol(MarketQuery query) {
        return query instanceof OfInstrument of ? of.instrument().unified() : query.subject();
    }

    private static @Nullable Duration wait(RawPayload raw, String text) {
        Duration named = namedWait(raw, text);
        return raw.status() == 418 || text.contains("banned") ? RequestedWait.ofBan(named) : named;
    }

    /** {@code Retry-After}, or the end of the ban that the text names ({@code banned until 1573741432012}). */
    private static @Nullable Duration namedWait(RawPayload raw, String text) {
        Duration named = HttpStatusFailures.retryAfter(raw);
        int until = text.indexOf("until ");
        if (named != null || until < 0) {
            return named;
        }
        int start = until + "until ".length();
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        if (end - start != BAN_MILLIS_DIGITS) {
            return null;
        }
        return RequestedWait.until(raw, Instant.ofEpochMilli(Long.parseLong(text.substring(start, end))));
    }
}
