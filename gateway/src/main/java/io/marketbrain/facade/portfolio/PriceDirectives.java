package io.marketbrain.facade.portfolio;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Price directives for plain-text accounting, with the digits that the prices have; rounding is a choice of the caller. Days that have not
 * ended are left out. A comment before the directives says where the prices come from. Pure.
 */
enum PriceDirectives {
    BEANCOUNT("text/x-beancount; charset=utf-8"),
    LEDGER("text/x-ledger; charset=utf-8");

    private static final Pattern COMMODITY = Pattern.compile("[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]");
    private static final Pattern UNQUOTED = Pattern.compile("[A-Za-z]+");
    private static final int LONGEST = 24;

    private final String contentType;

    PriceDirectives(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** The directives for the complete days of {@code rows}, a line each. */
    String write(PriceRows rows, String commodity) {
        String head = "; " + rows.instrument().unified() + ", source: " + rows.source()
                + (rows.mock() ? ", mock prices, not real" : "")
                + (rows.stale() ? ", stale" : "")
                + (rows.quality().isEmpty() ? "" : ", quality: " + rows.quality())
                + "\n";
        return rows.closes().stream()
                .filter(DailyClose::complete)
                .map(one -> line(one, commodity, rows.currency()))
                .collect(Collectors.joining("", head, ""));
    }

    private String line(DailyClose one, String commodity, String currency) {
        return switch (this) {
            case BEANCOUNT ->
                one.date() + " price " + commodity + " " + one.close().toPlainString() + " " + currency + "\n";
            case LEDGER ->
                "P " + one.date() + " " + quoted(commodity) + " " + one.close().toPlainString() + " " + quoted(currency)
                        + "\n";
        };
    }

    /** Ledger reads digits and signs as the end of a name unless it is quoted. */
    private static String quoted(String name) {
        return UNQUOTED.matcher(name).matches() ? name : "\"" + name + "\"";
    }

    /** Whether beancount accepts the text as the name of a commodity; ledger does then, too. */
    static boolean isCommodity(String text) {
        return COMMODITY.matcher(text).matches();
    }

    /** The name of a commodity made of a symbol: upper case, with what no name may have left out. */
    static String commodity(String symbol) {
        String name =
                symbol.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9'._-]", "").replaceAll("^[^A-Z]+|[^A-Z0-9]+$", "");
        String padded = name.length() < 2 ? "X" + name + "X" : name;
        return padded.length() > LONGEST ? padded.substring(0, LONGEST) : padded;
    }
}
