package io.marketbrain.provider.recording;

import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RequestBody;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.ProviderHosts;
import io.marketbrain.provider.descriptor.RequestUri;
import io.marketbrain.provider.transport.SentCredentials;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An exchange that waits to be written. It may still contain credentials.
 *
 * @param body not changed by anyone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PendingExchange(
        Descriptor descriptor,
        ProviderRequest request,
        int status,
        Map<String, String> headers,
        byte[] body,
        Instant receivedAt,
        boolean authenticated,
        SentCredentials credentials,
        long sequence) {
    /** What an exchange takes in the queue apart from its body and headers. */
    private static final int OVERHEAD = 2048;

    /** The headers that adapters read or that explain a response; no others are kept, because they may identify somebody. */
    private static final List<String> KEPT = List.of(
            "age",
            "cache-control",
            "content-encoding",
            "content-type",
            "date",
            "etag",
            "last-modified",
            "link",
            "retry-after",
            "ratelimit",
            "ratelimit-policy");

    private static final List<String> KEPT_PREFIXES = List.of("x-ratelimit-", "ratelimit-", "x-mbx-used-weight");

    private static final int FIRST_ERROR = 400;

    /** The memory that it takes while it waits. */
    int bytes() {
        int all = body.length + OVERHEAD;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            all += header.getKey().length() + header.getValue().length();
        }
        return all;
    }

    /** What is recorded about it beside the body. */
    ExchangeMeta meta(Scrubber scrubber, boolean wire) {
        return new ExchangeMeta(
                descriptor.id().value(),
                status >= FIRST_ERROR
                        ? "error"
                        : request.query().map(ExchangeMeta::kindOf).orElse("other"),
                request.method().name(),
                scrubber.scrub(url()),
                request.body().map(RequestBody::text).map(scrubber::scrub),
                status,
                symbol().map(scrubber::scrub),
                keptHeaders(scrubber),
                Optional.of(receivedAt),
                sequence,
                authenticated,
                request.query(),
                wire);
    }

    /** The provider's spelling of the instrument, or the series. */
    private Optional<String> symbol() {
        return request.query().flatMap(query -> RecordedSubject.find(query, descriptor.symbols()));
    }

    /** The address under the provider's own host, also where another is configured. */
    private String url() {
        var parameters = new LinkedHashMap<>(request.parameters());
        credentials.parameters().forEach(name -> parameters.put(name, ExchangeMeta.REDACTED));
        String host = request.host().isEmpty() ? ProviderHosts.MAIN : request.host();
        URI base = descriptor
                .hosts()
                .byName()
                .getOrDefault(host, List.of(descriptor.hosts().main()))
                .getFirst();
        return RequestUri.of(base, RequestUri.path(base, request.path()), RequestUri.encoded(parameters))
                .toString();
    }

    private Map<String, String> keptHeaders(Scrubber scrubber) {
        var kept = new TreeMap<String, String>();
        headers.forEach((name, value) -> {
            if (KEPT.contains(name) || KEPT_PREFIXES.stream().anyMatch(name::startsWith)) {
                kept.put(name, scrubber.scrub(value));
            }
        });
        return kept;
    }

    @Override
    public String toString() {
        return "an exchange with " + descriptor.id();
    }
}
