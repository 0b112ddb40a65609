package io.marketbrain.model.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The rule for addresses from outside that callers may follow: http or https, with a host, in ASCII. Pure. */
public final class LinkText {
    public static final int MAX_LENGTH = 2048;

    private LinkText() {}

    /** The address if it follows the rule; otherwise it is left out. */
    public static Optional<String> find(String text) {
        if (text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
