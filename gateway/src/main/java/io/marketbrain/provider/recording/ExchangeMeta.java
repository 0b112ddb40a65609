package io.marketbrain.provider.recording;

import io.marketbrain.model.MarketQuery;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is recorded about one exchange beside the body of the response: the contents of {@code <case>.meta.json}. Contains no
 * credentials. Immutable.
 *
 * @param kind {@code quote}, {@code ohlcv}, {@code orderbook}, …; {@code error} for a status from 400 on
 * @param url the address under the provider's own host; the values of credentials in it read REDACTED
 * @param requestBody what a POST carried
 * @param symbol the instrument or series as the provider spells it
 * @param headers those of the response that may matter, by lower-case name
 * @param recordedAt when the whole response had arrived
 * @param sequence orders exchanges of the same instant
 * @param authenticated whether the request carried credentials
 * @param query what the gateway wanted to know; empty in recordings of others
 * @param wire whether the body is as the provider sent it, after transfer and content decoding; false if secrets were
 *     removed from it
 */
record ExchangeMeta(
        String provider,
        String kind,
        String method,
        String url,
        Optional<String> requestBody,
        int status,
        Optional<String> symbol,
        Map<String, String> headers,
        Optional<Instant> recordedAt,
        long sequence,
        boolean authenticated,
        Optional<MarketQuery> query,
        boolean wire) {
    /** Stands for the value of a credential. */
    static final String REDACTED = "REDACTED";

    ExchangeMeta {
        headers = Map.copyOf(headers);
    }

    /**
     * The same without credentials.
     *
     * @param sameBody whether the body had none
     */
    ExchangeMeta scrubbed(Scrubber scrubber, boolean sameBody) {
        var clean = new TreeMap<String, String>();
        headers.forEach((name, value) -> clean.put(name, scrubber.scrub(value)));
        return new ExchangeMeta(
                provider,
                kind,
                method,
                scrubber.scrub(url),
                requestBody.map(scrubber::scrub),
                status,
                symbol.map(scrubber::scrub),
                clean,
                recordedAt,
                sequence,
                authenticated,
                query,
                wire && sameBody);
    }

    /** The kind of the answers to a query, in the words of the format. */
    static String kindOf(MarketQuery query) {
        return switch (query.operation()) {
            case QUOTE -> "quote";
            case CANDLES -> "ohlcv";
            case BOOK -> "orderbook";
            case TRADES -> "trades";
            case SERIES -> "macro";
            case NEWS -> "news";
            case SYMBOLS -> "markets";
        };
    }
}
