package io.marketbrain.provider;

import io.marketbrain.model.text.ProseText;
import io.marketbrain.security.KnownSecrets;
import java.util.regex.Pattern;

/**
 * A provider's words about an error, as they may be shown: cleaned, cut, and without the gateway's credentials, IP
 * addresses and long tokens such as signatures, which providers like to repeat. Pure.
 */
final class ErrorText {
    private static final String MASK = "********";
    private static final Pattern IPV4 = Pattern.compile("\\b(?:[0-9]{1,3}\\.){3}[0-9]{1,3}\\b");
    private static final Pattern IPV6 = Pattern.compile("(?:[0-9A-Fa-f]{0,4}:){3,7}[0-9A-Fa-f]{0,4}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_+=-]{32,}");

    private ErrorText() {}

    static String of(String text, KnownSecrets secrets) {
        // Cleaned before the search, so that an invisible character does not hide a secret, and cut after it.
        String masked = secrets.redact(ProseText.SUMMARY.clean(text));
        for (Pattern pattern : new Pattern[] {IPV4, IPV6}) {
            masked = pattern.matcher(masked).replaceAll(MASK);
        }
        masked = TOKEN.matcher(masked)
                .replaceAll(token -> hasDigit(token.group()) ? MASK : token.group());
        return ProseText.ERROR.clean(masked);
    }

    private static boolean hasDigit(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }
}
