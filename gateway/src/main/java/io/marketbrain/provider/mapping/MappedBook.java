package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.provider.BookLevels;
import io.marketbrain.provider.BookSide;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.mapping.response.BookRule;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes order books of the rows that a mapping finds. Pure. */
final class MappedBook {
    private MappedBook() {}

    static OrderBook read(Descriptor descriptor, BookQuery q, ResponseMapping mapping, RawPayload raw)
            throws MalformedPayload {
        RowContext document = mapping.document(q, descriptor.symbols(), raw);
        RowFields fields = mapping.fields();
        BookRule rule = mapping.book().orElseThrow(() -> new IllegalStateException("an order book without rules"));
        BookRule.Sides sides = rule.find(document, fields, raw.limits());
        return new OrderBook(
                descriptor.listing(q.instrument()),
                best(BookSide.BIDS, q.depth(), rule, sides.bids(), mapping),
                best(BookSide.ASKS, q.depth(), rule, sides.asks(), mapping),
                sequence(fields.find("sequence", document)),
                fields.timeOrNull(document));
    }

    /** The best levels of one side; a size of zero says that there is none at that price, a sign only which side it is on. */
    private static List<Level> best(
            BookSide side, int depth, BookRule rule, List<RowContext> rows, ResponseMapping mapping)
            throws MalformedPayload {
        var levels = new BookLevels(side, rule.areOrders(), depth);
        RowFields fields = rule.fields(side, mapping.fields());
        for (RowContext row : mapping.complete(rows, fields)) {
            BigDecimal size = fields.decimal("size", row);
            if (size.signum() < 0 && !rule.isSigned()) {
                throw new MalformedPayload("the size of " + row.row() + " is below zero");
            }
            if (size.signum() != 0) {
                levels.add(new Level(fields.decimal("price", row), size.abs()));
            }
        }
        return levels.best();
    }

    private static @Nullable Long sequence(Optional<BigDecimal> number) throws MalformedPayload {
        try {
            return number.isPresent() ? (Long) number.get().longValueExact() : null;
        } catch (ArithmeticException e) {
            throw new MalformedPayload("the sequence of an order book is not a whole number");
        }
    }
}
