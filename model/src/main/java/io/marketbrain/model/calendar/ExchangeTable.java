package io.marketbrain.model.calendar;

import io.marketbrain.model.calendar.ExchangeCalendar.Days;
import io.marketbrain.model.calendar.ExchangeCalendar.Hours;
import io.marketbrain.model.calendar.ExchangeCalendar.Week;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The hours and weekends of exchanges, and of most of them the holidays and half days of 2024 to 2027 or some of these years. Read when a
 * calendar is first needed.
 *
 * <p>Weekends are listed only where an exchange is open. Short sessions on holidays, as that of Diwali in India, are left out.
 * Closures that were announced at short notice are included where they had happened when the table was written. Where no
 * calendar of the exchange was found for a year, its row follows from the public holidays that the exchange observes and is marked
 * {@code by rule}, unless these are announced year by year.
 */
final class ExchangeTable {
    static final String EURO_SYSTEM = "T2";

    private static final String UNTIL = "until ";
    private static final String OPEN = "open";
    private static final String BY_RULE = " # by rule";
    private static final String WEEKEND = "weekend";
    private static final String WINTER = "winter";
    private static final DateTimeFormatter DAY_OF_WEEK = DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH);

    /**
     * A line for each group of exchanges: {@code MICs zone hours}, then its source, then {@code until} a day with the hours up
     * to that day if they were others, then per year the holidays, after a slash the half days with the time at which they
     * end, and after {@code open} days with the hours that only they have, also at the weekend; {@code # by rule} ends a
     * row without a source. After the hours, {@code weekend=} has the days
     * of the week without trading unless they are Saturday and Sunday, {@code Fri=13:50} is when that day ends, and {@code winter=} has
     * the hours while New York has standard time, at exchanges that follow its clock.
     */
    private static final String TABLE = """
            XNYS,XNAS,ARCX,XASE,BATS America/New_York 09:30-16:00
            # https://www.nyse.com/trade/hours-calendars
            2024 0101 0115 0219 0329 0527 0619 0704 0902 1128 1225 / 13:00 0703 1129 1224
            2025 0101 0109 0120 0217 0418 0526 0619 0704 0901 1127 1225 / 13:00 0703 1128 1224
            2026 0101 0119 0216 0403 0525 0619 0703 0907 1126 1225 / 13:00 1127 1224
            2027 0101 0118 0215 0326 0531 0618 0705 0906 1125 1224 / 13:00 1126
            XTSE,XTSX,XCNQ,NEOE America/Toronto 09:30-16:00
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
            XETR Europe/Berlin 09:00-17:30
            # https://www.xetra.com/xetra-en/trading/trading-calendar-and-trading-hours
            2024 0101 0329 0401 0501 1224 1225 1226 1231 / 14:00 1230
            2025 0101 0418 0421 0501 1224 1225 1226 1231 / 14:00 1230
            2026 0101 0403 0406 0501 1224 1225 1231 / 14:00 1230
            2027 0101 0326 0329 1224 1231 / 14:00 1230
            XFRA,XSTU Europe/Berlin 08:00-22:00
            # https://www.boerse-frankfurt.de/en/know-how/trading/trading-hours
            2024 0101 0329 0401 0501 1224 1225 1226 1231 / 14:00 1230
            2025 0101 0418 0421 0501 1224 1225 1226 1231 / 14:00 1230
            2026 0101 0403 0406 0501 1224 1225 1231 / 14:00 1230
            2027 0101 0326 0329 1224 1231 / 14:00 1230
            XBER,XDUS,XHAM,XHAN,XMUN Europe/Berlin 08:00-20:00
            # https://www.deltavalue.de/handelszeiten/ the hours that all have, some until 22:00; days as in Frankfurt
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
            XBRU Europe/Brussels 09:00-17:30
            # https://www.euronext.com/en/trade/trading-hours-holidays
            2024 0101 0329 0401 0501 1225 1226 / 14:05 1224 1231
            2025 0101 0418 0421 0501 1225 1226 / 14:05 1224 1231
            2026 0101 0403 0406 0501 1225 / 14:05 1224 1231
            2027 0101 0326 0329 / 14:05 1224 1231
            XLIS Europe/Lisbon 08:00-16:30
            # https://www.euronext.com/en/trade/trading-hours-holidays
            2024 0101 0329 0401 0501 1225 1226 / 13:05 1224 1231
            2025 0101 0418 0421 0501 1225 1226 / 13:05 1224 1231
            2026 0101 0403 0406 0501 1225 / 13:05 1224 1231
            2027 0101 0326 0329 / 13:05 1224 1231
            XMIL Europe/Rome 09:00-17:30
            # https://www.borsaitaliana.it/borsaitaliana/calendario-e-orari-di-negoziazione/calendario-borsa-orari-di-negoziazione.en.htm
            2024 0101 0329 0401 0501 0815 1224 1225 1226 1231
            2025 0101 0418 0421 0501 0815 1224 1225 1226 1231
            2026 0101 0403 0406 0501 1224 1225 1231
            2027 0101 0326 0329 1224 1231 # by rule
            XMAD Europe/Madrid 09:00-17:30
            # https://www.bolsasymercados.es/bme-exchange/en/Trading/Markets/Equities/Trading-Calendar
            2024 0101 0329 0401 0501 1225 1226 / 14:00 1224 1231
            2025 0101 0418 0421 0501 1225 1226 / 14:00 1224 1231
            2026 0101 0403 0406 0501 1225 / 14:00 1224 1231
            2027 0101 0326 0329 / 14:00 1224 1231 # by rule
            XSTO Europe/Stockholm 09:00-17:25
            # https://www.nasdaq.com/european-market-activity/trading-hours
            2024 0101 0329 0401 0501 0509 0606 0621 1224 1225 1226 1231 / 13:00 0105 0328 0430 0508 1101
            2025 0101 0106 0418 0421 0501 0529 0606 0620 1224 1225 1226 1231 / 13:00 0417 0430 0528 1031
            2026 0101 0106 0403 0406 0501 0514 0619 1224 1225 1231 / 13:00 0105 0402 0430 0513 1030
            2027 0101 0106 0326 0329 0506 0625 1224 1231 / 13:00 0105 0325 0430 0505 1105
            XCSE Europe/Copenhagen 09:00-16:55
            # https://www.nasdaq.com/european-market-activity/trading-hours
            2024 0101 0328 0329 0401 0509 0510 0520 0605 1224 1225 1226 1231
            2025 0101 0417 0418 0421 0529 0530 0605 0609 1224 1225 1226 1231
            2026 0101 0402 0403 0406 0514 0515 0525 0605 1224 1225 1231
            2027 0101 0325 0326 0329 0506 0507 0517 1224 1231
            XHEL Europe/Helsinki 10:00-18:25
            # https://www.nasdaq.com/european-market-activity/trading-hours
            2024 0101 0329 0401 0501 0509 0621 1206 1224 1225 1226 1231
            2025 0101 0106 0418 0421 0501 0529 0620 1224 1225 1226 1231
            2026 0101 0106 0403 0406 0501 0514 0619 1224 1225 1231
            2027 0101 0106 0326 0329 0506 0625 1206 1224 1231
            XOSL Europe/Oslo 09:00-16:20
            # https://www.euronext.com/en/trade/trading-hours-holidays
            2024 0101 0328 0329 0401 0501 0509 0517 0520 1224 1225 1226 1231 / 13:00 0327
            2025 0101 0417 0418 0421 0501 0529 0609 1224 1225 1226 1231 / 13:00 0416
            2026 0101 0402 0403 0406 0501 0514 0525 1224 1225 1231 / 13:00 0401
            2027 0101 0325 0326 0329 0506 0517 1224 1231 / 13:00 0324
            XSHG,XSHE Asia/Shanghai 09:30-11:30,13:00-15:00
            # https://english.sse.com.cn/start/trading/schedule/
            2024 0101 0209 0212 0213 0214 0215 0216 0404 0405 0501 0502 0503 0610 0916 0917 1001 1002 1003 1004 1007
            2025 0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008
            2026 0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007
            XNSE,XBOM Asia/Kolkata 09:15-15:30
            # https://www.bseindia.com/static/markets/marketinfo/listholi.aspx
            2024 0122 0126 0308 0325 0329 0411 0417 0501 0520 0617 0717 0815 1002 1101 1115 1120 1225 / open 09:15-15:30 0120 / open 09:15-10:00,11:30-12:30 0302 / open 09:15-10:00,11:45-12:40 0518
            2025 0226 0314 0331 0410 0414 0418 0501 0815 0827 1002 1021 1022 1105 1225 / open 09:15-15:30 0201
            2026 0115 0126 0303 0326 0331 0403 0414 0501 0528 0626 0914 1002 1020 1110 1124 1225 / open 09:15-15:30 0201
            XKRX,XKOS Asia/Seoul 09:00-15:30
            # https://global.krx.co.kr/contents/GLB/05/0501/0501110000/GLB0501110000.jsp ; 2027: public holidays of the official almanac, and the exam on the third Thursday of November
            2024 0101 0209 0212 0301 0410 0501 0506 0515 0606 0815 0916 0917 0918 1001 1003 1009 1225 1231 / open 10:00-15:30 0102 / open 10:00-16:30 1114
            2025 0101 0127 0128 0129 0130 0303 0501 0505 0506 0603 0606 0815 1003 1006 1007 1008 1009 1225 1231 / open 10:00-15:30 0102 / open 10:00-16:30 1113
            2026 0101 0216 0217 0218 0302 0501 0505 0525 0603 0717 0817 0924 0925 1005 1009 1225 1231 / open 10:00-15:30 0102 / open 10:00-16:30 1119
            2027 0101 0208 0209 0301 0503 0505 0513 0719 0816 0914 0915 0916 1004 1011 1227 1231 / open 10:00-15:30 0104 / open 10:00-16:30 1118
            XSES Asia/Singapore 09:00-12:00,13:00-17:00
            # https://www.sgx.com/securities/trading-calendar
            2024 0101 0212 0329 0410 0501 0522 0617 0809 1031 1225 / 12:00 0209 1224 1231
            2025 0101 0129 0130 0331 0418 0501 0512 1020 1225 / 12:00 0128 1224 1231
            2026 0101 0217 0218 0403 0501 0527 0601 0810 1109 1225 / 12:00 0216 1224 1231
            BVMF America/Sao_Paulo 10:00-16:55 winter=10:00-17:55
            # https://www.b3.com.br/en_us/solutions/platforms/puma-trading-system/for-members-and-traders/trading-calendar/holidays/
            2024 0101 0212 0213 0329 0501 0530 1115 1120 1224 1225 1231 / open 13:00-17:55 0214
            2025 0101 0303 0304 0418 0421 0501 0619 1120 1224 1225 1231 / open 13:00-17:55 0305
            2026 0101 0216 0217 0403 0421 0501 0604 0907 1012 1102 1120 1224 1225 1231 / open 13:00-17:55 0218
            2027 0101 0208 0209 0326 0421 0527 0907 1012 1102 1115 1224 1231 / open 13:00-17:55 0210 # by rule
            XTAE Asia/Jerusalem 10:00-17:14 Fri=13:50
            # https://www.tase.co.il/en/content/about/tradingdays_change https://www.tase.co.il/en/content/knowledge_center/trading_vacation_schedule
            until 2026-01-03 10:00-17:14 weekend=Fri,Sat Sun=15:40
            2024 0324 0422 0423 0428 0429 0513 0514 0611 0612 0813 1002 1003 1016 1017 1023 1024 / 14:15 0424 0425 1020 1021 1022
            2025 0413 0430 0501 0601 0602 0803 0922 0923 0924 1001 1002 1006 1007 1013 1014 / 14:15 0414 0415 0416 0417 1008 1009 1012
            2026 0303 0401 0402 0407 0408 0421 0422 0521 0522 0723 0911 0918 0921 0925 1002 1027 / 14:15 0406 0928 0929 0930 1001
            2027 0323 0421 0422 0427 0428 0511 0512 0610 0611 0812 1001 1008 1011 1015 1022 / 14:15 0426 1018 1019 1020 1021
            XSAU Asia/Riyadh 10:00-15:00 weekend=Fri,Sat
            # https://www.saudiexchange.sa/wps/portal/saudiexchange/rules-guidance/capital-market-overview/trading-cycle-and-times
            2024 0222 0407 0408 0409 0410 0411 0616 0617 0618 0619 0620 0923
            2025 0223 0330 0331 0401 0402 0605 0608 0609 0610 0923
            2026 0222 0317 0318 0319 0322 0323 0524 0525 0526 0527 0528 0923
            DSMD Asia/Qatar 09:30-13:10 weekend=Fri,Sat
            # https://www.qe.com.qa/trading-hours
            XDUB Europe/Dublin 08:00-16:28
            # https://www.euronext.com/en/trade/trading-hours-holidays
            2024 0101 0329 0401 0501 0506 1225 1226 / 12:28 1224 1231
            2025 0101 0418 0421 0501 0505 1225 1226 / 12:28 1224 1231
            2026 0101 0403 0406 0501 0504 1225 1228 / 12:28 1224 1231
            2027 0101 0326 0329 0503 1227 1228 / 12:28 1224 1231 # by rule
            XWBO Europe/Vienna 09:00-17:30
            # https://www.wienerborse.at/en/trading/trading-information/trading-hours/ https://www.wienerborse.at/en/trading/trading-information/trading-calendar/
            2024 0101 0329 0401 0501 1224 1225 1226 1231
            2025 0101 0418 0421 0501 1224 1225 1226 1231
            2026 0101 0403 0406 0501 1026 1224 1225 1231
            2027 0101 0326 0329 1026 1224 1231
            XATH Europe/Athens 10:15-17:00
            # https://www.athexgroup.gr/trading-hours https://athexgroup.gr/en/trade/trading-model/calendar
            2024 0101 0318 0325 0329 0401 0503 0506 0507 0624 0815 1028 1224 1225 1226
            2025 0101 0106 0303 0325 0418 0421 0501 0609 0815 1028 1224 1225 1226
            2026 0101 0106 0223 0325 0403 0406 0410 0413 0501 0601 1028 1224 1225
            2027 0101 0106 0315 0325 0326 0329 0430 0503 0621 1028 1224 # by rule
            XICE Atlantic/Reykjavik 09:30-15:25
            # https://www.nasdaq.com/european-market-activity/trading-hours
            2024 0101 0328 0329 0401 0425 0501 0509 0520 0617 0805 1224 1225 1226 1231
            2025 0101 0417 0418 0421 0424 0501 0529 0609 0617 0804 1224 1225 1226 1231
            2026 0101 0402 0403 0406 0423 0501 0514 0525 0617 0803 1224 1225 1231
            2027 0101 0325 0326 0329 0422 0506 0517 0617 0802 1224 1231
            XWAR Europe/Warsaw 09:00-16:50
            # https://www.gpw.pl/session-details
            2024 0101 0329 0401 0501 0503 0530 0815 1101 1111 1224 1225 1226 1231
            2025 0101 0106 0418 0421 0501 0619 0815 1111 1224 1225 1226 1231
            2026 0101 0106 0403 0406 0501 0604 1111 1224 1225 1231
            2027 0101 0106 0326 0329 0503 0527 1101 1111 1224 1231
            XPRA Europe/Prague 09:00-16:20
            # https://www.pse.cz/en/trading/trading-information/trading-hours https://www.pse.cz/informace-o-obchodovani/kalendar-burzovnich-dni
            2024 0101 0329 0401 0501 0508 0705 1028 1224 1225 1226 1231 # by rule
            2025 0101 0418 0421 0501 0508 1028 1117 1224 1225 1226 1231 # by rule
            2026 0101 0403 0406 0501 0508 0706 0928 1028 1117 1224 1225 1231 # by rule
            2027 0101 0326 0329 0705 0706 0928 1028 1117 1224 1231 # by rule
            XBUD Europe/Budapest 09:00-17:00
            # https://www.bse.hu/Products-and-Services/Trading-information/trading-hours https://market-holiday.com/countries/hu/stock-market-holidays
            2024 0101 0315 0329 0401 0501 0520 0819 0820 1023 1101 1224 1225 1226 1227 1231
            2025 0101 0418 0421 0501 0502 0609 0820 1023 1024 1224 1225 1226 1231
            2026 0101 0102 0403 0406 0501 0525 0820 0821 1023 1224 1225 1231
            XIST Europe/Istanbul 10:00-18:00
            # https://www.borsaistanbul.com/en/markets/equity-market/market-functioning https://www.borsaistanbul.com/en/official-holidays https://www.haberekspres.com.tr/28-ekimde-borsa-kaca-kadar-acik-ne-zaman-kapanacak
            2024 0101 0410 0411 0412 0423 0501 0617 0618 0619 0715 0830 1029 / 12:30 0409 1028
            2025 0101 0331 0401 0423 0501 0519 0606 0609 0715 1029 / 12:30 0605 1028
            2026 0101 0320 0423 0501 0519 0527 0528 0529 0715 1029 / 12:30 0319 0526 1028
            2027 0101 0309 0310 0311 0423 0517 0518 0519 0715 0830 1029 / 12:30 0308 1028 # by rule
            XJSE Africa/Johannesburg 09:00-16:50
            # https://www.jse.co.za/trade/equities-market https://clientportal.jse.co.za/reports/trading-calendars
            2024 0101 0321 0329 0401 0501 0529 0617 0809 0924 1216 1225 1226 / 12:00 1224 1231
            2025 0101 0321 0418 0421 0428 0501 0616 0924 1216 1225 1226 / 12:00 1224 1231
            2026 0101 0403 0406 0427 0501 0616 0810 0924 1104 1216 1225 / 12:00 1224 1231
            2027 0101 0322 0326 0329 0427 0616 0809 0924 1216 1227 / 12:00 1224 1231 # by rule
            XMEX America/Mexico_City 07:30-14:00 winter=08:30-15:00
            # https://www.bmv.com.mx/en/bmv-group/holiday-schedule https://www.bmv.com.mx/es/grupo-bmv/calendario-de-dias-festivos
            2024 0101 0205 0318 0328 0329 0501 0916 1001 1118 1212 1225
            2025 0101 0203 0317 0417 0418 0501 0916 1117 1212 1225
            2026 0101 0202 0316 0402 0403 0501 0916 1102 1116 1225
            2027 0101 0201 0315 0325 0326 0916 1102 1115 # by rule
            XBUE America/Argentina/Buenos_Aires 11:00-17:00
            # https://www.byma.com.ar/en/trading-hours
            XSGO America/Santiago 09:30-16:00 winter=09:30-17:00
            # https://www.bolsadesantiago.com/mercado_horarios_feriados https://elcomercio.pe/economia/peru/nuam-conoce-los-horarios-especiales-de-operacion-por-cierre-de-ano-l-nuam-l-ultimas-noticia/
            2024 0101 0329 0501 0521 0620 0716 0815 0918 0919 0920 1031 1101 1225 1231 / 13:00 1224 1230 / 13:30 0328 0917
            2025 0101 0418 0501 0521 0620 0716 0815 0918 0919 1031 1208 1225 1231 / 13:00 1224 1230 / 13:30 0417 0917
            2026 0101 0403 0501 0521 0629 0716 0918 1012 1208 1225 1231 / 13:00 1224 1230 / 13:30 0402 0917
            2027 0101 0326 0521 0621 0628 0716 0917 1011 1101 1208 1231 / 13:00 1224 1230 / 13:30 0325 # by rule
            XTAI,ROCO Asia/Taipei 09:00-13:25
            # https://www.twse.com.tw/en/trading/holiday.html https://udn.com/news/story/7251/9104888
            2024 0101 0206 0207 0208 0209 0212 0213 0214 0228 0404 0405 0501 0610 0724 0725 0917 1002 1003 1010 1031
            2025 0101 0123 0124 0127 0128 0129 0130 0131 0228 0403 0404 0501 0530 0929 1006 1010 1024 1225
            2026 0101 0212 0213 0216 0217 0218 0219 0220 0227 0403 0406 0501 0619 0925 0928 1009 1026 1225
            XKLS Asia/Kuala_Lumpur 09:00-12:30,14:30-16:45
            # https://www.bursamalaysia.com/trade/trading_resources/equities/trading_hours https://www.bursamalaysia.com/about_bursa/about_us/calendar
            2024 0101 0125 0201 0212 0328 0410 0411 0501 0522 0603 0617 0708 0916 0917 1031 1225
            2025 0101 0129 0130 0211 0318 0331 0401 0501 0512 0602 0627 0901 0905 0915 0916 1020 1225
            XIDX Asia/Jakarta 09:00-11:30,14:00-15:49
            # https://www.idx.co.id/en/about-idx/trading-hours https://www.idx.co.id/en-us/news/trading-holiday/
            2024 0101 0208 0209 0214 0311 0312 0329 0408 0409 0410 0411 0412 0415 0501 0509 0510 0523 0524 0617 0618 0916 1127 1225 1226 1231
            2025 0101 0127 0128 0129 0328 0331 0401 0402 0403 0404 0407 0418 0501 0512 0513 0529 0530 0606 0609 0627 0818 0905 1225 1226 1231
            2026 0101 0116 0216 0217 0318 0319 0320 0323 0324 0403 0501 0514 0515 0527 0528 0601 0616 0817 0825 1224 1225 1231
            XBKK Asia/Bangkok 10:00-12:30,14:00-16:30
            # https://www.set.or.th/en/market/information/trading-procedure/trading-hours https://www.set.or.th/en/about/event-calendar/holiday
            2024 0101 0226 0408 0412 0415 0416 0501 0506 0522 0603 0722 0729 0812 1014 1023 1205 1210 1231
            2025 0101 0212 0407 0414 0415 0501 0505 0512 0602 0603 0710 0728 0811 0812 1013 1023 1205 1210 1231
            2026 0101 0102 0303 0406 0413 0414 0415 0501 0504 0601 0603 0728 0729 0812 1013 1016 1023 1207 1210 1231
            2027 0101 0222 0406 0413 0414 0415 0503 0504 0520 0603 0719 0728 0812 1013 1025 1206 1210 1231
            XNZE Pacific/Auckland 10:00-16:45
            # https://www.nzx.com/services/nzx-trading/hours-boards https://www.asx.com.au/markets/market-resources/asx-24-trading-calendar of 2026
            2024 0101 0102 0206 0329 0401 0425 0603 0628 1028 1225 1226 / 12:45 1224 1231 # by rule
            2025 0101 0102 0206 0418 0421 0425 0602 0620 1027 1225 1226 / 12:45 1224 1231 # by rule
            2026 0101 0102 0206 0403 0406 0427 0601 0710 1026 1225 1228 / 12:45 1224 1231
            2027 0101 0104 0208 0326 0329 0426 0607 0625 1025 1227 1228 / 12:45 1224 1231 # by rule
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
        List<String> head = words(group.getFirst());
        boolean changed = group.size() > 2 && group.get(2).startsWith(UNTIL);
        Set<Integer> years = new HashSet<>();
        Set<LocalDate> holidays = new HashSet<>();
        Map<LocalDate, LocalTime> halfDays = new HashMap<>();
        Map<LocalDate, List<Hours>> ownHours = new HashMap<>();
        for (String line : group.subList(changed ? 3 : 2, group.size())) {
            String[] parts = line.replace(BY_RULE, "").split(" / ", -1);
            List<String> days = words(parts[0]);
            int year = Integer.parseInt(days.getFirst());
            years.add(year);
            days.subList(1, days.size()).forEach(day -> holidays.add(day(year, day)));
            for (int i = 1; i < parts.length; i++) {
                List<String> unusual = words(parts[i]);
                boolean open = unusual.getFirst().equals(OPEN);
                String time = unusual.get(open ? 1 : 0);
                for (String word : unusual.subList(open ? 2 : 1, unusual.size())) {
                    if (open) {
                        ownHours.put(day(year, word), hours(time));
                    } else {
                        halfDays.put(day(year, word), LocalTime.parse(time));
                    }
                }
            }
        }
        var calendar = new ExchangeCalendar(
                ZoneId.of(head.get(1)),
                week(head.subList(2, head.size())),
                new Days(holidays, halfDays, ownHours, years));
        if (!changed) {
            return calendar;
        }
        List<String> earlier = words(group.get(2));
        return calendar.withEarlier(LocalDate.parse(earlier.get(1)), week(earlier.subList(2, earlier.size())));
    }

    private static List<String> words(String line) {
        return List.of(line.split(" ", -1));
    }

    /** The week that hours, and what may follow them, describe. */
    private static Week week(List<String> words) {
        Set<DayOfWeek> weekend = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
        List<Hours> winter = List.of();
        Map<DayOfWeek, LocalTime> closings = new EnumMap<>(DayOfWeek.class);
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            String name = word.substring(0, equals);
            String value = word.substring(equals + 1);
            if (name.equals(WEEKEND)) {
                weekend = Arrays.stream(value.split(",", -1))
                        .map(ExchangeTable::dayOfWeek)
                        .collect(Collectors.toUnmodifiableSet());
            } else if (name.equals(WINTER)) {
                winter = hours(value);
            } else {
                closings.put(dayOfWeek(name), LocalTime.parse(value));
            }
        }
        return new Week(hours(words.getFirst()), winter, weekend, closings);
    }

    private static DayOfWeek dayOfWeek(String name) {
        return DayOfWeek.from(DAY_OF_WEEK.parse(name));
    }

    private static List<Hours> hours(String parts) {
        List<Hours> hours = new ArrayList<>();
        for (String part : parts.split(",", -1)) {
            int dash = part.indexOf('-');
            hours.add(new Hours(LocalTime.parse(part.substring(0, dash)), LocalTime.parse(part.substring(dash + 1))));
        }
        return hours;
    }

    private static LocalDate day(int year, String monthAndDay) {
        return LocalDate.of(
                year, Integer.parseInt(monthAndDay.substring(0, 2)), Integer.parseInt(monthAndDay.substring(2)));
    }
}
