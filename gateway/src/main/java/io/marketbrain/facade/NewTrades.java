package io.marketbrain.facade;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The trades of one channel that a client does not have yet. Not thread-safe. */
public final class NewTrades {
    /** The newest trade that the client has, or that was there before it came. */
    private String lastId = "";

    private @Nullable Instant lastTime;

    /**
     * One trade.
     *
     * @param side of the order that took it, {@code buy} or {@code sell}; empty where it is not known
     */
    public record Print(String id, Instant time, String price, String size, Optional<String> side) {}

    /** Whether no trade has been taken. */
    public boolean isEmpty() {
        return lastTime == null;
    }

    /** The newest trade that was taken; empty if none was. */
    public Optional<String> findLastId() {
        return isEmpty() ? Optional.empty() : Optional.of(lastId);
    }

    /** Takes the trades of an event that are newer than all before. */
    public List<Print> take(JsonValue event) throws MalformedPayload {
        List<Print> prints = new ArrayList<>();
        for (JsonValue trade : event.at("trades").items()) {
            String id = trade.at("id").text();
            Instant time = Instant.parse(trade.at("time").text());
            if (isNew(id, time)) {
                lastId = id;
                lastTime = time;
                Optional<JsonValue> side = trade.find("side").filter(value -> !value.isNull());
                prints.add(new Print(
                        id,
                        time,
                        trade.at("price").text(),
                        trade.at("size").text(),
                        side.isPresent() ? Optional.of(side.get().text()) : Optional.empty()));
            }
        }
        return prints;
    }

    /** Whether a trade comes after the last one: by number where ids are numbers, else by time. */
    private boolean isNew(String id, Instant time) {
        Instant last = lastTime;
        if (last == null) {
            return true;
        }
        Optional<BigDecimal> number = number(id);
        Optional<BigDecimal> before = number(lastId);
        if (number.isPresent() && before.isPresent()) {
            return number.get().compareTo(before.get()) > 0;
        }
        return !time.isBefore(last) && !id.equals(lastId);
    }

    private static Optional<BigDecimal> number(String id) {
        return id.isEmpty() || !id.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Optional.empty()
                : Optional.of(new BigDecimal(id));
    }
}
