package io.marketbrain.facade.coingecko;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** CoinGecko's ids of well-known coins, with their codes and names. Pure. */
final class CoinIds {
    /** {@code id code name}, a line each. */
    private static final String TABLE = """
            bitcoin BTC Bitcoin
            ethereum ETH Ethereum
            tether USDT Tether
            ripple XRP XRP
            binancecoin BNB BNB
            solana SOL Solana
            usd-coin USDC USDC
            dogecoin DOGE Dogecoin
            tron TRX TRON
            cardano ADA Cardano
            chainlink LINK Chainlink
            avalanche-2 AVAX Avalanche
            stellar XLM Stellar
            sui SUI Sui
            bitcoin-cash BCH Bitcoin Cash
            hedera-hashgraph HBAR Hedera
            litecoin LTC Litecoin
            shiba-inu SHIB Shiba Inu
            the-open-network TON Toncoin
            polkadot DOT Polkadot
            uniswap UNI Uniswap
            pepe PEPE Pepe
            aave AAVE Aave
            near NEAR NEAR Protocol
            aptos APT Aptos
            internet-computer ICP Internet Computer
            ethereum-classic ETC Ethereum Classic
            cosmos ATOM Cosmos Hub
            monero XMR Monero
            filecoin FIL Filecoin
            algorand ALGO Algorand
            arbitrum ARB Arbitrum
            optimism OP Optimism
            injective-protocol INJ Injective
            zcash ZEC Zcash
            dai DAI Dai
            ethena-usde USDE Ethena USDe
            first-digital-usd FDUSD First Digital USD
            true-usd TUSD TrueUSD
            euro-coin EURC EURC
            """;

    private static final Map<String, Coin> BY_ID = new LinkedHashMap<>();

    static {
        TABLE.lines().forEach(line -> {
            String[] parts = line.split(" ", 3);
            BY_ID.put(parts[0], new Coin(parts[0], parts[1], parts[2]));
        });
    }

    private CoinIds() {}

    /** A coin. */
    record Coin(String id, String code, String name) {}

    /** The coin with an id; empty for ids that are not in the table, which are never guessed. */
    static Optional<Coin> find(String id) {
        return Optional.ofNullable(BY_ID.get(id.toLowerCase(Locale.ROOT)));
    }

    static List<Coin> all() {
        return List.copyOf(BY_ID.values());
    }
}
