package io.marketbrain.http.message;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Formats an HTTP date (RFC 9110, 5.6.7): {@code Sun, 06 Nov 1994 08:49:37 GMT}. Implemented by hand because the JDK's
 * formatter loads locale data, which takes a tenth of the startup time.
 */
public final class HttpDate {
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private HttpDate() {}

    /**
     * An instant in the format of HTTP.
     *
     * @param epochSecond within the years 0 to 9999
     */
    public static String of(long epochSecond) {
        var time = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
        var out = new StringBuilder(29);
        name(out, DAYS, time.getDayOfWeek().getValue()).append(", ");
        number(out, time.getDayOfMonth()).append(' ');
        name(out, MONTHS, time.getMonthValue()).append(' ');
        number(number(out, time.getYear() / 100), time.getYear() % 100).append(' ');
        number(out, time.getHour()).append(':');
        number(out, time.getMinute()).append(':');
        return number(out, time.getSecond()).append(" GMT").toString();
    }

    private static StringBuilder name(StringBuilder out, String names, int fromOne) {
        return out.append(names, 3 * (fromOne - 1), 3 * fromOne);
    }

    private static StringBuilder number(StringBuilder out, int twoDigits) {
        return out.append((char) ('0' + twoDigits / 10)).append((char) ('0' + twoDigits % 10));
    }
}
