package io.marketbrain.facade.coingecko;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** CoinGecko's ids of well-known coins, with their codes and names. Immutable. */
public final class CoinIds {
    private final Map<String, Coin> byId = new LinkedHashMap<>();

    /** @param coins the coins, the best known first */
    public CoinIds(List<Coin> coins) {
        coins.forEach(coin -> byId.put(coin.id(), coin));
    }

    /** A coin. */
    public record Coin(String id, String code, String name) {}

    /** The coin with an id; empty for ids that are not known, which are never guessed. */
    Optional<Coin> find(String id) {
        return Optional.ofNullable(byId.get(id.toLowerCase(Locale.ROOT)));
    }

    List<Coin> all() {
        return List.copyOf(byId.values());
    }
}
