package io.marketbrain.provider.symbols;

import java.util.LinkedHashMap;
import java.util.Map;

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

    /** The code of a coin under another one. */
    public static String canonical(String code) {
        return ALIASES.getOrDefault(code, code);
    }
}
