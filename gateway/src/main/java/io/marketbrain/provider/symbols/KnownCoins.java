package io.marketbrain.provider.symbols;

import io.marketbrain.model.price.CurrencyCodes;
import io.marketbrain.model.text.SymbolText;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Well-known crypto assets by code, with their names. Pure. */
public final class KnownCoins {
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    /** Those that stand for a currency, so that others are quoted in them. */
    private static final Set<String> STABLE = new HashSet<>();

    /** Other codes of coins that no other asset has. */
    private static final Map<String, String> ALIASES = Map.of("XBT", "BTC", "XDG", "DOGE");

    static {
        add("BTC", "Bitcoin");
        add("ETH", "Ethereum");
        addStable("USDT", "Tether");
        add("XRP", "XRP");
        add("BNB", "BNB");
        add("SOL", "Solana");
        addStable("USDC", "USD Coin");
        add("DOGE", "Dogecoin");
        add("TRX", "TRON");
        add("ADA", "Cardano");
        add("LINK", "Chainlink");
        add("AVAX", "Avalanche");
        add("XLM", "Stellar");
        add("SUI", "Sui");
        add("BCH", "Bitcoin Cash");
        add("HBAR", "Hedera");
        add("LTC", "Litecoin");
        add("SHIB", "Shiba Inu");
        add("TON", "Toncoin");
        add("DOT", "Polkadot");
        add("UNI", "Uniswap");
        add("PEPE", "Pepe");
        add("AAVE", "Aave");
        add("NEAR", "NEAR Protocol");
        add("APT", "Aptos");
        add("ICP", "Internet Computer");
        add("ETC", "Ethereum Classic");
        add("ATOM", "Cosmos");
        add("XMR", "Monero");
        add("FIL", "Filecoin");
        add("ALGO", "Algorand");
        add("ARB", "Arbitrum");
        add("OP", "Optimism");
        add("INJ", "Injective");
        add("ZEC", "Zcash");
        addStable("DAI", "Dai");
        addStable("USDE", "Ethena USDe");
        addStable("FDUSD", "First Digital USD");
        addStable("TUSD", "TrueUSD");
        addStable("BUSD", "Binance USD");
        addStable("EURC", "Euro Coin");
    }

    private static final int SHORTEST_QUOTE = 3;

    private KnownCoins() {}

    private static void add(String code, String name) {
        NAMES.put(code, name);
    }

    private static void addStable(String code, String name) {
        add(code, name);
        STABLE.add(code);
    }

    public static boolean isKnown(String code) {
        return NAMES.containsKey(code);
    }

    /** Whether a code is that of a coin which codes run together rather begin with: ETH/USD is meant, not ET/HUSD. */
    public static boolean isUsualBase(String code) {
        return isKnown(code) && !STABLE.contains(code);
    }

    /** The codes and names, the best known first. */
    public static Map<String, String> names() {
        return NAMES;
    }

    /**
     * The canonical form of a pair of a well-known coin whose codes are run together, such as {@code BTC/USDT} for
     * {@code XBTUSDT}; empty if the letters can be split in no way or in several.
     */
    public static Optional<String> findPair(String text) {
        String letters = SymbolText.canonical(text);
        String found = null;
        for (int i = 2; i <= letters.length() - SHORTEST_QUOTE; i++) {
            String base = canonical(letters.substring(0, i));
            String quote = canonical(letters.substring(i));
            if (isKnown(base) && !base.equals(quote) && (isKnown(quote) || CurrencyCodes.isCurrency(quote))) {
                if (found != null) {
                    return Optional.empty();
                }
                found = base + "/" + quote;
            }
        }
        return Optional.ofNullable(found);
    }

    /** The code of a coin under another one. */
    public static String canonical(String code) {
        return ALIASES.getOrDefault(code, code);
    }
}
