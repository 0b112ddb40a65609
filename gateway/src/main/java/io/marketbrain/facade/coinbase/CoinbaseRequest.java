package io.marketbrain.facade.coinbase;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message of a client: it subscribes to channels of some products, or ends that. Immutable.
 *
 * @param subscribes whether it subscribes
 */
record CoinbaseRequest(boolean subscribes, List<Wanted> wanted) {
    /** The channels that need an account. */
    private static final List<String> PRIVATE = List.of("user", "full", "level3", "balance");

    private static final String PRODUCTS = "product_ids";

    /**
     * One channel.
     *
     * @param products may be empty, which ends a channel as a whole
     */
    record Wanted(CoinbaseChannel channel, List<String> products) {}

    /** Products that stand beside the channels count for each channel. */
    static CoinbaseRequest of(JsonValue json) throws CoinbaseRefusal, MalformedPayload {
        String type = json.at("type").text();
        boolean subscribes = type.equals("subscribe");
        if (!subscribes && !type.equals("unsubscribe")) {
            throw new CoinbaseRefusal("Type has to be either subscribe or unsubscribe", "");
        }
        List<String> common = products(json);
        List<Wanted> wanted = new ArrayList<>();
        for (JsonValue item : json.at("channels").items()) {
            List<String> products = new ArrayList<>(common);
            String name = item.isText() ? item.text() : item.at("name").text();
            if (!item.isText()) {
                products.addAll(products(item));
            }
            if (subscribes && products.isEmpty()) {
                throw CoinbaseRefusal.subscription("no products for the channel " + name);
            }
            wanted.add(new Wanted(channel(name), products.stream().distinct().toList()));
        }
        return new CoinbaseRequest(subscribes, wanted);
    }

    private static List<String> products(JsonValue json) throws MalformedPayload {
        Optional<JsonValue> listed = json.find(PRODUCTS);
        List<String> products = new ArrayList<>();
        if (listed.isPresent()) {
            for (JsonValue product : listed.get().items()) {
                products.add(product.text());
            }
        }
        return products;
    }

    private static CoinbaseChannel channel(String name) throws CoinbaseRefusal {
        if (PRIVATE.contains(name)) {
            throw new CoinbaseRefusal(
                    "Authentication Failed", "this gateway serves market data only, no accounts and no orders");
        }
        return CoinbaseChannel.find(name)
                .orElseThrow(() -> CoinbaseRefusal.subscription(name + " is not a valid channel"));
    }
}
