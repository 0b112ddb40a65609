package io.marketbrain.cli.console;

import io.marketbrain.model.text.EditDistance;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The time zone that a command reads and shows times in; UTC unless {@code --tz} names another. */
public final class TimeZoneOptions {
    @Option(
            names = "--tz",
            paramLabel = "ZONE",
            description = {
                "The zone of times without one, and of the times in tables and CSV: Europe/Berlin, +02:00, local. "
                        + "(UTC)"
            })
    private @Nullable String name;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** The zone; throws a {@link ParameterException} with the nearest name if there is none of that name. */
    public ZoneId zone() {
        if (name == null) {
            return ZoneOffset.UTC;
        }
        if (name.equals("local")) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw rejected("there is no time zone '" + name + "'" + meant(nearest(name)));
        }
    }

    /** The instant that an option stands for, as the API takes it; empty if the option was not given. */
    public Optional<String> instant(String option, @Nullable String text, Instant now) {
        if (text == null) {
            return Optional.empty();
        }
        ZoneId zone = zone();
        return Optional.of(TimeExpression.find(text, zone, now)
                .orElseThrow(() -> rejected(option + " '" + text
                        + "' is not a time such as 2024-01-31, 2024-01-31T10:00, 2024-01, 2024, -30d, -12h or yesterday"
                        + meant(TimeExpression.nearest(text, zone, now))))
                .toString());
    }

    /** An instant that the API returned, as shown: unchanged in UTC, else with the offset of the zone. */
    public String shown(String instant) {
        if (name == null || instant.isEmpty()) {
            return instant;
        }
        ZoneId zone = zone();
        try {
            return zone.equals(ZoneOffset.UTC)
                    ? instant
                    : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                            Instant.parse(instant).atZone(zone));
        } catch (DateTimeException notAnInstant) {
            return instant;
        }
    }

    private static String meant(Optional<String> nearest) {
        return nearest.map(it -> "; did you mean '" + it + "'?").orElse("");
    }

    /** The nearest zone: by its whole name, else by its city. */
    static Optional<String> nearest(String wrong) {
        String sought = wrong.replace(' ', '_').toLowerCase(Locale.ROOT);
        int limit = Math.max(1, sought.length() / 3);
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> !id.startsWith("SystemV/"))
                .filter(id -> distance(sought, id) <= limit)
                .min(Comparator.<String>comparingInt(id -> distance(sought, id))
                        .thenComparingInt(id -> id.equalsIgnoreCase(sought) ? 0 : 1)
                        .thenComparingInt(id -> id.contains("/") ? 0 : 1)
                        .thenComparing(id -> id));
    }

    private static int distance(String sought, String id) {
        String lower = id.toLowerCase(Locale.ROOT);
        int whole = EditDistance.between(sought, lower);
        return sought.contains("/")
                ? whole
                : Math.min(whole, EditDistance.between(sought, lower.substring(lower.lastIndexOf('/') + 1)));
    }

    private ParameterException rejected(String message) {
        if (command == null) {
            throw new IllegalStateException(message);
        }
        return new ParameterException(command.commandLine(), message);
    }
}
