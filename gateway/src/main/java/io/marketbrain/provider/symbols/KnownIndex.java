package io.marketbrain.provider.symbols;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stock index with its canonical code (that of Yahoo Finance, without the caret), the exchange and the currency of its
 * constituents and the
 * other codes that it is known under.
 */
record KnownIndex(String code, String mic, String currency, String name, List<String> aliases) {
    private static final Map<String, KnownIndex> BY_CODE = new HashMap<>();
    private static final List<KnownIndex> ALL = new ArrayList<>();

    static {
        add("GSPC", "XNYS", "USD", "S&P 500", "SPX", "INX");
        add("DJI", "XNYS", "USD", "Dow Jones Industrial Average", "DJIA", "INDU");
        add("IXIC", "XNYS", "USD", "Nasdaq Composite", "COMP", "NDQ");
        add("NDX", "XNYS", "USD", "Nasdaq-100");
        add("RUT", "XNYS", "USD", "Russell 2000");
        add("VIX", "XNYS", "USD", "Cboe Volatility Index");
        add("NYA", "XNYS", "USD", "NYSE Composite");
        add("FTSE", "XLON", "GBP", "FTSE 100", "UKX");
        add("GDAXI", "XETR", "EUR", "DAX", "DAX");
        add("FCHI", "XPAR", "EUR", "CAC 40", "CAC", "PX1");
        add("STOXX50E", "XPAR", "EUR", "EURO STOXX 50", "SX5E");
        add("AEX", "XAMS", "EUR", "AEX");
        add("IBEX", "XMAD", "EUR", "IBEX 35");
        add("SSMI", "XSWX", "CHF", "Swiss Market Index", "SMI");
        add("OMX", "XSTO", "SEK", "OMX Stockholm 30", "OMXS30");
        add("N225", "XTKS", "JPY", "Nikkei 225", "NKX", "NI225");
        add("HSI", "XHKG", "HKD", "Hang Seng Index");
        add("AXJO", "XASX", "AUD", "S&P/ASX 200", "XJO");
        add("GSPTSE", "XTSE", "CAD", "S&P/TSX Composite", "TSX");
        add("BSESN", "XBOM", "INR", "BSE Sensex", "SENSEX");
        add("NSEI", "XNSE", "INR", "Nifty 50", "NIFTY");
        add("KS11", "XKRX", "KRW", "KOSPI", "KOSPI");
        add("TWII", "XTAI", "TWD", "TAIEX");
        add("BVSP", "BVMF", "BRL", "Ibovespa", "BVP");
        add("MXX", "XMEX", "MXN", "S&P/BMV IPC", "IPC");
    }

    /** Names that charting tools have for whoever publishes an index, and for nothing else. */
    private static final Set<String> PUBLISHERS =
            Set.of("TVC", "SP", "DJ", "FTSE", "HSI", "INDEXSP", "INDEXDJX", "INDEXNASDAQ");

    /** Indices under the name of an exchange, whose other symbols are securities; and codes that only charting tools use. */
    private static final Map<String, String> CHARTED = Map.ofEntries(
            Map.entry("NASDAQ:NDX", "NDX"),
            Map.entry("NASDAQ:IXIC", "IXIC"),
            Map.entry("CBOE:VIX", "VIX"),
            Map.entry("XETR:DAX", "GDAXI"),
            Map.entry("TVC:DEU40", "GDAXI"),
            Map.entry("TVC:CAC40", "FCHI"),
            Map.entry("EURONEXT:PX1", "FCHI"),
            Map.entry("TSX:TSX", "GSPTSE"),
            Map.entry("NSE:NIFTY", "NSEI"),
            Map.entry("BSE:SENSEX", "BSESN"),
            Map.entry("ASX:XJO", "AXJO"),
            Map.entry("KRX:KOSPI", "KS11"),
            Map.entry("BMFBOVESPA:IBOV", "BVSP"),
            Map.entry("SIX:SMI", "SSMI"));

    private static void add(String code, String mic, String currency, String name, String... aliases) {
        var index = new KnownIndex(code, mic, currency, name, List.of(aliases));
        ALL.add(index);
        BY_CODE.put(code, index);
        for (String alias : aliases) {
            BY_CODE.put(alias, index);
        }
    }

    /** The index that a charting tool means by a symbol after a publisher or an exchange, such as {@code SP:SPX}. */
    static Optional<KnownIndex> findCharted(String exchange, String symbol) {
        return Optional.ofNullable(CHARTED.get(exchange + ":" + symbol))
                .or(() -> PUBLISHERS.contains(exchange) ? Optional.of(symbol) : Optional.empty())
                .flatMap(KnownIndex::find);
    }

    /** Every index, the best known first. */
    static List<KnownIndex> all() {
        return List.copyOf(ALL);
    }

    /** The index with a code, its own or another one. */
    static Optional<KnownIndex> find(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
