package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.HtmlText;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.HashMap;
import java.util.Map;

/**
 * How a text is written.
 *
 * @param words what the provider's words mean; {@code *} stands for all others
 * @param html whether a text is HTML, of which the words count
 * @param sign whether the text is the sign of a number, {@code +} or {@code -}
 * @param before a text that the value is written after, and {@code after} one that follows it
 */
record TextRule(Map<String, String> words, boolean html, boolean sign, String before, String after) {
    private static final String ANY_OTHER = "*";

    /** A text as the provider writes it. */
    static final TextRule AS_IS = new TextRule(Map.of(), false, false, "", "");

    /** Reads {@code values}, {@code html}, {@code sign}, {@code before} and {@code after}. */
    static TextRule read(DescriptorObject json) {
        var words = new HashMap<String, String>();
        json.findObject("values").ifPresent(all -> all.names().forEach(word -> words.put(word, all.text(word))));
        return new TextRule(
                words,
                json.flag("html", false),
                json.flag("sign", false),
                json.findText("before").orElse(""),
                json.findText("after").orElse(""));
    }

    /** Whether the provider's words mean something else. */
    boolean hasWords() {
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
        if (hasWords()) {
            return node.word();
        }
        return before + (html ? HtmlText.words(node.text()) : node.text()) + after;
    }
}
