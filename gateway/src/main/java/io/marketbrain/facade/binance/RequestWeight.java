package io.marketbrain.facade.binance;

import io.marketbrain.api.request.Request;
import java.util.List;

/** How much a request weighs at Binance, by https://developers.binance.com/docs/binance-spot-api-docs/rest-api. Pure. */
@FunctionalInterface
interface RequestWeight {
    int of(Request request);

    static int ofPrices(Request request) {
        return request.query().containsKey("symbol") ? 2 : 4;
    }

    static int ofDays(Request request) {
        if (request.query().containsKey("symbol")) {
            return 2;
        }
        String symbols = first(request, "symbols");
        long count = symbols.isEmpty()
                ? Integer.MAX_VALUE
                : symbols.chars().filter(c -> c == ',').count() + 1;
        return count <= 20 ? 2 : count <= 100 ? 40 : 80;
    }

    static int ofDepth(Request request) {
        String limit = first(request, "limit");
        boolean number =
                !limit.isEmpty() && limit.length() <= 9 && limit.chars().allMatch(c -> c >= '0' && c <= '9');
        int depth = number ? Integer.parseInt(limit) : 0;
        if (depth <= 100) {
            return 5;
        }
        if (depth <= 500) {
            return 25;
        }
        return depth <= 1000 ? 50 : 250;
    }

    private static String first(Request request, String name) {
        return request.query().getOrDefault(name, List.of("")).getFirst();
    }
}
