package io.marketbrain.model.calendar;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The trading days and hours of an exchange, in its own time zone. Where it is not in the table of exchanges, and in years
 * for which the table has no holidays, every weekday counts as a trading day. Immutable.
 */
public final class ExchangeCalendar {
    /** Hours in which every exchange is open, or nearly; for those that are not in the table. */
    private static final List<Hours> COMMON_HOURS = List.of(new Hours(LocalTime.of(10, 0), LocalTime.of(16, 0)));

    private final ZoneId zone;
    private final List<Hours> hours;
    private final Set<LocalDate> holidays;
    private final Map<LocalDate, LocalTime> halfDays;
    private final int firstYear;
    private final int lastYear;
    private final LocalDate earlierUntil;
    private final List<Hours> earlierHours;

    /** A part of the trading day; some exchanges close for lunch. */
    record Hours(LocalTime from, LocalTime until) {}

    /**
     * @param halfDays when the exchange closes on days on which it closes early
     * @param firstYear the first year whose holidays are known; with {@code lastYear} before it none is
     */
    ExchangeCalendar(
            ZoneId zone,
            List<Hours> hours,
            Set<LocalDate> holidays,
            Map<LocalDate, LocalTime> halfDays,
            int firstYear,
            int lastYear) {
        this(zone, hours, holidays, halfDays, firstYear, lastYear, LocalDate.MIN, List.of());
    }

    private ExchangeCalendar(
            ZoneId zone,
            List<Hours> hours,
            Set<LocalDate> holidays,
            Map<LocalDate, LocalTime> halfDays,
            int firstYear,
            int lastYear,
            LocalDate earlierUntil,
            List<Hours> earlierHours) {
        this.zone = zone;
        this.hours = List.copyOf(hours);
        this.holidays = Set.copyOf(holidays);
        this.halfDays = Map.copyOf(halfDays);
        this.firstYear = firstYear;
        this.lastYear = lastYear;
        this.earlierUntil = earlierUntil;
        this.earlierHours = List.copyOf(earlierHours);
    }

    /** The same calendar with other hours up to a day, inclusive. */
    ExchangeCalendar withEarlierHours(LocalDate until, List<Hours> earlier) {
        return new ExchangeCalendar(zone, hours, holidays, halfDays, firstYear, lastYear, until, earlier);
    }

    /**
     * The calendar of an exchange.
     *
     * @param mic its ISO 10383 code; null if it is not known, and the main exchange in the zone counts
     * @param zone the IANA zone of its trading day; empty is returned if there is no such zone
     */
    public static Optional<ExchangeCalendar> find(@Nullable String mic, String zone) {
        Optional<ExchangeCalendar> listed =
                mic == null ? Optional.empty() : Optional.ofNullable(ExchangeTable.BY_MIC.get(mic));
        if (listed.isEmpty()) {
            listed = Optional.ofNullable(ExchangeTable.BY_ZONE.get(zone));
        }
        if (listed.isPresent()) {
            return listed;
        }
        try {
            return Optional.of(new ExchangeCalendar(ZoneId.of(zone), COMMON_HOURS, Set.of(), Map.of(), 1, 0));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    /** The days on which the euro system settles (T2, formerly TARGET2), on which the ECB publishes its rates. */
    public static ExchangeCalendar euroSystem() {
        return ExchangeTable.BY_MIC.getOrDefault(ExchangeTable.EURO_SYSTEM, weekdays());
    }

    /** Every weekday; no holiday is known. */
    static ExchangeCalendar weekdays() {
        return new ExchangeCalendar(ZoneId.of("UTC"), COMMON_HOURS, Set.of(), Map.of(), 1, 0);
    }

    public ZoneId zone() {
        return zone;
    }

    /** Whether the holidays of the day's year are known. */
    public boolean knows(LocalDate day) {
        return day.getYear() >= firstYear && day.getYear() <= lastYear;
    }

    public boolean isTradingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !holidays.contains(day);
    }

    /** Whether the exchange closes early on the day. */
    public boolean isHalfDay(LocalDate day) {
        return halfDays.containsKey(day);
    }

    /** When the exchange is open on the day, oldest first; none if it is closed. */
    public List<TradingSession> sessions(LocalDate day) {
        return sessions(day, LocalTime.MIN, LocalTime.MAX);
    }

    /** The parts of the day's sessions between two times of its clock. */
    public List<TradingSession> sessions(LocalDate day, LocalTime notBefore, LocalTime notAfter) {
        if (!isTradingDay(day)) {
            return List.of();
        }
        LocalTime end = earlier(notAfter, halfDays.getOrDefault(day, LocalTime.MAX));
        return (day.isAfter(earlierUntil) ? hours : earlierHours)
                .stream()
                        .map(part -> new Hours(later(part.from(), notBefore), earlier(part.until(), end)))
                        .filter(part -> part.from().isBefore(part.until()))
                        .map(part -> new TradingSession(
                                day.atTime(part.from()).atZone(zone).toInstant(),
                                day.atTime(part.until()).atZone(zone).toInstant()))
                        .toList();
    }

    private static LocalTime later(LocalTime a, LocalTime b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalTime earlier(LocalTime a, LocalTime b) {
        return a.isBefore(b) ? a : b;
    }
}
