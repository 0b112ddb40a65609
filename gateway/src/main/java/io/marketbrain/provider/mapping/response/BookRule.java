package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.provider.BookSide;
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

    /** The fields of the rows of a side. */
    default RowFields fields(BookSide side, RowFields usual) {
        return usual;
    }

    /**
     * Reads {@code bids} and {@code asks}, or {@code rows}, of a response.
     *
     * @param usual the fields of the response, in place of which a side may have some of its own
     */
    static BookRule read(DescriptorObject response, RowFields usual) {
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
        return new TwoLists(
                OneSide.read(response.object("bids"), usual), OneSide.read(response.object("asks"), usual), orders);
    }

    /** The rows of one side; both may be in the same rows, by other names. */
    record OneSide(RowsRule rows, RowFields fields) {
        static OneSide read(DescriptorObject json, RowFields usual) {
            RowFields fields = json.findObject("fields").map(usual::with).orElse(usual);
            return new OneSide(RowsRule.read(json), fields);
        }
    }

    /** A list for each side. */
    record TwoLists(OneSide bids, OneSide asks, boolean areOrders) implements BookRule {
        @Override
        public Sides find(RowContext document, RowFields fields, PayloadLimits limits) throws MalformedPayload {
            return new Sides(document.rows(bids.rows(), limits), document.rows(asks.rows(), limits));
        }

        @Override
        public RowFields fields(BookSide side, RowFields usual) {
            return (side == BookSide.BIDS ? bids : asks).fields();
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
