package io.marketbrain.provider.symbols;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.text.SymbolText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Securities under a ticker and, outside the United States, the market they are listed on: {@code AAPL}, {@code BRK.B},
 * {@code VOD@XLON}. Read are the provider's own suffixes, the usual ones of others ({@code AAPL.US}, {@code VOD.L}),
 * ISO 10383 codes and the names of exchanges before a ticker ({@code NASDAQ:AAPL}). All are stocks, funds included, because a ticker does not say which it is. A class of shares is written
 * after a dot in the canonical form ({@code BRK.B}, {@code VOLV.B@XSTO}), whatever the provider's mark is.
 */
public final class ListedForm implements SymbolForm {
    private static final Pattern US_TICKER = Pattern.compile("([A-Z]{1,5}|0P[0-9A-Z]{8})(?:[-./]([A-Z]{1,2}))?");
    private static final Pattern TICKER =
            Pattern.compile("([\\p{L}0-9&][\\p{L}0-9&]{0,11}(?:-[A-Z]{3,8})?)(?:[-./]([A-Z]{1,2}))?");

    private static final String HONG_KONG = "XHKG";

    private final String joiner;
    private final String classMark;
    private final Map<String, String> suffixes;
    private final Map<String, String> units;
    private final Map<String, ListingMarket> bySuffix = new HashMap<>();

    /**
     * The securities of one provider.
     *
     * @param joiner what the provider has between ticker and suffix, such as a dot
     * @param classMark what it has before the class of a share
     * @param suffixes its suffixes by ISO 10383 code, and by {@code US}; an empty one if the ticker stands alone
     * @param units the price units of markets that are not quoted in the usual one, by ISO 10383 code
     * @throws IllegalArgumentException if a market is not known, or two have one suffix
     */
    public ListedForm(String joiner, String classMark, Map<String, String> suffixes, Map<String, String> units) {
        this.joiner = joiner;
        this.classMark = classMark;
        this.suffixes = Map.copyOf(suffixes);
        this.units = Map.copyOf(units);
        suffixes.forEach((mic, suffix) -> {
            ListingMarket market = market(mic);
            ListingMarket other = bySuffix.put(SymbolText.canonical(suffix), market);
            if (other != null) {
                throw new IllegalArgumentException(
                        "has the suffix '" + suffix + "' for " + other.mic() + " and for " + mic);
            }
        });
        units.keySet().forEach(ListedForm::market);
    }

    private static ListingMarket market(String mic) {
        return ListingMarket.find(mic)
                .filter(market -> market.mic().equals(mic))
                .orElseThrow(() -> new IllegalArgumentException(
                        "has the market '" + mic + "', which is not known; use the ISO 10383 code of a market for"
                                + " securities, or US for those of the United States"));
    }

    @Override
    public List<Instrument> read(String text) {
        String upper = SymbolText.canonical(text);
        Marked marked = findMarked(upper)
                .or(() -> ListingMarket.find(ListingMarket.US).map(market -> new Marked(upper, market)))
                .orElseThrow();
        return security(marked.ticker(), marked.market()).map(List::of).orElse(List.of());
    }

    /** A ticker and the market that follows it. */
    private record Marked(String ticker, ListingMarket market) {}

    /** What a text with a market says; a market counts even if the provider does not have it. */
    private Optional<Marked> findMarked(String upper) {
        int at = upper.indexOf('@');
        if (at >= 0) {
            return ListingMarket.find(upper.substring(at + 1))
                    .map(market -> new Marked(upper.substring(0, at), market));
        }
        int own = upper.lastIndexOf(joiner);
        String suffix = upper.substring(own + joiner.length());
        ListingMarket ownMarket = own > 0 && !suffix.isEmpty() ? bySuffix.get(suffix) : null;
        if (ownMarket != null) {
            return Optional.of(new Marked(upper.substring(0, own), ownMarket));
        }
        int colon = upper.indexOf(':');
        if (colon > 0) {
            String ticker = upper.substring(colon + 1);
            List<ListingMarket> named = ListingMarket.namedBefore(upper.substring(0, colon), ticker);
            return named.size() == 1 ? Optional.of(new Marked(ticker, named.getFirst())) : Optional.empty();
        }
        int dot = upper.lastIndexOf('.');
        return dot <= 0
                ? Optional.empty()
                : ListingMarket.findBySuffix(upper.substring(dot + 1))
                        .map(market -> new Marked(upper.substring(0, dot), market));
    }

    private Optional<Instrument> security(String ticker, ListingMarket market) {
        boolean us = market.mic().equals(ListingMarket.US);
        Matcher matcher =
                (us ? US_TICKER : TICKER).matcher(market.mic().equals(HONG_KONG) ? fourDigits(ticker) : ticker);
        if (!has(market.mic()) || !matcher.matches()) {
            return Optional.empty();
        }
        String share = matcher.group(2);
        if (us && share != null && ListingMarket.findBySuffix(share).isPresent()) {
            return Optional.empty(); // in the canonical form, it would be the suffix of a market
        }
        return Optional.of(new Instrument(
                AssetType.STOCK,
                share == null ? matcher.group(1) : matcher.group(1) + "." + share,
                market.currency(),
                null,
                us ? null : market.mic()));
    }

    /** Codes of Hong Kong have four digits at least; some tools leave out the zeros at the beginning, others write a fifth. */
    private static String fourDigits(String code) {
        if (code.isEmpty() || code.length() > 5 || !code.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return code;
        }
        String significant = code.replaceFirst("^0+", "");
        return "0".repeat(Math.max(0, 4 - significant.length())) + significant;
    }

    private boolean has(String mic) {
        return suffixes.containsKey(mic);
    }

    private static String micOf(Instrument instrument) {
        String mic = instrument.mic();
        return mic == null ? ListingMarket.US : mic;
    }

    @Override
    public Optional<String> findSpelling(Instrument instrument) {
        boolean listed = instrument.type() == AssetType.STOCK
                || instrument.type() == AssetType.ETF
                || instrument.type() == AssetType.FUND;
        String suffix = suffixes.get(micOf(instrument));
        if (!listed || suffix == null) {
            return Optional.empty();
        }
        int dot = instrument.base().lastIndexOf('.');
        String ticker = dot < 0
                ? instrument.base()
                : instrument.base().substring(0, dot)
                        + classMark
                        + instrument.base().substring(dot + 1);
        return Optional.of(suffix.isEmpty() ? ticker : ticker + joiner + suffix);
    }

    @Override
    public Optional<String> findPriceUnit(Instrument instrument) {
        String mic = micOf(instrument);
        return findSpelling(instrument)
                .flatMap(_ -> ListingMarket.find(mic))
                .map(market -> units.getOrDefault(mic, market.unit()));
    }
}
