package io.marketbrain.provider.mock;

import io.marketbrain.mock.CurrencyTable;
import io.marketbrain.mock.CustomAsset;
import io.marketbrain.mock.Markets;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.text.SymbolText;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.symbols.KnownCoins;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Symbol rules of the provider {@code mock}: pairs with or without a separator, tickers, {@code ^} for indices, {@code
 * =X} for currencies, {@code =F} for commodities, and the names of configured assets. Any other valid text is a stock
 * ticker, because every market exists here. Immutable.
 */
final class MockSymbols implements SymbolRules {
    private static final List<String> COIN_QUOTES = List.of("USDT", "USDC", "FDUSD", "BUSD", "TUSD", "DAI");
    private static final Set<String> METALS = Set.of("XAU", "XAG", "XPT", "XPD");
    private static final Set<String> COMMODITIES = Set.of("WTI", "BRENT", "NATGAS", "COPPER", "CORN", "WHEAT");
    private static final Set<String> INDICES = Set.of("SPX", "GSPC", "DJI", "IXIC", "NDX", "FTSE", "DAX", "N225");
    /** Coins whose codes alone are no tickers of well-known shares, as SUI, OP or ARB are. */
    private static final Set<String> COINS = Set.of(
            "BTC", "ETH", "BNB", "SOL", "XRP", "ADA", "DOGE", "LTC", "DOT", "AVAX", "LINK", "BCH", "TRX", "XLM",
            "ATOM");

    private static final String DOLLAR = "USD";

    private static final String FUTURE = "=F";
    private static final String US_SUFFIX = ".US";

    private final Map<String, CustomAsset> customAssets;

    MockSymbols(Map<String, CustomAsset> customAssets) {
        this.customAssets = customAssets;
    }

    /** Fails for text whose instrument would be spelled as another one, such as {@code =X}. */
    @Override
    public Outcome<Instrument> parse(String text) {
        Outcome<Instrument> read = read(text);
        return read instanceof Outcome.Success<Instrument>(Instrument instrument)
                        && !isRead(spell(instrument), instrument)
                ? Outcome.failed(new Failure.UnknownInstrument(ProviderId.MOCK, text))
                : read;
    }

    private Outcome<Instrument> read(String text) {
        String upper = SymbolText.canonical(text);
        if (!isSymbol(upper)) {
            return Outcome.failed(new Failure.UnknownInstrument(ProviderId.MOCK, text));
        }
        for (var entry : customAssets.entrySet()) {
            if (Markets.canonical(entry.getKey()).equals(Markets.canonical(upper))) {
                return Outcome.success(instrument(
                        SymbolText.canonical(entry.getKey()), entry.getValue().type()));
            }
        }
        if (COINS.contains(upper)) {
            return Outcome.failed(
                    new Failure.AmbiguousInstrument(text, List.of(upper + "/USDT", upper + "/USD", upper + "/EUR")));
        }
        return Outcome.success(interpret(upper));
    }

    @Override
    public boolean isConfigured(Instrument instrument) {
        return customAssets.entrySet().stream()
                .map(entry -> instrument(
                        SymbolText.canonical(entry.getKey()), entry.getValue().type()))
                .anyMatch(instrument::equals);
    }

    private static Instrument interpret(String text) {
        if (text.startsWith("^")) {
            return single(AssetType.INDEX, text.substring(1));
        }
        if (text.endsWith(FUTURE) && text.length() > FUTURE.length()) {
            String root = text.substring(0, text.length() - FUTURE.length());
            return single(
                    AssetType.COMMODITY,
                    Markets.findUnderlying(root)
                            .filter(name -> METALS.contains(name) || COMMODITIES.contains(name))
                            .orElse(root));
        }
        String plain = text.endsWith("=X") ? text.substring(0, text.length() - 2) : text;
        int separator = separator(plain);
        if (separator > 0) {
            return pair(plain.substring(0, separator), plain.substring(separator + 1));
        }
        if (COMMODITIES.contains(plain) || METALS.contains(plain)) {
            return single(AssetType.COMMODITY, plain);
        }
        if (INDICES.contains(plain)) {
            return single(AssetType.INDEX, plain);
        }
        if (plain.length() == 6) {
            String base = plain.substring(0, 3);
            String quote = plain.substring(3);
            if (CurrencyTable.isKnown(quote) && (CurrencyTable.isKnown(base) || METALS.contains(base))) {
                return pair(base, quote);
            }
        }
        Optional<Instrument> known =
                KnownCoins.findPair(plain).map(MockSymbols::interpret).or(() -> pairInCurrency(plain));
        if (known.isPresent()) {
            return known.get();
        }
        for (String quote : COIN_QUOTES) {
            if (plain.endsWith(quote) && plain.length() > quote.length()) {
                return pair(plain.substring(0, plain.length() - quote.length()), quote);
            }
        }
        int at = plain.endsWith(US_SUFFIX) ? plain.length() - US_SUFFIX.length() : plain.indexOf('@');
        return single(AssetType.STOCK, at > 0 ? plain.substring(0, at) : plain);
    }

    /** A pair of a well-known coin in a currency that only this market has, such as the offshore yuan. */
    private static Optional<Instrument> pairInCurrency(String text) {
        for (int i = 2; i < text.length(); i++) {
            String base = KnownCoins.canonical(text.substring(0, i));
            if (KnownCoins.isUsualBase(base) && CurrencyTable.isKnown(text.substring(i))) {
                return Optional.of(pair(base, text.substring(i)));
            }
        }
        return Optional.empty();
    }

    private static boolean isQuote(String text) {
        return CurrencyTable.isKnown(text) || KnownCoins.isKnown(KnownCoins.canonical(text));
    }

    /** The index of a pair's separator, or -1; a dash or underscore counts only if a known quote follows it. */
    private static int separator(String text) {
        int slash = text.indexOf('/');
        if (slash > 0 && slash < text.length() - 1) {
            return slash;
        }
        int dash = Math.max(text.indexOf('-'), text.indexOf('_'));
        return dash > 0 && isQuote(text.substring(dash + 1)) ? dash : -1;
    }

    private static Instrument pair(String baseCode, String quoteCode) {
        String base = KnownCoins.canonical(baseCode);
        String quote = KnownCoins.canonical(quoteCode);
        if (METALS.contains(base)) {
            return new Instrument(AssetType.COMMODITY, base, quote, null, null);
        }
        AssetType type = CurrencyTable.isKnown(base) && CurrencyTable.isKnown(quote) ? AssetType.FX : AssetType.CRYPTO;
        return new Instrument(type, base, quote, null, null);
    }

    private static Instrument single(AssetType type, String name) {
        return new Instrument(type, name, DOLLAR, null, null);
    }

    private static Instrument instrument(String name, AssetType type) {
        int slash = name.indexOf('/');
        return slash > 0
                ? new Instrument(type, name.substring(0, slash), name.substring(slash + 1), null, null)
                : single(type, name);
    }

    @Override
    public String spell(Instrument instrument) {
        String base = instrument.base();
        return switch (instrument.type()) {
            case CRYPTO, FX -> joined(instrument);
            case INDEX -> "^" + base;
            case COMMODITY ->
                METALS.contains(base) && !instrument.quote().equals(DOLLAR)
                        ? joined(instrument)
                        : isRead(base, instrument) ? base : base + FUTURE;
            case STOCK, ETF, FUND, RATE, MACRO, NEWS -> base;
        };
    }

    /** The codes run together or, if that would be read as another instrument, with a slash. */
    private String joined(Instrument instrument) {
        String joined = instrument.base() + instrument.quote();
        return isRead(joined, instrument) ? joined : instrument.base() + "/" + instrument.quote();
    }

    private boolean isRead(String text, Instrument instrument) {
        return read(text) instanceof Outcome.Success<Instrument>(Instrument read) && read.equals(instrument);
    }

    /** There are no derivatives here: {@code BTC/USDT:USDT} is not a pair in a currency USDT:USDT. */
    private static boolean isSymbol(String text) {
        return !text.isEmpty()
                && (text.indexOf('/') < 0 || text.indexOf(':') < 0)
                && text.length() <= MAX_LENGTH
                && text.chars().anyMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
                && text.chars()
                        .allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "/-_.^=@:".indexOf(c) >= 0);
    }
}
