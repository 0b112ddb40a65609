package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.HtmlText;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a text is written.
 *
 * @param words what the provider's words mean; {@code *} stands for all others
 * @param html whether a text is HTML, of which the words count
 * @param sign whether the text is the sign of a number, {@code +} or {@code -}
 * @param powerOfTen whether the text is an exponent of ten, and the value that power; empty for any other text
 * @param before a text that the value is written after, and {@code after} one that follows it
 */
record TextRule(
        Map<String, String> words, boolean html, boolean sign, boolean powerOfTen, String before, String after) {
    private static final String ANY_OTHER = "*";
    private static final Pattern EXPONENT = Pattern.compile("-?[0-9]|1[0-5]");

    /** A text as the provider writes it. */
    static final TextRule AS_IS = new TextRule(Map.of(), false, false, false, "", "");

    /** Reads {@code values}, {@code html}, {@code sign}, {@code power_of_ten}, {@code before} and {@code after}. */
    static TextRule read(DescriptorObject json) {
        var words = new HashMap<String, String>();
        json.findObject("values").ifPresent(all -> all.names().forEach(word -> words.put(word, all.text(word))));
        return new TextRule(
                words,
                json.flag("html", false),
                json.flag("sign", false),
                json.flag("power_of_ten", false),
                json.findText("before").orElse(""),
                json.findText("after").orElse(""));
    }

    /** Whether the provider's texts mean something else. */
    boolean hasMeaning() {
        return powerOfTen || hasWords();
    }

    private boolean hasWords() {
        return !words.isEmpty();
    }

    /** The text, as the gateway names it. */
    String of(PayloadNode node) throws MalformedPayload {
        String written = written(node);
        if (!hasWords()) {
            return written;
        }
        String meaning = words.getOrDefault(written, words.get(ANY_OTHER));
        if (meaning == null) {
            throw new MalformedPayload(node, " is not one of the documented words");
        }
        return meaning;
    }

    private String written(PayloadNode node) throws MalformedPayload {
        if (sign) {
            return node.decimal().signum() < 0 ? "-" : "+";
        }
        if (powerOfTen) {
            return EXPONENT.matcher(node.text()).matches()
                    ? BigDecimal.ONE
                            .scaleByPowerOfTen(Integer.parseInt(node.text()))
                            .toPlainString()
                    : "";
        }
        if (hasWords()) {
            return node.word();
        }
        return before + (html ? HtmlText.words(node.text()) : node.text()) + after;
    }
}
