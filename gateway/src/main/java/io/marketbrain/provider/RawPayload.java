package io.marketbrain.provider;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes as a provider sent them, decompressed, with the status and headers they came under.
 *
 * @param headers by lower-case name; of repeated ones the first
 */
@SuppressWarnings("ArrayRecordComponent") // identity equality is fine: payloads are never compared
public record RawPayload(int status, Map<String, String> headers, byte[] body, Instant receivedAt) {

    /** A header by name, in any case. */
    public Optional<String> findHeader(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
