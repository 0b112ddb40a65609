package io.marketbrain.provider.mapping.notation;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketDataBounds;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.PayloadText;
import io.marketbrain.payload.PeriodText;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a provider writes instants, in requests as in responses: as a number of units since the Unix epoch, or as text. Exact; a
 * fraction of a unit counts.
 *
 * @param digits how many decimal digits the unit is below a second, for numbers; {@link #BY_MAGNITUDE} where the number says it
 * @param text the format of texts; null for numbers
 * @param zone the zone of texts that name none, and of the day that {@code startOf} is about
 * @param at the time of day of texts that name none
 * @param prefix whether text after the time is ignored
 * @param period whether texts are periods, whose first day is meant; requests name days
 * @param startOf the period whose start is meant, where another time of it is written; null if the time itself is
 * @param length how long the candle is whose end is written, where its start is meant; zero if the start is written
 */
public record TimeFormat(
        int digits,
        @Nullable DateTimeFormatter text,
        ZoneId zone,
        LocalTime at,
        boolean prefix,
        boolean period,
        @Nullable StartOf startOf,
        Duration length) {

    /** The periods that may be named by another time of theirs than their start, such as the last day or the close. */
    enum StartOf {
        DAY(date -> date),
        WEEK(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
        MONTH(TemporalAdjusters.firstDayOfMonth());

        @SuppressWarnings("ImmutableEnumChecker") // the adjusters of the JDK are immutable
        private final TemporalAdjuster firstDay;

        StartOf(TemporalAdjuster firstDay) {
            this.firstDay = firstDay;
        }
    }

    private static final int NANO_DIGITS = 9;

    /** Of providers that document one unit and send another. */
    private static final int BY_MAGNITUDE = -1;

    /** A number of seconds since 1973 has from 9 to 11 digits before the point, and three more for each smaller unit. */
    private static final int DIGITS_OF_SECONDS = 9;

    public static final TimeFormat MILLIS = number(3);

    private static TimeFormat number(int digits) {
        return new TimeFormat(digits, null, ZoneOffset.UTC, LocalTime.MIDNIGHT, false, false, null, Duration.ZERO);
    }

    /** {@code {"format": "date", "zone": "Europe/Berlin", "at": "14:10"}}, where only the format is needed. */
    public static TimeFormat read(DescriptorObject json) {
        TimeFormat format = readOpen(json);
        if (format.digits == BY_MAGNITUDE) {
            throw json.wrong("format", "is for responses only; a request needs a unit");
        }
        json.end();
        return format;
    }

    /** Reads the keys of a time from an object that has others, too. */
    public static TimeFormat readOpen(DescriptorObject json) {
        String name = json.text("format");
        TimeFormat number = switch (name) {
            case "seconds" -> number(0);
            case "millis" -> MILLIS;
            case "micros" -> number(6);
            case "nanos" -> number(NANO_DIGITS);
            case "epoch" -> number(BY_MAGNITUDE);
            default -> null;
        };
        if (number != null) {
            StartOf startOf = startOf(json);
            return new TimeFormat(
                    number.digits,
                    null,
                    startOf == null ? number.zone : zone(json),
                    number.at,
                    false,
                    false,
                    startOf,
                    length(json));
        }
        DateTimeFormatter text = switch (name) {
            case "iso" -> DateTimeFormatter.ISO_DATE_TIME;
            case "date", "period" -> DateTimeFormatter.ISO_LOCAL_DATE;
            case "rfc1123" -> DateTimeFormatter.RFC_1123_DATE_TIME;
            default ->
                json.parsed(
                        "format",
                        pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                                .withResolverStyle(ResolverStyle.STRICT),
                        "must be seconds, millis, micros, nanos, epoch, iso, date, period, rfc1123 or a pattern such as uuuu-MM-dd HH:mm");
        };
        return new TimeFormat(
                0,
                text,
                zone(json),
                json.has("at")
                        ? json.parsed("at", LocalTime::parse, "must be a time of day, such as 16:30")
                        : LocalTime.MIDNIGHT,
                json.flag("prefix", false),
                name.equals("period"),
                startOf(json),
                length(json));
    }

    private static ZoneId zone(DescriptorObject json) {
        return json.has("zone")
                ? json.parsed("zone", ZoneId::of, "must be an IANA time zone, such as UTC")
                : ZoneOffset.UTC;
    }

    private static @Nullable StartOf startOf(DescriptorObject json) {
        return json.has("start_of") ? json.choice("start_of", StartOf.class) : null;
    }

    /** {@code "end_of": "30m"}: the time is the end of a candle of this interval. */
    private static Duration length(DescriptorObject json) {
        return json.has("end_of")
                ? json.parsed(
                        "end_of",
                        name -> Interval.find(name)
                                .orElseThrow(() -> new IllegalArgumentException(name))
                                .length(),
                        "must be an interval, such as 30m")
                : Duration.ZERO;
    }

    /**
     * Whether a value that can be read names only a day, so that its time of day is {@code at}.
     *
     * @param timeOfDay the rest of the text, where it is in a separate field
     */
    public boolean isDay(PayloadNode node, Optional<PayloadNode> timeOfDay) throws MalformedPayload {
        return text != null
                && !period
                && startOf == null
                && parsed(text, written(node, timeOfDay)).query(TemporalQueries.localTime()) == null;
    }

    private static String written(PayloadNode node, Optional<PayloadNode> timeOfDay) throws MalformedPayload {
        return timeOfDay.isPresent() ? node.text() + " " + timeOfDay.get().text() : node.text();
    }

    private TemporalAccessor parsed(DateTimeFormatter format, String value) {
        return prefix ? format.parse(value, new ParsePosition(0)) : format.parse(value);
    }

    /**
     * The instant that a value is.
     *
     * @param timeOfDay the rest of the text, where it is in a separate field
     */
    public Instant read(PayloadNode node, Optional<PayloadNode> timeOfDay) throws MalformedPayload {
        Instant instant;
        try {
            Instant written = text == null ? fromNumber(node.decimal()) : fromText(text, written(node, timeOfDay));
            instant = written.minus(length);
        } catch (DateTimeException | ArithmeticException e) {
            throw new MalformedPayload(
                    node + " is not a time of the documented format: " + PayloadText.shown(written(node, timeOfDay)));
        }
        if (!MarketDataBounds.isInstant(instant)) {
            throw new MalformedPayload(node + " is not an instant between 1900 and 2200");
        }
        return instant;
    }

    private Instant fromNumber(BigDecimal value) {
        int unit = digits == BY_MAGNITUDE ? unit(value) : digits;
        var written = Instant.ofEpochSecond(
                0, value.movePointRight(NANO_DIGITS - unit).toBigInteger().longValueExact());
        return startOf == null
                ? written
                : LocalDate.ofInstant(written, zone)
                        .with(startOf.firstDay)
                        .atStartOfDay(zone)
                        .toInstant();
    }

    /** The digits below a second of the unit that a number of this length is in. */
    private static int unit(BigDecimal value) {
        int length = value.precision() - value.scale();
        return Math.clamp((length - DIGITS_OF_SECONDS) / 3 * 3L, 0, NANO_DIGITS);
    }

    private Instant fromText(DateTimeFormatter format, String value) {
        if (period && value.indexOf('T') < 5) {
            return PeriodText.firstDay(value).atTime(at).atZone(zone).toInstant();
        }
        TemporalAccessor parsed = parsed(format, value);
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId written = parsed.query(TemporalQueries.zone());
        // A local time that occurs twice is the earlier one; one that is skipped is moved by the length of the gap.
        ZonedDateTime named = ZonedDateTime.of(
                LocalDateTime.of(LocalDate.from(parsed), time == null ? at : time), written == null ? zone : written);
        return startOf == null
                ? named.toInstant()
                : named.withZoneSameInstant(zone)
                        .toLocalDate()
                        .with(startOf.firstDay)
                        .atTime(at)
                        .atZone(zone)
                        .toInstant();
    }

    /** An instant as the provider writes it in requests; what is finer than the format is cut off. */
    public String write(Instant instant) {
        if (text == null) {
            return BigDecimal.valueOf(instant.getEpochSecond())
                    .movePointRight(digits)
                    .add(BigDecimal.valueOf(instant.getNano())
                            .movePointLeft(NANO_DIGITS - digits)
                            .setScale(0, RoundingMode.DOWN))
                    .toPlainString();
        }
        return text == DateTimeFormatter.ISO_DATE_TIME ? instant.toString() : text.format(instant.atZone(zone));
    }
}
