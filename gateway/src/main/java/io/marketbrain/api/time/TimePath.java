package io.marketbrain.api.time;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.PercentEncoding;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.model.text.NumberText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path that begins with a time: {@code /at/2024-02-21T09:00:00Z/…}, {@code /at/2024-02-21T09:00:00Z/x60/from/1767225600/…} or
 * {@code /at/my-clock/…}. Immutable.
 *
 * @param prefix the part that names the time, as sent
 * @param rest the path below it
 */
public record TimePath(String prefix, SimulatedTime time, String rest) {
    /** What every such path begins with. */
    public static final String START = "/at/";

    private static final Pattern CLOCK = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final Pattern SPEED = Pattern.compile("x[0-9.]{1,12}");
    private static final BigDecimal FASTEST = BigDecimal.valueOf(1_000_000);
    private static final String TIMES =
            "an RFC 3339 time such as 2024-02-21T09:00:00Z, a date, epoch seconds or milliseconds, from 1980 to 2100,"
                    + " or the name of a clock: a letter, then letters, digits, _ . or -";

    /** Whether a path begins with a time. */
    public static boolean isOne(String path) {
        return path.startsWith(START);
    }

    /** What precedes a path whose time is always that instant. */
    public static String prefix(Instant instant) {
        return START + instant;
    }

    /** The length of the part of a path that names the time; of all of it if that part cannot be read. */
    public static int length(String path) {
        try {
            return parse(path).prefix().length();
        } catch (RequestRejected | PercentEncoding.BadEncoding e) {
            return path.length();
        }
    }

    /** Reads a path that {@link #isOne}. */
    public static TimePath parse(String path) throws RequestRejected, PercentEncoding.BadEncoding {
        int end = segmentEnd(path, START.length());
        String name = PercentEncoding.decodeSegment(path.substring(START.length(), end));
        if (CLOCK.matcher(name).matches()) {
            return new TimePath(path.substring(0, end), new SimulatedTime.Stepped(name), rest(path, end));
        }
        Instant start = instant("at", name);
        int speedEnd = segmentEnd(path, Math.min(end + 1, path.length()));
        String speed = end < path.length() ? path.substring(end + 1, speedEnd) : "";
        if (!SPEED.matcher(speed).matches()) {
            return new TimePath(path.substring(0, end), new SimulatedTime.Standing(start), rest(path, end));
        }
        String from = "/from/";
        if (!path.startsWith(from, speedEnd)) {
            throw RequestRejected.invalid(
                    "at",
                    speed,
                    "a speed is followed by the real time from which it counts: /" + speed + "/from/<epoch seconds>/");
        }
        int sinceStart = speedEnd + from.length();
        int sinceEnd = segmentEnd(path, sinceStart);
        Instant since = instant("from", PercentEncoding.decodeSegment(path.substring(sinceStart, sinceEnd)));
        return new TimePath(
                path.substring(0, sinceEnd),
                new SimulatedTime.Running(start, speed(speed), since),
                rest(path, sinceEnd));
    }

    private static BigDecimal speed(String segment) throws RequestRejected {
        try {
            BigDecimal speed = NumberText.parseDecimal(segment.substring(1));
            if (speed.signum() > 0 && speed.compareTo(FASTEST) <= 0) {
                return speed;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for every wrong speed
        }
        throw RequestRejected.invalid("at", segment, "a speed such as x60, up to x" + FASTEST);
    }

    private static Instant instant(String field, String text) throws RequestRejected {
        Optional<Instant> instant = Parameters.findInstant(text);
        if (instant.isEmpty()) {
            throw RequestRejected.invalid(field, EchoedText.of(text), TIMES);
        }
        return instant.get();
    }

    private static int segmentEnd(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? path.length() : slash;
    }

    private static String rest(String path, int end) {
        return end == path.length() ? "/" : path.substring(end);
    }
}
