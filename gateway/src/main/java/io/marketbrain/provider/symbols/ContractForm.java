package io.marketbrain.provider.symbols;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.text.SymbolText;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Perpetual swaps, dated and rolling futures on crypto assets. Read are the provider's own form and the unified one,
 * {@code BTC/USDT:USDT}, {@code BTC/USD:BTC-260327} and {@code BTC/USD:BTC-CW}; the multiplier of a code such as
 * {@code 1000SHIB} is part of it.
 */
public final class ContractForm implements SymbolForm {
    private static final Set<String> NAMES = Set.of("base", "quote", "expiry", "rolling");
    private static final Pattern UNIFIED = Pattern.compile("(" + PairPattern.CODE + ")/(" + PairPattern.CODE + "):("
            + PairPattern.CODE + ")(?:-(?:([0-9]{6})|([A-Z]{2})))?");
    private static final Pattern ROLLING = Pattern.compile("[A-Z]{2}");
    private static final ExpiryFormat UNIFIED_EXPIRY = ExpiryFormat.of("yyMMdd");

    /** Which asset a contract is settled in. */
    public enum Settlement {
        BASE,
        QUOTE
    }

    private final SymbolTemplate template;
    private final PairPattern own;
    private final List<String> quotes;
    private final Settlement settlement;
    private final @Nullable String settle;
    private final @Nullable ExpiryFormat expiry;
    private final List<String> rolling;
    private final Map<String, String> assets;
    private final Map<String, String> codes = new HashMap<>();

    /**
     * One kind of contract of a provider.
     *
     * @param template with {base}, and {quote} unless there is one quote, and {expiry} for dated futures or {rolling} for rolling ones
     * @param quotes the currencies of its prices; may be empty if the template separates the quote from the base
     * @param settlement the asset it is settled in, unless {@code settle} names one
     * @param expiry the pattern of the expiry, such as {@code yyMMdd} or {@code dMMMyy}, or {@code month_code}; null for others than dated futures
     * @param rolling the codes of rolling futures, of two letters; empty for others
     * @param assets the assets of codes that are not the assets' own, such as {@code XBT}
     * @throws IllegalArgumentException if these do not fit together
     */
    public ContractForm(
            String template,
            List<String> quotes,
            Settlement settlement,
            @Nullable String settle,
            @Nullable String expiry,
            List<String> rolling,
            Map<String, String> assets) {
        this.template = new SymbolTemplate(template, NAMES);
        if (!this.template.has("base") || (!this.template.has("quote") && quotes.size() != 1)) {
            throw new IllegalArgumentException("must have {base}, and {quote} unless there is exactly one quote");
        }
        if (this.template.has("expiry") != (expiry != null)) {
            throw new IllegalArgumentException(
                    "must have {expiry} where the pattern of an expiry is given, and only there");
        }
        if (this.template.has("rolling") == rolling.isEmpty()
                || !rolling.stream().allMatch(code -> ROLLING.matcher(code).matches())) {
            throw new IllegalArgumentException(
                    "must have {rolling} where codes of two letters of rolling futures are given, and only there");
        }
        this.quotes = List.copyOf(quotes);
        this.settlement = settlement;
        this.settle = settle;
        this.expiry = expiry == null ? null : ExpiryFormat.of(expiry);
        this.rolling = List.copyOf(rolling);
        this.assets = Map.copyOf(assets);
        assets.forEach((code, asset) -> codes.put(asset, code));
        this.own = PairPattern.of(this.template, this.template.has("quote") ? quotes : List.of(), term());
    }

    /** What the texts of the name that says when a future expires look like, if there is one. */
    private Map<String, String> term() {
        if (!rolling.isEmpty()) {
            return Map.of("rolling", String.join("|", rolling));
        }
        return expiry == null ? Map.of() : Map.of("expiry", expiry.regex());
    }

    @Override
    public List<Instrument> read(String text) {
        String upper = SymbolText.canonical(text);
        Matcher unified = UNIFIED.matcher(upper);
        if (unified.matches()) {
            return unified(unified).filter(this::has).map(List::of).orElse(List.of());
        }
        return own.read(upper).stream()
                .flatMap(values -> contract(values).stream())
                .filter(this::has)
                .toList();
    }

    private static Optional<Instrument> unified(Matcher text) {
        String day = text.group(4);
        return day == null
                ? Optional.of(contract(text.group(1), text.group(2), text.group(3), null, text.group(5)))
                : UNIFIED_EXPIRY.read(day).map(at -> contract(text.group(1), text.group(2), text.group(3), at, null));
    }

    private Optional<Instrument> contract(Map<String, String> values) {
        String base = assetOf(SymbolTemplate.value(values, "base"));
        if (!template.has("quote") && KnownCoins.findPair(base).isPresent()) {
            return Optional.empty(); // BTCUSDT-PERP is not settled in USDC because BTC-PERP is
        }
        String quote = template.has("quote") ? assetOf(SymbolTemplate.value(values, "quote")) : quotes.getFirst();
        if (expiry == null) {
            return Optional.of(contract(base, quote, settleOf(base, quote), null, values.get("rolling")));
        }
        return expiry.read(SymbolTemplate.value(values, "expiry"))
                .map(at -> contract(base, quote, settleOf(base, quote), at, null));
    }

    private static Instrument contract(
            String base, String quote, String settle, @Nullable LocalDate expiry, @Nullable String rolling) {
        return new Instrument(AssetType.CRYPTO, base, quote, settle, null, expiry, rolling);
    }

    private String assetOf(String code) {
        return assets.getOrDefault(code, code);
    }

    private String settleOf(String base, String quote) {
        return settle != null ? settle : settlement == Settlement.BASE ? base : quote;
    }

    private boolean has(Instrument instrument) {
        return instrument.type() == AssetType.CRYPTO
                && instrument.settle() != null
                && instrument.settle().equals(settleOf(instrument.base(), instrument.quote()))
                && (quotes.isEmpty() || quotes.contains(codes.getOrDefault(instrument.quote(), instrument.quote())))
                && !instrument.base().equals(instrument.quote())
                && (instrument.expiry() == null) == (expiry == null)
                && (instrument.rolling() == null ? rolling.isEmpty() : rolling.contains(instrument.rolling()));
    }

    @Override
    public Optional<String> findSpelling(Instrument instrument) {
        if (!has(instrument)) {
            return Optional.empty();
        }
        var values = new HashMap<String, String>();
        values.put("base", codes.getOrDefault(instrument.base(), instrument.base()));
        values.put("quote", codes.getOrDefault(instrument.quote(), instrument.quote()));
        LocalDate day = instrument.expiry();
        if (day != null && expiry != null) {
            Optional<String> text = expiry.findText(day);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            values.put("expiry", text.get());
        }
        if (instrument.rolling() != null) {
            values.put("rolling", instrument.rolling());
        }
        return Optional.of(template.format(values));
    }
}
