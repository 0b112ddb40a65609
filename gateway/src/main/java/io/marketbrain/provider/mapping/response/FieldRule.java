package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.payload.NumberMarks;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.PayloadText;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.notation.TimeFormat;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of a field is and how it is written.
 *
 * @param marks how a number is written that is a text; the usual ones are those of the payload
 * @param arithmetic what is done to a number
 * @param time how an instant is written
 * @param timeOfDay where the rest of an instant is that has a field of its own
 */
record FieldRule(
        ValueSource source,
        NumberMarks marks,
        ExactArithmetic arithmetic,
        TextRule text,
        @Nullable TimeFormat time,
        @Nullable ValueSource timeOfDay) {

    /** A path alone, or {@code {"path": …, "factor": "0.01"}} and the other keys. */
    static FieldRule read(DescriptorObject fields, String name, boolean isTime) {
        if (!isTime && !fields.isObject(name)) {
            return new FieldRule(
                    ValueSource.at(PayloadPath.read(fields, name)),
                    NumberMarks.USUAL,
                    ExactArithmetic.NONE,
                    TextRule.AS_IS,
                    null,
                    null);
        }
        DescriptorObject json =
                isTime ? fields.object(name, "must be an object with a 'path' and a 'format'") : fields.object(name);
        ValueSource source = ValueSource.read(json);
        var rule = isTime ? time(json, source) : value(json, source);
        json.end();
        return rule;
    }

    private static FieldRule time(DescriptorObject json, ValueSource source) {
        return new FieldRule(
                source,
                NumberMarks.USUAL,
                ExactArithmetic.NONE,
                TextRule.AS_IS,
                TimeFormat.readOpen(json),
                json.has("time_of_day") ? source.on(PayloadPath.read(json, "time_of_day")) : null);
    }

    private static FieldRule value(DescriptorObject json, ValueSource source) {
        return new FieldRule(
                source,
                DocumentReader.marks(json),
                ExactArithmetic.read(json, source),
                TextRule.read(json),
                null,
                null);
    }

    /** Whether there is a value; malformed if the row is not of the documented form. */
    boolean isPresent(RowContext row) throws MalformedPayload {
        return source.find(row).isPresent();
    }

    Optional<BigDecimal> findDecimal(RowContext row) throws MalformedPayload {
        Optional<PayloadNode> node = source.find(row);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        return text.hasMeaning() ? number(text.of(node.get()), row) : arithmetic.apply(decimal(node.get()), row);
    }

    private BigDecimal decimal(PayloadNode node) throws MalformedPayload {
        if (!marks.equals(NumberMarks.USUAL) && !node.isNumber()) {
            return PayloadText.decimal(node, marks, PayloadLimits.defaults());
        }
        try {
            return node.decimal();
        } catch (ChangedPayload e) {
            throw e;
        } catch (MalformedPayload e) {
            throw node.isScalar() ? PayloadText.notDecimal(node) : e;
        }
    }

    /** The number that a text means; empty if it means nothing. */
    private static Optional<BigDecimal> number(String meaning, RowContext row) throws MalformedPayload {
        try {
            return meaning.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(meaning));
        } catch (NumberFormatException e) {
            throw new MalformedPayload(row.row(), " has a word that means no number");
        }
    }

    Optional<Instant> findTime(RowContext row) throws MalformedPayload {
        Optional<PayloadNode> node = source.find(row);
        if (node.isEmpty() && !source.optional() && source.none().isEmpty()) {
            throw new ChangedPayload(row.row(), " has no time");
        }
        if (node.isEmpty() || time == null) {
            return Optional.empty();
        }
        return Optional.of(time.read(node.get(), timeOfDay(row)));
    }

    /** The zone of a time, where the row names only its day. */
    Optional<ZoneId> findZoneOfDay(RowContext row) throws MalformedPayload {
        Optional<PayloadNode> node = source.find(row);
        return node.isPresent() && time != null && time.isDay(node.get(), timeOfDay(row))
                ? Optional.of(time.zone())
                : Optional.empty();
    }

    private Optional<PayloadNode> timeOfDay(RowContext row) throws MalformedPayload {
        return timeOfDay == null ? Optional.empty() : timeOfDay.find(row);
    }

    /** The text, as the gateway names it. */
    Optional<String> findText(RowContext row) throws MalformedPayload {
        Optional<PayloadNode> node = source.find(row);
        return node.isEmpty() ? Optional.empty() : Optional.of(text.of(node.get()));
    }
}
