package io.marketbrain.provider.symbols;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A market for securities: its ISO 10383 code, the currency and the price unit of most of its listings, and the suffixes that
 * data providers commonly have for it. Tickers of the United States are unique across its exchanges, so that these are one
 * market here, {@link #US}, which is not an ISO code. Codes by ISO 10383 (iso20022.org, 2026); suffixes by the symbol
 * documentation of Yahoo Finance, EODHD, Alpha Vantage and Stooq.
 */
record ListingMarket(String mic, String currency, String unit, List<String> suffixes) {
    static final String US = "US";

    /** The exchanges on which US securities are listed or traded. */
    private static final Set<String> US_MICS = Set.of(
            "XNAS", "XNGS", "XNMS", "XNCM", "XNYS", "ARCX", "XASE", "BATS", "IEXG", "XCHI", "XBOS", "XPHL", "OTCM",
            "OOTC", "PINX", "OTCQ", "OTCB", "XOTC", "PSGM", "EDGX", "EDGA", "BATY", "MEMX", "LTSE", "XCIS");

    /** The names of exchanges before tickers, as charting tools write them, where they are no suffixes: {@code NASDAQ:AAPL}. */
    private static final Map<String, List<String>> BY_NAME = new HashMap<>();

    private static final int SHORTEST_PREFIX = 3;

    private static final Map<String, ListingMarket> BY_MIC = new HashMap<>();
    private static final Map<String, ListingMarket> BY_SUFFIX = new HashMap<>();

    static {
        add(US, "USD", "USD", "US");
        add("XLON", "GBP", "GBp", "L", "LON", "LSE", "UK");
        add("XETR", "EUR", "EUR", "DE", "XETRA", "DEX");
        add("XFRA", "EUR", "EUR", "F", "FRK");
        add("XSTU", "EUR", "EUR", "SG", "STU");
        add("XBER", "EUR", "EUR", "BE");
        add("XDUS", "EUR", "EUR", "DU");
        add("XHAM", "EUR", "EUR", "HM");
        add("XHAN", "EUR", "EUR", "HA");
        add("XMUN", "EUR", "EUR", "MU");
        add("XPAR", "EUR", "EUR", "PA", "PAR");
        add("XAMS", "EUR", "EUR", "AS", "AMS");
        add("XBRU", "EUR", "EUR", "BR");
        add("XLIS", "EUR", "EUR", "LS");
        add("XDUB", "EUR", "EUR", "IR");
        add("XMIL", "EUR", "EUR", "MI");
        add("XMAD", "EUR", "EUR", "MC");
        add("XWBO", "EUR", "EUR", "VI");
        add("XHEL", "EUR", "EUR", "HE");
        add("XATH", "EUR", "EUR", "AT");
        add("XSWX", "CHF", "CHF", "SW");
        add("XSTO", "SEK", "SEK", "ST");
        add("XCSE", "DKK", "DKK", "CO");
        add("XOSL", "NOK", "NOK", "OL");
        add("XICE", "ISK", "ISK", "IC");
        add("XWAR", "PLN", "PLN", "WA", "WAR", "PL");
        add("XPRA", "CZK", "CZK", "PR");
        add("XBUD", "HUF", "HUF", "BD", "BUD", "HU");
        add("XIST", "TRY", "TRY", "IS");
        add("XTAE", "ILS", "ILA", "TA");
        add("XJSE", "ZAR", "ZAc", "JO", "JSE");
        add("XTSE", "CAD", "CAD", "TO", "TRT");
        add("XTSX", "CAD", "CAD", "V", "TRV");
        add("XCNQ", "CAD", "CAD", "CN");
        add("NEOE", "CAD", "CAD", "NE", "NEO");
        add("XMEX", "MXN", "MXN", "MX");
        add("BVMF", "BRL", "BRL", "SA");
        add("XBUE", "ARS", "ARS", "BA");
        add("XSGO", "CLP", "CLP", "SN");
        add("XTKS", "JPY", "JPY", "T", "JP");
        add("XHKG", "HKD", "HKD", "HK");
        add("XSHG", "CNY", "CNY", "SS", "SHH", "SHG");
        add("XSHE", "CNY", "CNY", "SZ", "SHZ", "SHE");
        add("XKRX", "KRW", "KRW", "KS", "KO");
        add("XKOS", "KRW", "KRW", "KQ");
        add("XTAI", "TWD", "TWD", "TW");
        add("ROCO", "TWD", "TWD", "TWO");
        add("XSES", "SGD", "SGD", "SI");
        add("XKLS", "MYR", "MYR", "KL", "KLSE");
        add("XIDX", "IDR", "IDR", "JK");
        add("XBKK", "THB", "THB", "BK");
        add("XNSE", "INR", "INR", "NS", "NSE");
        add("XBOM", "INR", "INR", "BO", "BSE");
        add("XASX", "AUD", "AUD", "AX", "AU");
        add("XNZE", "NZD", "NZD", "NZ");
        add("XSAU", "SAR", "SAR", "SR");
        add("DSMD", "QAR", "QAR", "QA");
        name(US, "NASDAQ", "NYSE", "AMEX", "NYSEARCA", "ARCA", "NYSEAMERICAN", "CBOE", "BATS", "OTC", "OTCMKTS");
        name("XETR", "XETR", "ETR");
        name("XFRA", "FWB", "FRA");
        name("XSTU", "SWB");
        name("XPAR", "EPA");
        name("XAMS", "AMS");
        name("XBRU", "EBR");
        name("XLIS", "ELI");
        name("XMIL", "MIL", "BIT");
        name("XMAD", "BME");
        name("XSWX", "SIX", "SWX");
        name("XSTO", "OMXSTO", "STO");
        name("XCSE", "OMXCOP", "CPH");
        name("XHEL", "OMXHEX", "HEL");
        name("XOSL", "OSL");
        name("XWAR", "GPW", "WSE");
        name("XIST", "BIST");
        name("XTAE", "TASE", "TLV");
        name("XTSE", "TSX");
        name("XTSX", "TSXV", "CVE");
        name("XMEX", "BMV");
        name("BVMF", "BMFBOVESPA", "BVMF");
        name("XBUE", "BCBA");
        name("XTKS", "TYO");
        name("XHKG", "HKEX", "HKG");
        name("XSHG", "SSE", "SHA");
        name("XSHE", "SZSE");
        name("XTAI", "TWSE", "TPE");
        name("ROCO", "TPEX");
        name("XSES", "SGX");
        name("XKLS", "MYX");
        name("XIDX", "IDX");
        name("XBKK", "SET");
        name("XBOM", "BOM");
        name("XASX", "ASX");
        name("XNZE", "NZX", "NZE");
        name("XSAU", "TADAWUL");
        name("DSMD", "QSE");
        BY_NAME.put("EURONEXT", List.of("XPAR", "XAMS", "XBRU", "XLIS", "XDUB"));
        BY_NAME.put("KRX", List.of("XKRX", "XKOS"));
    }

    private static void add(String mic, String currency, String unit, String... suffixes) {
        var market = new ListingMarket(mic, currency, unit, List.of(suffixes));
        BY_MIC.put(mic, market);
        for (String suffix : suffixes) {
            if (BY_SUFFIX.put(suffix, market) != null) {
                throw new IllegalStateException("two markets have the suffix " + suffix);
            }
        }
    }

    private static void name(String mic, String... names) {
        for (String name : names) {
            BY_NAME.put(name, List.of(mic));
        }
    }

    /** The market with a code; those of the exchanges of the United States are one. */
    static Optional<ListingMarket> find(String mic) {
        return Optional.ofNullable(BY_MIC.get(US_MICS.contains(mic) ? US : mic));
    }

    /** The market that a suffix usually stands for; its code is one, too. */
    static Optional<ListingMarket> findBySuffix(String suffix) {
        ListingMarket market = BY_SUFFIX.get(suffix);
        return market != null ? Optional.of(market) : find(suffix);
    }

    /**
     * The markets that a name before a ticker and a colon stands for: several where one name is that of all of them, such as
     * {@code EURONEXT}. {@code TSE} is Tokyo, whose tickers begin with a digit, and Toronto, where they do not.
     */
    static List<ListingMarket> namedBefore(String name, String ticker) {
        if (name.equals("TSE")) {
            return find(!ticker.isEmpty() && Character.isDigit(ticker.charAt(0)) ? "XTKS" : "XTSE").stream()
                    .toList();
        }
        List<String> mics = BY_NAME.get(name);
        if (mics != null) {
            return mics.stream().flatMap(mic -> find(mic).stream()).toList();
        }
        return name.length() < SHORTEST_PREFIX
                ? List.of()
                : findBySuffix(name).stream().toList();
    }
}
