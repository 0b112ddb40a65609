package io.marketbrain.provider.coinbase;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.HttpStatusFailures;
import io.marketbrain.provider.RawPayload;
import java.util.Locale;
import java.util.Optional;

/** What Coinbase's error bodies ({@code {"message":"NotFound"}}) and statuses mean. Pure. */
final class CoinbaseFailures {
    /** A ticker has a few hundred bytes. */
    private static final int LONGEST_TICKER = 4096;

    private CoinbaseFailures() {}

    static Optional<Failure> find(MarketQuery query, RawPayload raw) {
        if (raw.status() == 200) {
            return query instanceof QuoteQuery && hasNoPrice(raw)
                    ? Optional.of(HttpStatusFailures.noPrice(query))
                    : Optional.empty();
        }
        ProviderId provider = query.provider();
        String said = " (HTTP " + raw.status() + ")";
        String message = message(raw);
        if (raw.status() == 400 && isAboutCredentials(message)) {
            return Optional.of(
                    new Failure.CredentialsRejected(provider, provider + " rejected the credentials" + said));
        }
        if (raw.status() == 400 && message.contains("granularity")) {
            return Optional.of(new Failure.Unsupported(
                    provider, provider + " has no candles of that interval over that range" + said));
        }
        return HttpStatusFailures.find(query, raw);
    }

    /** Whether the ticker says that nothing was ever traded; any other document is left to the parser. */
    private static boolean hasNoPrice(RawPayload raw) {
        if (raw.body().length > LONGEST_TICKER) {
            return false;
        }
        try {
            Optional<JsonValue> price = raw.json().find("price");
            return price.isPresent() && price.get().priceOrNull() == null;
        } catch (MalformedPayload e) {
            return false;
        }
    }

    private static boolean isAboutCredentials(String message) {
        return message.contains("passphrase") || message.contains("api key") || message.contains("signature");
    }

    /** The message in lower case; empty where there is none. */
    private static String message(RawPayload raw) {
        try {
            Optional<JsonValue> message = raw.json().find("message");
            return message.isPresent() ? message.get().text().toLowerCase(Locale.ROOT) : "";
        } catch (MalformedPayload e) {
            return "";
        }
    }
}
