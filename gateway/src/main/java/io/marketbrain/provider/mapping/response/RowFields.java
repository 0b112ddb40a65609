package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Operation;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an operation's rows, by the names that the gateway uses.
 *
 * @param timed whether the time is that of a row, not of the document
 */
public record RowFields(Map<String, FieldRule> byName, List<String> required, boolean timed) {
    public static final String TIME = "time";
    public static final String PRE_TIME = "pre_time";
    public static final String POST_TIME = "post_time";
    public static final String NEXT_FUNDING = "next_funding";

    private static final Set<String> TIMES = Set.of(TIME, PRE_TIME, POST_TIME, NEXT_FUNDING);

    /** The names that each operation has; the first {@code required} of them are required. */
    private record Names(int required, List<String> all) {}

    private static final Map<Operation, Names> NAMES = Map.of(
            Operation.QUOTE,
            new Names(
                    1,
                    List.of(
                            "price",
                            "bid",
                            "bid_size",
                            "ask",
                            "ask_size",
                            "open",
                            "high",
                            "low",
                            "volume",
                            "quote_volume",
                            "currency",
                            "delay",
                            "pre_price",
                            PRE_TIME,
                            "post_price",
                            POST_TIME,
                            "mark",
                            "index",
                            "funding_rate",
                            NEXT_FUNDING,
                            "open_interest",
                            TIME)),
            Operation.CANDLES,
            new Names(
                    5,
                    List.of(
                            TIME,
                            "open",
                            "high",
                            "low",
                            "close",
                            "volume",
                            "quote_volume",
                            "trades",
                            "currency",
                            "dividend",
                            "split")),
            Operation.SERIES,
            new Names(2, List.of(TIME, "value", "version")),
            Operation.TRADES,
            new Names(3, List.of(TIME, "price", "size", "id", "side")),
            Operation.BOOK,
            new Names(2, List.of("price", "size", "side", "sequence", TIME)),
            Operation.SYMBOLS,
            new Names(
                    0,
                    List.of(
                            "symbol",
                            "base",
                            "quote",
                            "type",
                            "settle",
                            "mic",
                            "contract_size",
                            "isin",
                            "tick",
                            "lot",
                            "delisted")),
            Operation.NEWS,
            new Names(2, List.of(TIME, "title", "id", "url", "summary")));

    public static RowFields read(DescriptorObject response, Operation operation) {
        Names names = NAMES.getOrDefault(operation, new Names(0, List.of()));
        DescriptorObject json = response.object("fields");
        var rules = new HashMap<String, FieldRule>();
        for (int i = 0; i < names.all().size(); i++) {
            String name = names.all().get(i);
            if (i < names.required() || json.has(name)) {
                rules.put(name, FieldRule.read(json, name, TIMES.contains(name)));
            }
        }
        if (operation == Operation.SYMBOLS
                && !rules.containsKey("symbol")
                && !(rules.containsKey("base") && rules.containsKey("quote"))) {
            throw json.wrong("symbol", "or 'base' and 'quote' are missing");
        }
        json.end();
        return new RowFields(rules, names.all().subList(0, names.required()), operation != Operation.BOOK);
    }

    /** Whether the rows of an operation may have a field of this name. */
    public static boolean isName(Operation operation, String name) {
        Names names = NAMES.get(operation);
        return names != null && names.all().contains(name);
    }

    /** Whether the rows of an operation must have a field of this name. */
    public static boolean isRequired(Operation operation, String name) {
        Names names = NAMES.get(operation);
        return names != null && names.all().subList(0, names.required()).contains(name);
    }

    /** The same with others in place of some of them. */
    public RowFields with(DescriptorObject json) {
        var rules = new HashMap<>(byName);
        for (String name : json.names()) {
            if (!byName.containsKey(name)) {
                throw json.wrong(name, "is no field of the other candles");
            }
            rules.put(name, FieldRule.read(json, name, TIMES.contains(name)));
        }
        return new RowFields(rules, required, timed);
    }

    /** The same where some fields are others by the gateway's names: {@code {"volume": "quote_volume"}}. */
    public RowFields renamed(Map<String, String> names) {
        var rules = new HashMap<String, FieldRule>();
        byName.forEach((name, rule) -> rules.put(names.getOrDefault(name, name), rule));
        return new RowFields(rules, required, timed);
    }

    /** Whether the mapping has a field. */
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /** Whether a row has every required value; malformed if one of the times is not a time. */
    public boolean isComplete(RowContext row) throws MalformedPayload {
        if (timed) {
            timeOrNull(row);
        }
        for (String name : required) {
            FieldRule rule = byName.get(name);
            if (rule == null || !rule.isPresent(row)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a field has another name for each instrument, which none of the rows has. */
    public boolean isOfOthers(String name, List<RowContext> rows) throws MalformedPayload {
        FieldRule rule = byName.get(name);
        if (rule == null || !rule.source().namesQuery()) {
            return false;
        }
        for (RowContext row : rows) {
            if (rule.source().isThere(row)) {
                return false;
            }
        }
        return true;
    }

    /** The size of a trade; empty for zero, which is one too small for the digits that the provider sends. */
    public Optional<BigDecimal> findSize(String name, RowContext row) throws MalformedPayload {
        BigDecimal size = decimal(name, row);
        if (size.signum() < 0) {
            throw new MalformedPayload("the " + name + " of " + row.row() + " is not above zero");
        }
        return size.signum() == 0 ? Optional.empty() : Optional.of(size);
    }

    /** A required decimal; that a price cannot be zero or less is found later, where the instrument is known. */
    public BigDecimal decimal(String name, RowContext row) throws MalformedPayload {
        return find(name, row).orElseThrow(() -> new ChangedPayload(row.row() + " has no " + name));
    }

    /** A price; null where there is none or it is zero, which is how providers say that there is none. */
    @Nullable
    public BigDecimal priceOrNull(String name, RowContext row) throws MalformedPayload {
        Optional<BigDecimal> found = find(name, row);
        return found.isEmpty() || found.get().signum() == 0 ? null : found.get();
    }

    /** A decimal of zero or more; null where there is none. */
    @Nullable
    public BigDecimal amountOrNull(String name, RowContext row) throws MalformedPayload {
        Optional<BigDecimal> found = find(name, row);
        if (found.isPresent() && found.get().signum() < 0) {
            throw new MalformedPayload("the " + name + " of " + row.row() + " is below zero");
        }
        return found.orElse(null);
    }

    /** A required time. */
    public Instant time(RowContext row) throws MalformedPayload {
        Instant time = timeOrNull(row);
        if (time == null) {
            throw new ChangedPayload(row.row() + " has no time");
        }
        return time;
    }

    @Nullable
    public Instant timeOrNull(RowContext row) throws MalformedPayload {
        return timeOrNull(TIME, row);
    }

    @Nullable
    public Instant timeOrNull(String name, RowContext row) throws MalformedPayload {
        FieldRule rule = byName.get(name);
        return rule == null ? null : rule.findTime(row).orElse(null);
    }

    public Optional<String> findText(String name, RowContext row) throws MalformedPayload {
        FieldRule rule = byName.get(name);
        return rule == null ? Optional.empty() : rule.findText(row);
    }

    public Optional<BigDecimal> find(String name, RowContext row) throws MalformedPayload {
        FieldRule rule = byName.get(name);
        return rule == null ? Optional.empty() : rule.findDecimal(row);
    }
}
