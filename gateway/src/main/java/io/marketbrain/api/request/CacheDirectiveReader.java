package io.marketbrain.api.request;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.model.Call.CacheDirectives;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request demands of the cache: the parameter {@code max_age} and the directives {@code max-age}, {@code
 * no-cache} and {@code only-if-cached} of its {@code Cache-Control} header (RFC 9111, 5.2.1). Other directives are ignored.
 * Of two ages the lower one counts. Pure.
 */
public final class CacheDirectiveReader {
    public static final String PARAMETER = "max_age";
    private static final String HEADER = "Cache-Control";
    /** The longest age that the parameter accepts; a longer one in the header counts as this one. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private static final Pattern AGE = Pattern.compile("([0-9]{1,7}(?:\\.[0-9]{1,3})?)(ms|s|m|h|d)?");
    private static final Pattern SECONDS = Pattern.compile("[0-9]+");
    private static final int MOST_DIGITS = 7;

    private CacheDirectiveReader() {}

    public static CacheDirectives read(Request request, Parameters parameters) throws RequestRejected {
        Optional<String> age = parameters.find(PARAMETER);
        Optional<String> header = request.findHeader(HEADER);
        if (age.isEmpty() && header.isEmpty()) {
            return CacheDirectives.NONE;
        }
        @Nullable Duration ofParameter = age.isPresent() ? parameter(age.get()) : null;
        return header.isPresent() ? header(header.get(), ofParameter) : new CacheDirectives(ofParameter, false, false);
    }

    private static Duration parameter(String text) throws RequestRejected {
        Matcher matcher = AGE.matcher(text);
        if (matcher.matches()) {
            Duration age = Duration.ofNanos(new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(unit(matcher.group(2)).toNanos()))
                    .longValue());
            if (age.compareTo(LONGEST) <= 0) {
                return age;
            }
        }
        throw RequestRejected.invalid(
                PARAMETER, EchoedText.of(text), "seconds, or a number with ms, s, m, h or d such as 5s, up to 30d");
    }

    private static Duration unit(@Nullable String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            case null, default -> Duration.ofSeconds(1);
        };
    }

    private static CacheDirectives header(String text, @Nullable Duration ofParameter) throws RequestRejected {
        @Nullable Duration maxAge = ofParameter;
        boolean noCache = false;
        boolean onlyIfCached = false;
        for (String directive : text.split(",", -1)) {
            int equals = directive.indexOf('=');
            String name = (equals < 0 ? directive : directive.substring(0, equals)).strip();
            switch (name.toLowerCase(Locale.ROOT)) {
                case "no-cache" -> noCache = true;
                case "only-if-cached" -> onlyIfCached = true;
                case "max-age" -> {
                    Duration age = seconds(equals < 0 ? "" : directive.substring(equals + 1), text);
                    maxAge = maxAge == null || age.compareTo(maxAge) < 0 ? age : maxAge;
                }
                default -> {}
            }
        }
        return maxAge == null && !noCache && !onlyIfCached
                ? CacheDirectives.NONE
                : new CacheDirectives(maxAge, noCache, onlyIfCached);
    }

    private static Duration seconds(String value, String header) throws RequestRejected {
        String digits = value.strip();
        if (digits.length() > 2 && digits.startsWith("\"") && digits.endsWith("\"")) {
            digits = digits.substring(1, digits.length() - 1);
        }
        if (!SECONDS.matcher(digits).matches()) {
            throw RequestRejected.invalid(HEADER, EchoedText.of(header), "max-age needs a whole number of seconds");
        }
        Duration age = digits.length() > MOST_DIGITS ? LONGEST : Duration.ofSeconds(Integer.parseInt(digits));
        return age.compareTo(LONGEST) < 0 ? age : LONGEST;
    }
}
