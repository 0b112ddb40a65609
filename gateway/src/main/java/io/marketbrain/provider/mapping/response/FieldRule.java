package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.payload.HtmlText;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.PayloadText;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.request.TimeFormat;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of a field stands and how it is written.
 *
 * @param decimalMark the character between a number's whole part and its fraction; {@code .} is that of the payload
 * @param words what the provider's words mean; {@code *} stands for all others
 * @param html whether a text is HTML, of which the words count
 * @param sign whether the text is the sign of a number, {@code +} or {@code -}
 * @param before a text that the value is written after, and {@code after} one that follows it
 * @param time how an instant is written
 * @param timeOfDay where the rest of an instant stands that has a field of its own
 */
record FieldRule(
        ValueSource source,
        ExactArithmetic arithmetic,
        char decimalMark,
        Map<String, String> words,
        boolean html,
        boolean sign,
        String before,
        String after,
        @Nullable TimeFormat time,
        @Nullable ValueSource timeOfDay) {
    private static final String ANY_OTHER = "*";

    /** A path alone, or {@code {"path": …, "factor": "0.01"}} and the other keys. */
    static FieldRule read(DescriptorObject fields, String name, boolean isTime) {
        if (!fields.isObject(name)) {
            if (isTime) {
                throw fields.wrong(name, "must be an object with a 'path' and a 'format'");
            }
            ValueSource source = ValueSource.at(PayloadPath.read(fields, name));
            return new FieldRule(source, ExactArithmetic.NONE, '.', Map.of(), false, false, "", "", null, null);
        }
        DescriptorObject json = fields.object(name);
        ValueSource source = ValueSource.read(json);
        var rule = isTime ? time(json, source) : value(json, source);
        json.end();
        return rule;
    }

    private static FieldRule time(DescriptorObject json, ValueSource source) {
        return new FieldRule(
                source,
                ExactArithmetic.NONE,
                '.',
                Map.of(),
                false,
                false,
                "",
                "",
                TimeFormat.readOpen(json),
                json.has("time_of_day") ? source.on(PayloadPath.read(json, "time_of_day")) : null);
    }

    private static FieldRule value(DescriptorObject json, ValueSource source) {
        var words = new HashMap<String, String>();
        json.findObject("values").ifPresent(all -> all.names().forEach(word -> words.put(word, all.text(word))));
        return new FieldRule(
                source,
                ExactArithmetic.read(json, source),
                DocumentReader.character(json, "decimal_mark", '.'),
                words,
                json.flag("html", false),
                json.flag("sign", false),
                json.findText("before").orElse(""),
                json.findText("after").orElse(""),
                null,
                null);
    }

    /** Whether there is a value; malformed if the row is not of the documented form. */
    boolean isPresent(RowContext row) throws MalformedPayload {
        return source.find(row).isPresent();
    }

    Optional<BigDecimal> findDecimal(RowContext row) throws MalformedPayload {
        if (!words.isEmpty()) {
            Optional<String> meaning = findText(row);
            return meaning.isEmpty() ? Optional.empty() : Optional.of(number(meaning.get(), row));
        }
        Optional<PayloadNode> node = source.find(row);
        return node.isEmpty() ? Optional.empty() : arithmetic.apply(decimal(node.get()), row);
    }

    private BigDecimal decimal(PayloadNode node) throws MalformedPayload {
        return decimalMark == '.'
                ? node.decimal()
                : PayloadText.number(node.text(), decimalMark, node.toString(), PayloadLimits.defaults())
                        .decimal();
    }

    /** The number that a word means. */
    private static BigDecimal number(String meaning, RowContext row) throws MalformedPayload {
        try {
            return new BigDecimal(meaning);
        } catch (NumberFormatException e) {
            throw new MalformedPayload("a word of " + row.row() + " means no number");
        }
    }

    Optional<Instant> findTime(RowContext row) throws MalformedPayload {
        Optional<PayloadNode> node = source.find(row);
        if (node.isEmpty() && !source.optional() && source.none().isEmpty()) {
            throw new ChangedPayload(row.row() + " has no time");
        }
        if (node.isEmpty() || time == null) {
            return Optional.empty();
        }
        return Optional.of(time.read(node.get(), timeOfDay == null ? Optional.empty() : timeOfDay.find(row)));
    }

    private String text(PayloadNode node) throws MalformedPayload {
        if (sign) {
            return node.decimal().signum() < 0 ? "-" : "+";
        }
        if (!words.isEmpty()) {
            return node.word();
        }
        return before + (html ? HtmlText.words(node.text()) : node.text()) + after;
    }

    /** The text, as the gateway names it. */
    Optional<String> findText(RowContext row) throws MalformedPayload {
        Optional<PayloadNode> node = source.find(row);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        String text = text(node.get());
        if (words.isEmpty()) {
            return Optional.of(text);
        }
        String meaning = words.getOrDefault(text, words.get(ANY_OTHER));
        if (meaning == null) {
            throw new MalformedPayload(node.get() + " is not one of the documented words");
        }
        return Optional.of(meaning);
    }
}
