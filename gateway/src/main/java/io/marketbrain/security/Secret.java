package io.marketbrain.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;

/** A credential that cannot be printed: {@code toString} never shows it, and equality takes constant time. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** The secret in {@code text}; empty if the text is a placeholder such as {@code your_key} or {@code changeme}. */
    public static Optional<Secret> of(String text) {
        String trimmed = text.strip();
        return isPlaceholder(trimmed) ? Optional.empty() : Optional.of(new Secret(trimmed));
    }

    /** Whether the text is a placeholder for a credential: empty, {@code your_…}, {@code changeme}, {@code dummy_key}. */
    public static boolean isPlaceholder(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return lower.isEmpty()
                || lower.startsWith("your_")
                || lower.startsWith("your-")
                || lower.startsWith("<")
                || lower.equals("changeme")
                || lower.equals("dummy_key")
                || lower.equals("dummy_secret");
    }

    /** The credential itself, for the code that sends it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "********";
    }
}
