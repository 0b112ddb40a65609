package io.marketbrain.model.calendar;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Collections;
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
    private static final Week COMMON = new Week(
            List.of(new Hours(LocalTime.of(10, 0), LocalTime.of(16, 0))),
            List.of(),
            Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
            Map.of());

    private static final ZoneRules NEW_YORK = ZoneId.of("America/New_York").getRules();

    private final ZoneId zone;
    private final Week week;
    private final Days days;
    private final LocalDate earlierUntil;
    private final Week earlier;

    /** Years without a break. */
    public record Years(int first, int last) {}

    /** A part of the trading day; some exchanges close for lunch. */
    record Hours(LocalTime from, LocalTime until) {}

    /**
     * The usual week.
     *
     * @param winter the hours while New York has standard time, at exchanges that follow its clock; empty if they are the same
     * @param weekend the days of the week without trading
     * @param closings when the exchange closes on days of the week on which it does so earlier
     */
    record Week(List<Hours> hours, List<Hours> winter, Set<DayOfWeek> weekend, Map<DayOfWeek, LocalTime> closings) {
        Week {
            hours = List.copyOf(hours);
            winter = List.copyOf(winter);
            weekend = Set.copyOf(weekend);
            closings = Map.copyOf(closings);
        }

        private List<Hours> on(LocalDate day) {
            Instant noon = day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
            return winter.isEmpty() || NEW_YORK.isDaylightSavings(noon) ? hours : winter;
        }
    }

    /**
     * The days that are unlike the usual ones.
     *
     * @param halfDays when the exchange closes on days on which it closes early
     * @param ownHours the hours of days that have others, and of those at the weekend on which it is open
     * @param years those whose days are known
     */
    record Days(
            Set<LocalDate> holidays,
            Map<LocalDate, LocalTime> halfDays,
            Map<LocalDate, List<Hours>> ownHours,
            Set<Integer> years) {
        static final Days UNKNOWN = new Days(Set.of(), Map.of(), Map.of(), Set.of());

        Days {
            holidays = Set.copyOf(holidays);
            halfDays = Map.copyOf(halfDays);
            ownHours = Map.copyOf(ownHours);
            years = Set.copyOf(years);
        }
    }

    ExchangeCalendar(ZoneId zone, Week week, Days days) {
        this(zone, week, days, LocalDate.MIN, week);
    }

    private ExchangeCalendar(ZoneId zone, Week week, Days days, LocalDate earlierUntil, Week earlier) {
        this.zone = zone;
        this.week = week;
        this.days = days;
        this.earlierUntil = earlierUntil;
        this.earlier = earlier;
    }

    /** The same calendar with another week up to a day, inclusive. */
    ExchangeCalendar withEarlier(LocalDate until, Week before) {
        return new ExchangeCalendar(zone, week, days, until, before);
    }

    /**
     * The calendar of an exchange. Of one that is not in the table, nothing but weekends is known.
     *
     * @param mic its ISO 10383 code, which counts more than the zone; null if it is not known, and the main exchange in the zone counts
     * @param zone the IANA zone of its trading day; empty is returned if there is no such zone
     */
    public static Optional<ExchangeCalendar> find(@Nullable String mic, String zone) {
        ExchangeCalendar listed = mic == null ? ExchangeTable.BY_ZONE.get(zone) : ExchangeTable.BY_MIC.get(mic);
        if (listed != null) {
            return Optional.of(listed);
        }
        try {
            return Optional.of(new ExchangeCalendar(ZoneId.of(zone), COMMON, Days.UNKNOWN));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    /** The zone of an exchange; empty if the exchange is not known. */
    public static Optional<String> findZone(String mic) {
        return Optional.ofNullable(ExchangeTable.BY_MIC.get(mic)).map(calendar -> calendar.zone.getId());
    }

    /** The days on which the euro system settles (T2, formerly TARGET2), on which the ECB publishes its rates. */
    public static ExchangeCalendar euroSystem() {
        return ExchangeTable.BY_MIC.getOrDefault(ExchangeTable.EURO_SYSTEM, weekdays());
    }

    /** Every weekday; no holiday is known. */
    static ExchangeCalendar weekdays() {
        return new ExchangeCalendar(ZoneId.of("UTC"), COMMON, Days.UNKNOWN);
    }

    public ZoneId zone() {
        return zone;
    }

    /** Whether the holidays of the day's year are known. */
    public boolean knows(LocalDate day) {
        return days.years().contains(day.getYear());
    }

    /** The years whose holidays are known; empty if those of no year are. */
    public Optional<Years> knownYears() {
        return days.years().isEmpty()
                ? Optional.empty()
                : Optional.of(new Years(Collections.min(days.years()), Collections.max(days.years())));
    }

    /** Whether the hours of the exchange are known; else they are those in which nearly every exchange is open. */
    @SuppressWarnings("ReferenceEquality") // an exchange may have the same hours
    public boolean knowsHours() {
        return week != COMMON;
    }

    public boolean isTradingDay(LocalDate day) {
        return days.ownHours().containsKey(day)
                || (!week(day).weekend().contains(day.getDayOfWeek())
                        && !days.holidays().contains(day));
    }

    private Week week(LocalDate day) {
        return day.isAfter(earlierUntil) ? week : earlier;
    }

    /** Whether the exchange has hours on the day that only it has, such as those of a half day. */
    public boolean hasOtherHours(LocalDate day) {
        return days.halfDays().containsKey(day) || days.ownHours().containsKey(day);
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
        Week usual = week(day);
        LocalTime closing = earlier(
                days.halfDays().getOrDefault(day, LocalTime.MAX),
                usual.closings().getOrDefault(day.getDayOfWeek(), LocalTime.MAX));
        LocalTime end = earlier(notAfter, days.ownHours().containsKey(day) ? LocalTime.MAX : closing);
        return days.ownHours().getOrDefault(day, usual.on(day)).stream()
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
