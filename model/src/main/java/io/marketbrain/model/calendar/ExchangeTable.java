package io.marketbrain.model.calendar;

import io.marketbrain.model.calendar.ExchangeCalendar.Hours;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The exchanges whose holidays and half days are known, from 2024 to 2027. Read when a calendar is first needed.
 *
 * <p>Only weekdays are listed. Closures that were announced at short notice are included where they had happened when the
 * table was written. Where a source has no dates for 2027 yet, they follow from the public holidays that the exchange observes.
 */
final class ExchangeTable {
    static final String EURO_SYSTEM = "T2";

    private static final int FIRST_YEAR = 2024;
    private static final int LAST_YEAR = 2027;

    /**
     * A line for each group of exchanges: {@code MICs zone hours}, then its source, then {@code until} a day with the hours up
     * to that day if they were others, then per year the holidays, and after a slash the half days with the time at which they
     * end.
     */
    private static final String TABLE = """
            XNYS,XNAS,ARCX,XASE,BATS America/New_York 09:30-16:00
            # https://www.nyse.com/trade/hours-calendars
            2024 0101 0115 0219 0329 0527 0619 0704 0902 1128 1225 / 13:00 0703 1129 1224
            2025 0101 0109 0120 0217 0418 0526 0619 0704 0901 1127 1225 / 13:00 0703 1128 1224
            2026 0101 0119 0216 0403 0525 0619 0703 0907 1126 1225 / 13:00 1127 1224
            2027 0101 0118 0215 0326 0531 0618 0705 0906 1125 1224 / 13:00 1126
            XTSE,XTSX America/Toronto 09:30-16:00
            # https://www.tsx.com/en/trading/calendars-and-trading-hours
            2024 0101 0219 0329 0520 0701 0805 0902 1014 1225 1226 / 13:00 1224
            2025 0101 0217 0418 0519 0701 0804 0901 1013 1225 1226 / 13:00 1224
            2026 0101 0216 0403 0518 0701 0803 0907 1012 1225 1228 / 13:00 1224
            2027 0101 0215 0326 0524 0701 0802 0906 1011 1227 1228 / 13:00 1224
            XLON Europe/London 08:00-16:30
            # https://www.londonstockexchange.com/equities-trading/business-days
            2024 0101 0329 0401 0506 0527 0826 1225 1226 / 12:30 1224 1231
            2025 0101 0418 0421 0505 0526 0825 1225 1226 / 12:30 1224 1231
            2026 0101 0403 0406 0504 0525 0831 1225 1228 / 12:30 1224 1231
            2027 0101 0326 0329 0503 0531 0830 1227 1228 / 12:30 1224 1231
            XETR,XFRA Europe/Berlin 09:00-17:30
            # https://www.xetra.com/xetra-en/trading/trading-calendar-and-trading-hours
            2024 0101 0329 0401 0501 1224 1225 1226 1231 / 14:00 1230
            2025 0101 0418 0421 0501 1224 1225 1226 1231 / 14:00 1230
            2026 0101 0403 0406 0501 1224 1225 1231 / 14:00 1230
            2027 0101 0326 0329 1224 1231 / 14:00 1230
            XPAR Europe/Paris 09:00-17:30
            # https://www.euronext.com/en/trade/trading-hours-holidays
            2024 0101 0329 0401 0501 1225 1226 / 14:05 1224 1231
            2025 0101 0418 0421 0501 1225 1226 / 14:05 1224 1231
            2026 0101 0403 0406 0501 1225 / 14:05 1224 1231
            2027 0101 0326 0329 / 14:05 1224 1231
            XAMS Europe/Amsterdam 09:00-17:30
            # https://www.euronext.com/en/trade/trading-hours-holidays
            2024 0101 0329 0401 0501 1225 1226 / 14:05 1224 1231
            2025 0101 0418 0421 0501 1225 1226 / 14:05 1224 1231
            2026 0101 0403 0406 0501 1225 / 14:05 1224 1231
            2027 0101 0326 0329 / 14:05 1224 1231
            XSWX Europe/Zurich 09:00-17:30
            # https://www.six-group.com/en/products-services/the-swiss-stock-exchange/market-data/news-tools/trading-currency-holiday-calendar.html
            2024 0101 0102 0329 0401 0501 0509 0520 0801 1224 1225 1226 1231
            2025 0101 0102 0418 0421 0501 0529 0609 0801 1224 1225 1226 1231
            2026 0101 0102 0403 0406 0501 0514 0525 1224 1225 1231
            2027 0101 0326 0329 0506 0517 1224 1231
            XTKS,XJPX Asia/Tokyo 09:00-11:30,12:30-15:30
            # https://www.jpx.co.jp/english/corporate/about-jpx/calendar/
            until 2024-11-04 09:00-11:30,12:30-15:00
            2024 0101 0102 0103 0108 0212 0223 0320 0429 0503 0506 0715 0812 0916 0923 1014 1104 1231
            2025 0101 0102 0103 0113 0211 0224 0320 0429 0505 0506 0721 0811 0915 0923 1013 1103 1124 1231
            2026 0101 0102 0112 0211 0223 0320 0429 0504 0505 0506 0720 0811 0921 0922 0923 1012 1103 1123 1231
            2027 0101 0111 0211 0223 0322 0429 0503 0504 0505 0719 0811 0920 0923 1011 1103 1123 1231
            XHKG Asia/Hong_Kong 09:30-12:00,13:00-16:00
            # https://www.hkex.com.hk/News/HKEX-Calendar
            2024 0101 0212 0213 0329 0401 0404 0501 0515 0610 0701 0906 0918 1001 1011 1225 1226 / 12:00 0209 1224 1231
            2025 0101 0129 0130 0131 0404 0418 0421 0501 0505 0701 1001 1007 1029 1225 1226 / 12:00 0128 1224 1231
            2026 0101 0217 0218 0219 0403 0406 0407 0501 0525 0619 0701 1001 1019 1225 / 12:00 0216 1224 1231
            2027 0101 0208 0209 0326 0329 0405 0513 0609 0701 0916 1001 1008 1227 / 12:00 0205 1224 1231
            XASX Australia/Sydney 10:00-16:00
            # https://www.asx.com.au/markets/market-resources/trading-hours-calendar/cash-market-trading-hours
            2024 0101 0126 0329 0401 0425 0610 1225 1226 / 14:10 1224 1231
            2025 0101 0127 0418 0421 0425 0609 1225 1226 / 14:10 1224 1231
            2026 0101 0126 0403 0406 0608 1225 1228 / 14:10 1224 1231
            2027 0101 0126 0326 0329 0614 1227 1228 / 14:10 1224 1231
            T2 Europe/Berlin 07:00-18:00
            # https://www.ecb.europa.eu/ecb/contacts/working-hours/html/index.en.html
            2024 0101 0329 0401 0501 1225 1226
            2025 0101 0418 0421 0501 1225 1226
            2026 0101 0403 0406 0501 1225
            2027 0101 0326 0329
            """;

    static final Map<String, ExchangeCalendar> BY_MIC;
    /** The main exchange of each zone, which stands first. */
    static final Map<String, ExchangeCalendar> BY_ZONE;

    static {
        Map<String, ExchangeCalendar> byMic = new HashMap<>();
        Map<String, ExchangeCalendar> byZone = new HashMap<>();
        for (List<String> group : groups()) {
            ExchangeCalendar calendar = calendar(group);
            String[] head = group.getFirst().split(" ", -1);
            for (String mic : head[0].split(",", -1)) {
                byMic.put(mic, calendar);
            }
            if (!head[0].equals(EURO_SYSTEM)) {
                byZone.putIfAbsent(head[1], calendar);
            }
        }
        BY_MIC = Map.copyOf(byMic);
        BY_ZONE = Map.copyOf(byZone);
    }

    private ExchangeTable() {}

    private static List<List<String>> groups() {
        List<List<String>> groups = new ArrayList<>();
        for (String line : TABLE.lines().toList()) {
            if (Character.isUpperCase(line.charAt(0))) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(line);
        }
        return groups;
    }

    private static ExchangeCalendar calendar(List<String> group) {
        String[] head = group.getFirst().split(" ", -1);
        List<Hours> hours = hours(head[2]);
        String[] until = group.get(2).split(" ", -1);
        boolean changed = until[0].equals("until");
        Set<LocalDate> holidays = new HashSet<>();
        Map<LocalDate, LocalTime> halfDays = new HashMap<>();
        for (String year : group.subList(changed ? 3 : 2, group.size())) {
            int slash = year.indexOf(" / ");
            String[] days = (slash < 0 ? year : year.substring(0, slash)).split(" ", -1);
            for (int i = 1; i < days.length; i++) {
                holidays.add(day(days[0], days[i]));
            }
            if (slash >= 0) {
                String[] half = year.substring(slash + 3).split(" ", -1);
                for (int i = 1; i < half.length; i++) {
                    halfDays.put(day(days[0], half[i]), LocalTime.parse(half[0]));
                }
            }
        }
        var calendar = new ExchangeCalendar(ZoneId.of(head[1]), hours, holidays, halfDays, FIRST_YEAR, LAST_YEAR);
        return changed ? calendar.withEarlierHours(LocalDate.parse(until[1]), hours(until[2])) : calendar;
    }

    private static List<Hours> hours(String parts) {
        List<Hours> hours = new ArrayList<>();
        for (String part : parts.split(",", -1)) {
            int dash = part.indexOf('-');
            hours.add(new Hours(LocalTime.parse(part.substring(0, dash)), LocalTime.parse(part.substring(dash + 1))));
        }
        return hours;
    }

    private static LocalDate day(String year, String monthAndDay) {
        return LocalDate.of(
                Integer.parseInt(year),
                Integer.parseInt(monthAndDay.substring(0, 2)),
                Integer.parseInt(monthAndDay.substring(2)));
    }
}
