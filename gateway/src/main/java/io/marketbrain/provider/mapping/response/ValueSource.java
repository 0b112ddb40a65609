package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.PayloadText;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.notation.TextTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of a field is: at a path, or at the first of several paths that has a value; or a constant. A path that
 * is not there makes the payload malformed, unless the field is optional. A null, or a text that means "none", is no value.
 *
 * @param ofDocument whether the paths begin at the document instead of the row
 * @param none the texts that mean that there is no value; {@code 0} stands for every zero
 */
public record ValueSource(
        List<PayloadPath> paths,
        @Nullable TextTemplate constant,
        boolean ofDocument,
        boolean optional,
        Set<String> none) {
    private static final String ZERO = "0";

    static ValueSource at(PayloadPath path) {
        return new ValueSource(List.of(path), null, false, false, Set.of());
    }

    /** Reads {@code path}, {@code first_of} or {@code value}, and {@code document}, {@code optional} and {@code none}. */
    static ValueSource read(DescriptorObject json) {
        TextTemplate constant = json.has("value") ? PayloadPath.template(json, "value", json.text("value")) : null;
        return new ValueSource(
                constant == null ? paths(json) : List.of(),
                constant,
                json.flag("document", false),
                json.flag("optional", false),
                json.has("none") ? Set.copyOf(json.texts("none")) : Set.of());
    }

    /** {@code "title": "{base}/{quote} rate"}, or {@code "title": {"path": "name"}} for what the document says. */
    public static Optional<ValueSource> findText(DescriptorObject response, String key) {
        if (response.has(key) && response.isObject(key)) {
            DescriptorObject json = response.object(key);
            ValueSource source = read(json);
            json.end();
            return Optional.of(new ValueSource(source.paths, source.constant, true, source.optional, source.none));
        }
        return response.findText(key)
                .map(text ->
                        new ValueSource(List.of(), PayloadPath.template(response, key, text), true, false, Set.of()));
    }

    private static List<PayloadPath> paths(DescriptorObject json) {
        return json.has("first_of")
                ? json.each("first_of").stream()
                        .map(one -> PayloadPath.read(one, "first_of"))
                        .toList()
                : List.of(PayloadPath.read(json, "path"));
    }

    /** The same for another path. */
    ValueSource on(PayloadPath path) {
        return new ValueSource(List.of(path), null, ofDocument, optional, none);
    }

    /** Whether it is the same in every response to a query. */
    public boolean isConstant() {
        return constant != null;
    }

    /** The value's node; empty where there is no value. */
    public Optional<PayloadNode> find(RowContext row) throws MalformedPayload {
        if (constant != null) {
            return constant.find(row.values())
                    .map(text -> PayloadText.of(text, "a constant", PayloadLimits.defaults()));
        }
        PayloadNode from = ofDocument ? row.document() : row.row();
        boolean isThere = optional || paths.size() == 1;
        for (PayloadPath path : paths) {
            Optional<PayloadNode> found = find(path, from, row.values());
            isThere |= found.isPresent();
            if (found.isPresent() && !isNone(found.get())) {
                return found;
            }
        }
        if (!isThere) {
            throw new ChangedPayload(from, " lacks a documented value");
        }
        return Optional.empty();
    }

    /** Whether it is the value of another name for each instrument. */
    boolean namesQuery() {
        return paths.stream().anyMatch(PayloadPath::namesQuery);
    }

    /** Whether a row has the value, even one that means that there is none. */
    boolean isThere(RowContext row) throws MalformedPayload {
        PayloadNode from = ofDocument ? row.document() : row.row();
        for (PayloadPath path : paths) {
            if (path.find(from, row.values()).isPresent()) {
                return true;
            }
        }
        return constant != null;
    }

    private Optional<PayloadNode> find(PayloadPath path, PayloadNode from, Map<String, String> values)
            throws MalformedPayload {
        if (paths.size() > 1) {
            return path.findBegun(from, values);
        }
        return optional ? path.findOptional(from, values) : path.findDocumented(from, values);
    }

    private boolean isNone(PayloadNode node) throws MalformedPayload {
        if (node.isNull()) {
            return true;
        }
        return !none.isEmpty() && (none.contains(node.text()) || (none.contains(ZERO) && isZero(node)));
    }

    private static boolean isZero(PayloadNode node) {
        try {
            return node.decimal().signum() == 0;
        } catch (MalformedPayload e) {
            return false;
        }
    }
}
