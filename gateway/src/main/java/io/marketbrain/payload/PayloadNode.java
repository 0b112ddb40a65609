package io.marketbrain.payload;

import io.marketbrain.json.MalformedPayload;
import java.math.BigDecimal;
import java.util.List;
import java.util.SequencedMap;

/**
 * A value in a payload: a JSON value, an XML element or attribute, or a CSV document, row or cell. Access that does not fit
 * the document throws {@link MalformedPayload} naming the place, never its content. Immutable.
 */
public interface PayloadNode {
    /**
     * The values of that name: the member of a JSON object, the cell of a CSV column, every XML child element with that
     * local name, or the attribute for a name that begins with {@code @}. A number is the place in a list, from zero.
     * Empty where there is none; a null is there.
     */
    List<PayloadNode> named(String step);

    /** Whether values can have such a name here: no scalar has any, and a list has only places. */
    default boolean canHave(String step) {
        return true;
    }

    /** Whether this is a list: a JSON array or a CSV document. */
    boolean isList();

    /** Whether this is a text, a number, a truth value or null, which have nothing in them. */
    default boolean isScalar() {
        return false;
    }

    /** Whether this is a number of JSON, which is always written with a decimal point. */
    default boolean isNumber() {
        return false;
    }

    /** Whether values of one name may be repeated beside each other, as XML elements are. */
    boolean isRepeatable();

    /** The items of a list. */
    List<PayloadNode> items() throws MalformedPayload;

    /** The members of a JSON object, or the attributes of an XML element, in document order. */
    SequencedMap<String, PayloadNode> members() throws MalformedPayload;

    /** Whether there is no value: JSON null, or an empty cell. */
    boolean isNull();

    /** A text, or a number with the digits that were sent. */
    String text() throws MalformedPayload;

    /** A text, a number, or {@code true} or {@code false}. */
    default String word() throws MalformedPayload {
        return text();
    }

    /** An exact decimal with the scale that was sent. */
    BigDecimal decimal() throws MalformedPayload;
}
