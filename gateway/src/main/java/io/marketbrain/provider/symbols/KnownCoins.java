package io.marketbrain.provider.symbols;

import io.marketbrain.model.price.CurrencyCodes;
import io.marketbrain.model.text.SymbolText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Well-known crypto assets by code, with their names. Pure. */
public final class KnownCoins {
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    /** Other codes of coins that no other asset has. */
    private static final Map<String, String> ALIASES = Map.of("XBT", "BTC", "XDG", "DOGE");

    static {
        add("BTC", "Bitcoin");
        add("ETH", "Ethereum");
        add("USDT", "Tether");
        add("XRP", "XRP");
        add("BNB", "BNB");
        add("SOL", "Solana");
        add("USDC", "USD Coin");
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
        add("DAI", "Dai");
        add("USDE", "Ethena USDe");
        add("FDUSD", "First Digital USD");
        add("TUSD", "TrueUSD");
        add("BUSD", "Binance USD");
        add("EURC", "Euro Coin");
    }

    private static final int SHORTEST_QUOTE = 3;

    private KnownCoins() {}

    private static void add(String code, String name) {
        NAMES.put(code, name);
    }

    public static boolean isKnown(String code) {
        return NAMES.containsKey(code);
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
