package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes trades of the rows that a mapping finds: the latest, oldest first. Pure. */
final class MappedTrades {
    private MappedTrades() {}

    static Trades read(Descriptor descriptor, TradesQuery q, ResponseMapping mapping, RawPayload raw)
            throws MalformedPayload {
        RowFields fields = mapping.fields();
        List<Trade> trades = new ArrayList<>();
        for (RowContext row : mapping.completeRows(mapping.document(q, descriptor.symbols(), raw), raw)) {
            Optional<BigDecimal> size = fields.findSize("size", row);
            if (size.isEmpty()) {
                continue;
            }
            Instant time = fields.time(row);
            BigDecimal price = fields.decimal("price", row);
            Side side = side(fields.findText("side", row));
            String id = fields.has("id") ? id(fields.findText("id", row)) : madeId(time, price, size.get());
            trades.add(new Trade(id, time, price, size.get(), side));
        }
        if (beginsWithNewest(trades, mapping)) {
            // Those of the same time come in the opposite order, too.
            Collections.reverse(trades);
        }
        trades.sort(Comparator.comparing(Trade::time));
        int excess = Math.max(0, trades.size() - q.limit());
        Instrument instrument = q.instrument();
        return new Trades(descriptor.listing(instrument), trades.subList(excess, trades.size()), null);
    }

    /** As the times say, or the mapping where all trades are of one time. */
    private static boolean beginsWithNewest(List<Trade> trades, ResponseMapping mapping) {
        int order = trades.isEmpty()
                ? 0
                : trades.getFirst().time().compareTo(trades.getLast().time());
        return order > 0 || (order == 0 && mapping.newestFirst());
    }

    /** The id of a trade at a provider that gives trades none. */
    private static String madeId(Instant time, BigDecimal price, BigDecimal size) {
        return time.toEpochMilli() + "-" + price.toPlainString() + "-" + size.toPlainString();
    }

    private static String id(Optional<String> id) throws MalformedPayload {
        if (id.isEmpty() || IdentifierText.ID.findProblem(id.get()).isPresent()) {
            throw new MalformedPayload("the id of a trade is missing or not an id");
        }
        return id.get();
    }

    /** The taker's side; {@code values} of the field says what the provider's words mean. */
    private static @Nullable Side side(Optional<String> side) throws MalformedPayload {
        if (side.isEmpty()) {
            return null;
        }
        return switch (side.get()) {
            case "buy" -> Side.BUY;
            case "sell" -> Side.SELL;
            default -> throw new MalformedPayload("the side of a trade is neither buy nor sell");
        };
    }
}
