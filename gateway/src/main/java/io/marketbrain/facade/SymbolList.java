package io.marketbrain.facade;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.request.RequestRejected;
import java.util.ArrayList;
import java.util.List;

/** Lists in the parameters of façades, with commas between the items. Pure. */
public final class SymbolList {
    private SymbolList() {}

    /**
     * The items of a list.
     *
     * @param field the parameter that has it
     * @param most the most items that are accepted
     */
    public static List<String> of(String field, List<String> values, int most) throws RequestRejected {
        var items = new ArrayList<String>();
        for (String value : values) {
            for (String item : value.split(",", -1)) {
                if (!item.isBlank()) {
                    items.add(item.strip());
                }
            }
        }
        if (items.isEmpty() || items.size() > most) {
            throw RequestRejected.invalid(
                    field,
                    EchoedText.of(String.join(",", values)),
                    "1 to " + most + " items separated by commas, such as binance:BTCUSDT,binance:ETHUSDT");
        }
        return items;
    }
}
