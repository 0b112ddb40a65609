package io.marketbrain.cli.providers;

import java.util.Optional;

/** The format of a time, guessed from one of them. Pure. */
final class TimeGuess {
    private TimeGuess() {}

    /** The value of {@code format} in a mapping; empty if it is none of the usual ones. */
    static Optional<String> of(String text) {
        if (text.matches("[0-9]{9,10}([.][0-9]+)?")) {
            return Optional.of("seconds");
        }
        if (text.matches("(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([01][0-9]|2[0-3])[0-5][0-9]")) {
            return Optional.of("uuuuMMddHHmm");
        }
        if (text.matches("[0-9]{12,13}([.][0-9]+)?")) {
            return Optional.of("millis");
        }
        if (text.matches("[0-9]{16}")) {
            return Optional.of("micros");
        }
        if (text.matches("[0-9]{19}")) {
            return Optional.of("nanos");
        }
        if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return Optional.of("date");
        }
        if (text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*")) {
            return Optional.of("iso");
        }
        if (text.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d")) {
            return Optional.of("uuuu-MM-dd HH:mm:ss");
        }
        if (text.matches("\\d\\d[.]\\d\\d[.]\\d{4}")) {
            return Optional.of("dd.MM.uuuu");
        }
        return text.matches("[A-Z][a-z]{2}, .*") ? Optional.of("rfc1123") : Optional.empty();
    }

    /** Whether a time of day in this format has no zone, so that it is taken to be in UTC. */
    static boolean hasNoZone(String format, String text) {
        return switch (format) {
            case "iso" -> text.indexOf(':') > 0 && !text.matches(".*(Z|[+-][0-9]{2}(:?[0-9]{2})?)");
            case "seconds", "millis", "micros", "nanos", "epoch", "date", "period", "rfc1123" -> false;
            default -> format.matches(".*[Hhk].*") && !format.matches(".*[VzOXxZ].*");
        };
    }
}
