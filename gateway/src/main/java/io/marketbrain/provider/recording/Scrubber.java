package io.marketbrain.provider.recording;

import io.marketbrain.security.KnownSecrets;
import io.marketbrain.security.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces credentials by {@code REDACTED}, also where any of their characters are escaped as in JSON or percent-encoded.
 * Immutable.
 */
final class Scrubber {
    /** Shorter values are not searched for in escaped form: they would match ordinary text. */
    private static final int SHORTEST = 4;

    private final KnownSecrets secrets;
    private final List<Pattern> escaped;

    Scrubber(Collection<Secret> secrets) {
        List<Secret> forms = new ArrayList<>(secrets);
        // Bodies are searched byte by byte, as Latin-1.
        secrets.forEach(secret -> Secret.of(asBytes(secret.reveal())).ifPresent(forms::add));
        this.secrets = new KnownSecrets(forms);
        this.escaped = secrets.stream()
                .map(Secret::reveal)
                .filter(value -> value.length() >= SHORTEST && !value.contains("://"))
                .distinct()
                .map(value -> Pattern.compile(
                        value.codePoints().mapToObj(Scrubber::spellings).collect(Collectors.joining())))
                .toList();
    }

    private static String asBytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** A pattern of one character: as it is, after a backslash, by its number as JSON writes it, or percent-encoded. */
    private static String spellings(int codePoint) {
        String plain = Character.toString(codePoint);
        Set<String> patterns = new LinkedHashSet<>();
        patterns.add("\\\\?" + Pattern.quote(plain));
        patterns.add(Pattern.quote(asBytes(plain)));
        patterns.add(hexadecimal("\\\\u%04x", plain));
        patterns.add(hexadecimal("%%%02x", asBytes(plain)));
        return "(?:" + String.join("|", patterns) + ")";
    }

    private static String hexadecimal(String format, String text) {
        return text.chars().mapToObj(format::formatted).collect(Collectors.joining("", "(?i:", ")"));
    }

    String scrub(String text) {
        String plain = secrets.redact(text, ExchangeMeta.REDACTED);
        if (plain.indexOf('\\') < 0 && plain.indexOf('%') < 0) {
            return plain;
        }
        String scrubbed = plain;
        for (Pattern pattern : escaped) {
            scrubbed = pattern.matcher(scrubbed).replaceAll(ExchangeMeta.REDACTED);
        }
        return scrubbed;
    }

    /** The body without credentials; the same array if it has none. */
    byte[] scrub(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String scrubbed = scrub(text);
        return scrubbed.equals(text) ? body : scrubbed.getBytes(StandardCharsets.ISO_8859_1);
    }
}
