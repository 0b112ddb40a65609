package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in a row and how it is written. Every conversion of a number is exact: it is multiplied by a constant
 * factor, or divided by a power of ten that the row names. There is no inversion, because most inverse rates have no exact
 * decimal; the instrument has to be stated the way the provider states it.
 *
 * @param ofDocument whether the path begins at the document instead of the row
 * @param none the texts that mean that there is no value
 * @param factor what numbers are multiplied by
 * @param per the path of the amount that a price is for, such as 100 yen
 * @param words what the provider's words mean
 * @param time how an instant is written
 */
record FieldRule(
        PayloadPath path,
        boolean ofDocument,
        Set<String> none,
        @Nullable BigDecimal factor,
        @Nullable PayloadPath per,
        Map<String, String> words,
        @Nullable TimeFormat time) {

    /** A path alone, or {@code {"path": …, "factor": "0.01"}} and the other keys. */
    static FieldRule read(DescriptorObject fields, String name, boolean isTime) {
        if (!fields.isObject(name)) {
            if (isTime) {
                throw fields.wrong(name, "must be an object with a 'path' and a 'format'");
            }
            return new FieldRule(PayloadPath.read(fields, name), false, Set.of(), null, null, Map.of(), null);
        }
        DescriptorObject json = fields.object(name);
        var words = new HashMap<String, String>();
        json.findObject("values").ifPresent(all -> all.names().forEach(word -> words.put(word, all.text(word))));
        var rule = new FieldRule(
                PayloadPath.read(json, "path"),
                json.flag("document", false),
                json.has("none") ? Set.copyOf(json.texts("none")) : Set.of(),
                json.has("factor") ? json.decimal("factor") : null,
                json.has("per") ? PayloadPath.read(json, "per") : null,
                words,
                isTime ? TimeFormat.readOpen(json) : null);
        json.end();
        return rule;
    }

    /** Whether a required value is there; malformed if the row is not of the documented form. */
    boolean isPresent(RowContext row) throws MalformedPayload {
        path.findDocumented(ofDocument ? row.document() : row.row(), row.values());
        return node(row).isPresent();
    }

    /** The value's node; empty where there is none. */
    private Optional<PayloadNode> node(RowContext row) throws MalformedPayload {
        Optional<PayloadNode> found = path.find(ofDocument ? row.document() : row.row(), row.values());
        return found.isEmpty()
                        || found.get().isNull()
                        || (!none.isEmpty() && none.contains(found.get().text()))
                ? Optional.empty()
                : found;
    }

    Optional<BigDecimal> findDecimal(RowContext row) throws MalformedPayload {
        Optional<PayloadNode> node = node(row);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal value = node.get().decimal();
        if (factor != null) {
            value = value.multiply(factor);
        }
        return Optional.of(per == null ? value : dividedBy(value, per.at(row.row(), row.values())));
    }

    private static BigDecimal dividedBy(BigDecimal value, PayloadNode amount) throws MalformedPayload {
        BigDecimal divisor = amount.decimal().stripTrailingZeros();
        if (divisor.unscaledValue().equals(BigInteger.ONE)) {
            // 10^n is written as 1 with the scale -n.
            return value.movePointRight(divisor.scale());
        }
        throw new MalformedPayload(amount + " is not a power of ten, so that the price has no exact decimal");
    }

    Optional<Instant> findTime(RowContext row) throws MalformedPayload {
        Optional<PayloadNode> node = node(row);
        return node.isEmpty() || time == null ? Optional.empty() : Optional.of(time.read(node.get()));
    }

    /** The text, as the gateway names it. */
    Optional<String> findText(RowContext row) throws MalformedPayload {
        Optional<PayloadNode> node = node(row);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        String text = node.get().text();
        if (words.isEmpty()) {
            return Optional.of(text);
        }
        String meaning = words.get(text);
        if (meaning == null) {
            throw new MalformedPayload(node.get() + " is not one of the documented words");
        }
        return Optional.of(meaning);
    }
}
