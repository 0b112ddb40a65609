package io.marketbrain.provider.recording;

import io.marketbrain.security.KnownSecrets;
import io.marketbrain.security.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Replaces credentials by {@code REDACTED}: as they are, URL-encoded, and with slashes as JSON escapes them. Immutable.
 */
final class Scrubber {
    private final KnownSecrets secrets;

    Scrubber(Collection<Secret> secrets) {
        List<Secret> forms = new ArrayList<>();
        for (Secret secret : secrets) {
            String value = secret.reveal();
            // Bodies are searched byte by byte, as Latin-1.
            String bytes = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            Stream.of(value, bytes, value.replace("/", "\\/"), value.replace("\"", "\\\""))
                    .distinct()
                    .forEach(form -> Secret.of(form).ifPresent(forms::add));
        }
        this.secrets = new KnownSecrets(forms);
    }

    String scrub(String text) {
        return secrets.redact(text, ExchangeMeta.REDACTED);
    }

    /** The body without credentials; the same array if it has none. */
    byte[] scrub(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String scrubbed = scrub(text);
        return scrubbed.equals(text) ? body : scrubbed.getBytes(StandardCharsets.ISO_8859_1);
    }
}
