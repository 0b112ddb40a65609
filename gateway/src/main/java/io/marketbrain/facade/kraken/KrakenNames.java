package io.marketbrain.facade.kraken;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Kraken calls assets, pairs and intervals. Its first coins begin with X and currencies with Z, as long as both sides of a pair are
 * among them: XXBTZUSD, but XBTUSDT and SOLUSD. Pure.
 */
final class KrakenNames {
    private static final Map<String, String> CODES = Map.of("BTC", "XBT", "DOGE", "XDG");
    private static final Set<String> FIRST_COINS =
            Set.of("XBT", "XDG", "ETH", "ETC", "LTC", "MLN", "REP", "XLM", "XMR", "XRP", "ZEC");
    private static final Set<String> FIRST_CURRENCIES = Set.of("USD", "EUR", "GBP", "CAD", "JPY", "AUD");

    /** The intervals of candles in minutes. */
    private static final Map<String, Interval> INTERVALS = Map.of(
            "1",
            Interval.M1,
            "5",
            Interval.M5,
            "15",
            Interval.M15,
            "30",
            Interval.M30,
            "60",
            Interval.H1,
            "240",
            Interval.H4,
            "1440",
            Interval.D1,
            "10080",
            Interval.W1);

    private KrakenNames() {}

    /** The interval of so many minutes. */
    static Optional<Interval> findInterval(String minutes) {
        return Optional.ofNullable(INTERVALS.get(minutes));
    }

    /** The short name of an asset: {@code XBT}. */
    static String code(String asset) {
        return CODES.getOrDefault(asset, asset);
    }

    /** The name of an asset: {@code XXBT}. */
    static String asset(String asset) {
        String code = code(asset);
        return findFirst(code).orElse(code);
    }

    private static Optional<String> findFirst(String code) {
        if (FIRST_COINS.contains(code)) {
            return Optional.of("X" + code);
        }
        return FIRST_CURRENCIES.contains(code) ? Optional.of("Z" + code) : Optional.empty();
    }

    /** The name of a pair: {@code XXBTZUSD}. */
    static String pair(Instrument instrument) {
        Optional<String> base = findFirst(code(instrument.base()));
        Optional<String> quote = findFirst(code(instrument.quote()));
        return base.isPresent() && quote.isPresent() ? base.get() + quote.get() : shortPair(instrument);
    }

    /** The short name of a pair: {@code XBTUSD}. */
    static String shortPair(Instrument instrument) {
        return code(instrument.base()) + code(instrument.quote());
    }

    /** The name of a pair in streams: {@code BTC/USD}, with the usual codes. */
    static String feedPair(Instrument instrument) {
        return instrument.base() + "/" + instrument.quote();
    }

    /** The name of a pair in the first version of the streams: {@code XBT/USD}. */
    static String streamPair(Instrument instrument) {
        return code(instrument.base()) + "/" + code(instrument.quote());
    }
}
