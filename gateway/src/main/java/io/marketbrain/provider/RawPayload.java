package io.marketbrain.provider;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.json.PlaceValue;
import io.marketbrain.provider.drift.PayloadCheck;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Bytes as a provider sent them, decompressed, with the status and headers of the response. Its reader closes it,
 * which gives back the memory that was reserved for it.
 *
 * @param headers by lower-case name; of repeated ones the first
 * @param limits how much of the body is read
 * @param release gives back the memory that was reserved; may be called more than once
 * @param keySent whether the request carried credentials, which alone can be rejected
 * @param check sees every document before its reader does
 */
@SuppressWarnings("ArrayRecordComponent") // identity equality is fine: payloads are never compared
public record RawPayload(
        int status,
        Map<String, String> headers,
        byte[] body,
        Instant receivedAt,
        PayloadLimits limits,
        Runnable release,
        boolean keySent,
        PayloadCheck check)
        implements AutoCloseable {

    /** A payload within the default limits for which nothing was reserved. */
    public RawPayload(int status, Map<String, String> headers, byte[] body, Instant receivedAt) {
        this(status, headers, body, receivedAt, PayloadLimits.defaults(), () -> {}, false);
    }

    /** A payload that nothing checks. */
    public RawPayload(
            int status,
            Map<String, String> headers,
            byte[] body,
            Instant receivedAt,
            PayloadLimits limits,
            Runnable release,
            boolean keySent) {
        this(status, headers, body, receivedAt, limits, release, keySent, PayloadCheck.NONE);
    }

    /** The JSON document in the body, within the limits; it refers to the body's bytes. */
    public JsonValue json() throws MalformedPayload {
        JsonValue json = JsonValue.parse(body, limits);
        check.document(json);
        return json;
    }

    /**
     * Lets the check see what stands where in the body's document, which rules read.
     *
     * @param form a name of these rules
     */
    public void checkPlaces(Supplier<String> form, Supplier<List<PlaceValue>> places) throws MalformedPayload {
        check.places(form, places);
    }

    /**
     * Hands each item of the array {@code member} of the JSON object in the body to {@code reader}, one at a time, so that
     * only one of them stands in memory as a document.
     */
    public void forEach(String member, JsonValue.ItemReader reader) throws MalformedPayload {
        JsonValue.forEach(body, limits, member, item -> {
            check.item(member, item);
            reader.read(item);
        });
    }

    /** A header by name, in any case. */
    public Optional<String> findHeader(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The same payload with other limits. */
    RawPayload within(PayloadLimits limits) {
        return new RawPayload(status, headers, body, receivedAt, limits, release, keySent, check);
    }

    /** The same payload, whose documents pass {@code check} when they are read. */
    RawPayload checkedBy(PayloadCheck check) {
        return new RawPayload(status, headers, body, receivedAt, limits, release, keySent, check);
    }

    @Override
    public void close() {
        release.run();
    }
}
