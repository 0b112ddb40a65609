package io.marketbrain.api.request;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The valid form of a time that lacks its zone or has other separators, read as UTC. Pure. */
final class TimeSuggestion {
    private static final int DATE = 10;
    private static final int LONGEST = 19;

    private TimeSuggestion() {}

    /** The end of a message about {@code text}; empty if there is nothing to suggest. */
    static String of(String text) {
        String plain = text.strip().replace('/', '-').replace(' ', 'T');
        if (plain.length() < DATE || plain.length() > LONGEST) {
            return "";
        }
        try {
            boolean date = plain.length() == DATE;
            Instant meant = date
                    ? LocalDate.parse(plain).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : LocalDateTime.parse(plain).toInstant(ZoneOffset.UTC);
            return Parameters.isPlausible(meant) ? "; did you mean " + (date ? plain : meant) + "?" : "";
        } catch (DateTimeException e) {
            return "";
        }
    }
}
