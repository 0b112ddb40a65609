package io.marketbrain.provider.mapping.request;

import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/** The constant headers of a request. What carries credentials or belongs to the connection is refused. Pure. */
final class ConstantHeaders {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
    private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]{0,510}[!-~])?");
    private static final List<String> CREDENTIALS =
            List.of("auth", "key", "token", "secret", "cookie", "sign", "password", "session");
    private static final Set<String> OF_CONNECTION = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private ConstantHeaders() {}

    /** Reads {@code headers}: {@code {"Accept": "application/vnd.acme+json"}}. */
    static SequencedMap<String, String> read(DescriptorObject request) {
        var headers = new LinkedHashMap<String, String>();
        request.findObject("headers")
                .ifPresent(all -> all.names().forEach(name -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    if (!NAME.matcher(name).matches() || OF_CONNECTION.contains(lower)) {
                        throw all.wrong(name, "is not a header that a descriptor can set");
                    }
                    if (lower.startsWith("proxy-") || CREDENTIALS.stream().anyMatch(lower::contains)) {
                        throw all.wrong(name, "may carry credentials; use 'authentication'");
                    }
                    if (!VALUE.matcher(all.text(name)).matches()) {
                        throw all.wrong(name, "must be one line of visible ASCII characters");
                    }
                    headers.put(name, all.text(name));
                }));
        return headers;
    }
}
