package io.marketbrain.alerts;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The address of a webhook. Its path and query may have a secret in them: {@link #toString} shows neither. Immutable. */
public record WebhookTarget(URI uri) {
    private static final int MAX_LENGTH = 2048;

    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|0[xX].*");

    /** An IPv4 address in the one form that all programs read alike: not octal, hexadecimal or shortened. */
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    /** What is wrong with an address, in words that follow "must be"; empty if nothing is. */
    public static Optional<String> findProblem(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.of("at most " + MAX_LENGTH + " characters long");
        }
        try {
            URI uri = new URI(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean valid = web
                    && uri.getHost() != null
                    && isUnambiguous(uri.getHost())
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= 0xffff;
            return valid ? Optional.empty() : Optional.of("an http or https URL without user name and fragment");
        } catch (URISyntaxException e) {
            return Optional.of("a well-formed http or https URL");
        }
    }

    private static boolean isUnambiguous(String host) {
        return !NUMBERS.matcher(host).matches() || IPV4.matcher(host).matches();
    }

    public boolean isEncrypted() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** The host; an IPv6 address without brackets. */
    public String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    public int port() {
        return uri.getPort() > 0 ? uri.getPort() : isEncrypted() ? 443 : 80;
    }

    /** The address without what may be a secret. */
    public String shown() {
        String path = uri.getRawPath();
        boolean more = (path != null && path.length() > 1) || uri.getRawQuery() != null;
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getRawAuthority() + (more ? "/…" : "/");
    }

    @Override
    public String toString() {
        return shown();
    }
}
