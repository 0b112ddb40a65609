package io.marketbrain.provider.mapping;

import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.response.ActionsRule;
import java.util.List;

/**
 * What is particular to responses with candles.
 *
 * @param liveRow whether the last candle may be a part of the one before, which is still running
 * @param even whether the provider leaves no candle out, so that candles of which no two follow each other are of another interval
 * @param actions where splits and dividends are that are sent with candles
 */
record CandleRules(boolean liveRow, boolean even, List<ActionsRule> actions) {
    static final CandleRules NONE = new CandleRules(false, false, List.of());

    /** Reads {@code live_row}, {@code even} and {@code actions}. */
    static CandleRules read(DescriptorObject response) {
        return new CandleRules(
                response.flag("live_row", false),
                response.flag("even", false),
                response.has("actions")
                        ? response.objects("actions").stream()
                                .map(ActionsRule::read)
                                .toList()
                        : List.of());
    }
}
