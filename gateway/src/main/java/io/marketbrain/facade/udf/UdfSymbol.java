package io.marketbrain.facade.udf;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.calendar.ExchangeCalendar;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a chart needs to know of an instrument: its decimal places, when it is traded, which intervals there are.
 *
 * @param provider where it is quoted
 * @param places decimal places of its prices
 * @param session trading hours in {@code zone}, as TradingView writes them: {@code 24x7} or {@code 0930-1600}
 * @param unit what prices are in
 */
record UdfSymbol(
        ProviderId provider,
        Instrument instrument,
        String exchange,
        String zone,
        String session,
        String unit,
        int places,
        List<Interval> intervals) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HHmm", Locale.ROOT);
    private static final String ALWAYS = "24x7";
    private static final int MOST_PLACES = 16;
    private static final int USUAL_PLACES = 2;
    private static final int VOLUME_PLACES = 8;

    /** The longest that an exchange is closed for. */
    private static final int LOOK_BACK_DAYS = 15;

    /** An instrument and its latest quote, whose digits say how many places prices have. */
    static UdfSymbol of(ProviderId provider, Quote quote, List<Interval> intervals, LocalDate today) {
        Listing listing = quote.listing();
        int places = Stream.of(quote.price(), quote.bid(), quote.ask(), quote.open(), quote.high(), quote.low())
                .mapToInt(UdfSymbol::scale)
                .max()
                .orElse(USUAL_PLACES);
        return new UdfSymbol(
                provider,
                listing.instrument(),
                listing.exchange(),
                zone(listing.instrument(), listing.zone()),
                session(listing.instrument(), listing.zone(), today),
                listing.priceUnit(),
                Math.clamp(places, USUAL_PLACES, MOST_PLACES),
                intervals);
    }

    /** An instrument of which no quote can be had now. */
    static UdfSymbol unquoted(ProviderId provider, Instrument instrument, String exchange, List<Interval> intervals) {
        return new UdfSymbol(
                provider, instrument, exchange, "Etc/UTC", ALWAYS, instrument.quote(), USUAL_PLACES, intervals);
    }

    private static int scale(@Nullable BigDecimal value) {
        return value == null ? 0 : value.stripTrailingZeros().scale();
    }

    private static boolean isListed(Instrument instrument) {
        return instrument.type() == AssetType.STOCK
                || instrument.type() == AssetType.ETF
                || instrument.type() == AssetType.FUND;
    }

    private static String zone(Instrument instrument, String zone) {
        return isListed(instrument) && !zone.equals("UTC") ? zone : "Etc/UTC";
    }

    /** The hours of an exchange on its last full trading day. */
    private static String session(Instrument instrument, String zone, LocalDate today) {
        Optional<ExchangeCalendar> calendar =
                isListed(instrument) ? ExchangeCalendar.find(micIn(zone, instrument), zone) : Optional.empty();
        return calendar.filter(ExchangeCalendar::knowsHours)
                .flatMap(found -> today.minusDays(LOOK_BACK_DAYS)
                        .datesUntil(today.plusDays(1))
                        .filter(day -> found.isTradingDay(day) && !found.hasOtherHours(day))
                        .reduce((_, later) -> later)
                        .map(day -> hours(found, day)))
                .filter(hours -> !hours.isEmpty())
                .orElse(ALWAYS);
    }

    /** The exchange, unless the data follows the clock of another zone, as that of the mock market does. */
    private static @Nullable String micIn(String zone, Instrument instrument) {
        String mic = instrument.mic();
        return mic == null
                        || ExchangeCalendar.findZone(mic).filter(zone::equals).isEmpty()
                ? null
                : mic;
    }

    private static String hours(ExchangeCalendar calendar, LocalDate day) {
        ZoneId zone = calendar.zone();
        return calendar.sessions(day).stream()
                .map(part -> CLOCK.format(part.opens().atZone(zone)) + "-"
                        + CLOCK.format(part.closes().atZone(zone)))
                .collect(Collectors.joining(","));
    }

    /** What to ask with for this instrument. */
    String ticker() {
        return ticker(provider, instrument);
    }

    static String ticker(ProviderId provider, Instrument instrument) {
        return provider.value() + ":" + instrument.unified();
    }

    byte[] json() {
        boolean seconds = intervals.stream().anyMatch(interval -> interval.compareTo(Interval.M1) < 0);
        boolean intraday = intervals.stream().anyMatch(interval -> interval.compareTo(Interval.D1) < 0);
        return JsonDocument.object(json -> json.put("name", instrument.unified())
                .put("ticker", ticker())
                .put("full_name", ticker())
                .put("description", instrument.unified())
                .put("type", instrument.type().wire())
                .put("exchange", exchange)
                .put("listed_exchange", exchange)
                .put("exchange-traded", exchange)
                .put("exchange-listed", exchange)
                .put("session", session)
                .put("timezone", zone)
                .put("minmov", 1L)
                .put("minmovement", 1L)
                .number("pricescale", BigDecimal.ONE.movePointRight(places))
                .put("pointvalue", 1L)
                .put("format", "price")
                .put("currency_code", unit)
                .put("volume_precision", (long) VOLUME_PLACES)
                .put("has_intraday", intraday)
                .put("has_seconds", seconds)
                .strings(
                        "seconds_multipliers",
                        seconds
                                ? intervals.stream()
                                        .filter(interval -> interval.compareTo(Interval.M1) < 0)
                                        .map(interval ->
                                                Long.toString(interval.length().toSeconds()))
                                        .toList()
                                : List.of())
                .strings(
                        "intraday_multipliers",
                        intervals.stream()
                                .filter(interval ->
                                        interval.compareTo(Interval.M1) >= 0 && interval.compareTo(Interval.D1) < 0)
                                .map(UdfResolution::of)
                                .toList())
                .put("has_daily", intervals.contains(Interval.D1))
                .put("has_weekly_and_monthly", intervals.contains(Interval.W1) && intervals.contains(Interval.MO1))
                .strings("supported_resolutions", UdfResolution.of(intervals))
                .put("data_status", "streaming"));
    }
}
