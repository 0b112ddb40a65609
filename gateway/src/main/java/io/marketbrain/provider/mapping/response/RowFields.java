package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Operation;
import io.marketbrain.model.price.PriceUnit;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an operation's rows, by the names that the gateway uses.
 *
 * @param timed whether the time is that of a row, not of the document
 */
public record RowFields(Map<String, FieldRule> byName, List<String> required, boolean timed) {
    public static RowFields read(DescriptorObject response, Operation operation, FieldNames names) {
        DescriptorObject json = response.object("fields");
        json.know(names.all().toList());
        var rules = new HashMap<String, FieldRule>();
        names.all()
                .filter(name -> names.required().contains(name) || json.has(name))
                .forEach(name -> rules.put(name, FieldRule.read(json, name, FieldNames.isTime(name))));
        if (operation == Operation.SYMBOLS
                && !rules.containsKey("symbol")
                && !(rules.containsKey("base") && rules.containsKey("quote"))) {
            throw json.wrong("symbol", "or 'base' and 'quote' are missing");
        }
        json.end();
        return new RowFields(rules, names.required(), operation != Operation.BOOK);
    }

    /** The same with others in place of some of them. */
    public RowFields with(DescriptorObject json) {
        var rules = new HashMap<>(byName);
        for (String name : json.names()) {
            if (!byName.containsKey(name)) {
                throw json.wrong(name, "is no field of the response");
            }
            rules.put(name, FieldRule.read(json, name, FieldNames.isTime(name)));
        }
        return new RowFields(rules, required, timed);
    }

    /** The same where some fields are others by the gateway's names: {@code {"volume": "quote_volume"}}. */
    public RowFields renamed(Map<String, String> names) {
        var rules = new HashMap<String, FieldRule>();
        byName.forEach((name, rule) -> rules.put(names.getOrDefault(name, name), rule));
        return new RowFields(rules, required, timed);
    }

    /** The unit of the values that a row names, in its canonical spelling; empty if it names none. */
    public Optional<String> findCurrency(RowContext row) throws MalformedPayload {
        Optional<String> named = findText("currency", row).filter(text -> !text.isEmpty());
        if (named.isPresent() && !IdentifierText.CODE.isValid(named.get())) {
            throw new MalformedPayload("the currency of " + row.row() + " is not a code");
        }
        return named.map(PriceUnit::canonical);
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
        return find(name, row).orElseThrow(() -> new ChangedPayload(row.row(), " has no " + name));
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
            throw new ChangedPayload(row.row(), " has no time");
        }
        return time;
    }

    @Nullable
    public Instant timeOrNull(RowContext row) throws MalformedPayload {
        return timeOrNull("time", row);
    }

    @Nullable
    public Instant timeOrNull(String name, RowContext row) throws MalformedPayload {
        FieldRule rule = byName.get(name);
        return rule == null ? null : rule.findTime(row).orElse(null);
    }

    /** The zone of a time of which the row names only the day; empty if it names more, or nothing. */
    public Optional<ZoneId> findZoneOfDay(String name, RowContext row) throws MalformedPayload {
        FieldRule rule = byName.get(name);
        return rule == null ? Optional.empty() : rule.findZoneOfDay(row);
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
