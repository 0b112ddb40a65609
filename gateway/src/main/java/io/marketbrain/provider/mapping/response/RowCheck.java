package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.Map;
import java.util.Optional;

/**
 * What every row of a payload must have.
 *
 * @param least how many items rows that are lists have at least
 * @param most how many items rows that are lists have at most
 * @param texts texts of members, so that another instrument's data is not taken for the requested one's
 */
record RowCheck(int least, int most, Optional<TextMatch> texts) {
    /** The most items that a rule can name. */
    static final int MOST_ITEMS = 1000;

    static final RowCheck NONE = new RowCheck(0, MOST_ITEMS, Optional.empty());

    /** Reads {@code least}, {@code most} and {@code check}; of maps, {@code least} is about the members. */
    static RowCheck read(DescriptorObject json, RowShape shape) {
        int least = least(json);
        int most = json.integer("most", 0, MOST_ITEMS, MOST_ITEMS);
        if (most < least) {
            throw json.wrong("most", "must not be less than least");
        }
        return new RowCheck(shape == RowShape.MAP ? 0 : least, most, TextMatch.find(json, "check"));
    }

    static int least(DescriptorObject json) {
        return json.integer("least", 0, MOST_ITEMS, 0);
    }

    void require(PayloadNode row, Map<String, String> values) throws MalformedPayload {
        if (least > 0 && (!row.isList() || row.items().size() < least)) {
            throw new ChangedPayload(row, " has fewer items than documented");
        }
        if (most < MOST_ITEMS && row.isList() && row.items().size() > most) {
            throw new ChangedPayload(row, " has more items than documented");
        }
        if (texts.isPresent()) {
            texts.get().require(row, values);
        }
    }
}
