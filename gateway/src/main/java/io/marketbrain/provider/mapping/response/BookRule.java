package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the levels of an order book are: in a list for each side, or in one list, in which a field {@code side} or the sign of
 * the size says which side a level is on.
 */
public sealed interface BookRule {

    /** The rows of each side. */
    record Sides(List<RowContext> bids, List<RowContext> asks) {}

    Sides find(RowContext document, RowFields fields, PayloadLimits limits) throws MalformedPayload;

    /** Whether sizes may be below zero, because their sign says which side a level is on. */
    default boolean isSigned() {
        return false;
    }

    /** Whether the rows are single orders, of which those at one price are one level. */
    boolean areOrders();

    /** Reads {@code bids} and {@code asks}, or {@code rows}, of a response. */
    static BookRule read(DescriptorObject response) {
        boolean orders = response.flag("orders", false);
        if (response.has("rows")) {
            boolean signed = response.findText("side_by_sign")
                    .map(text -> switch (text) {
                        case "size" -> true;
                        default -> throw response.wrong("side_by_sign", "must be size, which is negative for asks");
                    })
                    .orElse(false);
            return new OneList(RowsRule.read(response.object("rows")), signed, orders);
        }
        return new TwoLists(RowsRule.read(response.object("bids")), RowsRule.read(response.object("asks")), orders);
    }

    /** A list for each side. */
    record TwoLists(RowsRule bids, RowsRule asks, boolean areOrders) implements BookRule {
        @Override
        public Sides find(RowContext document, RowFields fields, PayloadLimits limits) throws MalformedPayload {
            return new Sides(document.rows(bids, limits), document.rows(asks, limits));
        }
    }

    /** One list for both sides. */
    record OneList(RowsRule rows, boolean isSigned, boolean areOrders) implements BookRule {
        @Override
        public Sides find(RowContext document, RowFields fields, PayloadLimits limits) throws MalformedPayload {
            var sides = new Sides(new ArrayList<>(), new ArrayList<>());
            for (RowContext row : document.rows(rows, limits)) {
                (isBid(row, fields) ? sides.bids() : sides.asks()).add(row);
            }
            return sides;
        }

        private boolean isBid(RowContext row, RowFields fields) throws MalformedPayload {
            if (isSigned) {
                return fields.decimal("size", row).signum() > 0;
            }
            Optional<String> side = fields.findText("side", row);
            return switch (side.orElse("")) {
                case "bid", "buy" -> true;
                case "ask", "sell" -> false;
                default -> throw new MalformedPayload("the side of " + row.row() + " is neither bid nor ask");
            };
        }
    }
}
