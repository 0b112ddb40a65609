package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.notation.TextTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path into a payload: names and places of lists, and selections, which choose the one item of a list, the one member of
 * an object, or the one of several XML elements, that has certain texts. Written as a text with points
 * ({@code rates.0.mid}) or as a list of steps ({@code ["Time Series (Daily)", {"code": "{base}"}, "@rate"]}). Immutable.
 */
public final class PayloadPath {
    private static final String NAMES = "may name only values of a query in braces";

    private final List<Step> steps;

    private sealed interface Step {}

    private record Name(TextTemplate name) implements Step {}

    private record Selection(TextMatch match) implements Step {}

    private PayloadPath(List<Step> steps) {
        this.steps = steps;
    }

    /** The path that leads nowhere but to the value itself. */
    static PayloadPath toItself() {
        return new PayloadPath(List.of());
    }

    /** Whether it leads nowhere but to the value itself. */
    boolean isToItself() {
        return steps.isEmpty();
    }

    /** The path under a key; the value itself for an empty text. */
    public static PayloadPath read(DescriptorObject json, String key) {
        List<Step> steps = new ArrayList<>();
        for (Object part : json.isText(key) ? List.copyOf(split(json.text(key))) : json.mixed(key)) {
            if (part instanceof DescriptorObject selection) {
                steps.add(new Selection(TextMatch.read(selection)));
            } else {
                steps.add(new Name(template(json, key, (String) part)));
            }
        }
        return new PayloadPath(List.copyOf(steps));
    }

    private static List<Object> split(String text) {
        return text.isEmpty() ? List.of() : List.of((Object[]) text.split("\\.", -1));
    }

    static TextTemplate template(DescriptorObject json, String key, String text) {
        try {
            return TextTemplate.parse(text);
        } catch (IllegalArgumentException e) {
            throw json.wrong(key, NAMES);
        }
    }

    /** The one value at this path below {@code from}; empty where there is none. */
    public Optional<PayloadNode> find(PayloadNode from, Map<String, String> values) throws MalformedPayload {
        return only(all(from, values, Missing.IS_NONE));
    }

    /**
     * The one value at this path below {@code from}; empty where it is the query's own values that are not found. A name
     * that has nothing to do with the query must be there.
     */
    Optional<PayloadNode> findDocumented(PayloadNode from, Map<String, String> values) throws MalformedPayload {
        return only(all(from, values, Missing.IS_MALFORMED_UNLESS_OF_QUERY));
    }

    /** Whether a name on the way is a value of the query, such as that of a column for each instrument. */
    boolean namesQuery() {
        return steps.stream().anyMatch(step -> step instanceof Name(TextTemplate name) && !name.isLiteral());
    }

    private static Optional<PayloadNode> only(List<PayloadNode> found) throws MalformedPayload {
        return found.isEmpty() ? Optional.empty() : Optional.of(single(found));
    }

    /** The one value at this path below {@code from}; empty where there is none, but malformed where there can be none. */
    Optional<PayloadNode> findOptional(PayloadNode from, Map<String, String> values) throws MalformedPayload {
        return only(all(from, values, Missing.IS_NONE_UNLESS_IMPOSSIBLE));
    }

    /**
     * The one value at this path below {@code from}; empty where there is none, but malformed where the path begins and then
     * can lead nowhere, because a value on the way is of another kind.
     */
    Optional<PayloadNode> findBegun(PayloadNode from, Map<String, String> values) throws MalformedPayload {
        return only(all(from, values, Missing.IS_NONE_UNLESS_BROKEN_OFF));
    }

    /** What it means that a step leads nowhere. */
    private enum Missing {
        IS_NONE,
        IS_NONE_UNLESS_BROKEN_OFF,
        IS_NONE_UNLESS_IMPOSSIBLE,
        IS_MALFORMED,
        IS_MALFORMED_UNLESS_OF_QUERY
    }

    /** The one value at this path below {@code from}. */
    PayloadNode at(PayloadNode from, Map<String, String> values) throws MalformedPayload {
        return single(all(from, values, Missing.IS_MALFORMED));
    }

    /** Whether there is nothing at this path, or nothing but a null; malformed where there can be none. */
    boolean isAbsent(PayloadNode from, Map<String, String> values) throws MalformedPayload {
        List<PayloadNode> found = all(from, values, Missing.IS_NONE_UNLESS_IMPOSSIBLE);
        return found.isEmpty() || (found.size() == 1 && found.getFirst().isNull());
    }

    /**
     * Whether there is a null at this path or on the way, nothing to select from, or an object without members where the
     * query has the name of one.
     */
    boolean meetsNull(PayloadNode from, Map<String, String> values) throws MalformedPayload {
        PayloadNode parent = from;
        for (int i = 0; i < steps.size(); i++) {
            var soFar = new PayloadPath(steps.subList(0, i + 1));
            List<PayloadNode> found = soFar.all(from, values, Missing.IS_NONE);
            if (found.size() != 1) {
                return found.isEmpty()
                        && switch (steps.get(i)) {
                            case Name(TextTemplate name) ->
                                !name.isLiteral()
                                        && canHave(parent, name, values)
                                        && parent.members().isEmpty();
                            case Selection _ ->
                                parent.isList() && parent.items().isEmpty();
                        };
            }
            parent = found.getFirst();
            if (parent.isNull()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The values at this path below {@code from}: the items of a list, or XML elements of the same name, of which there may
     * be none as long as the element around them exists.
     */
    List<PayloadNode> rows(PayloadNode from, Map<String, String> values) throws MalformedPayload {
        List<PayloadNode> found = all(from, values, Missing.IS_MALFORMED);
        if (found.isEmpty() || found.getFirst().isRepeatable()) {
            return found;
        }
        return single(found).items();
    }

    /** Requires that the element around the rows is empty, if there are none. */
    void requireNothingElse(PayloadNode from, Map<String, String> values) throws MalformedPayload {
        PayloadNode parent = new PayloadPath(steps.subList(0, steps.size() - 1)).at(from, values);
        if (parent.isRepeatable() && !parent.items().isEmpty()) {
            throw new ChangedPayload(parent, " has other elements than documented");
        }
    }

    /** Where names may be repeated, there may be none of the last one. */
    private List<PayloadNode> all(PayloadNode from, Map<String, String> values, Missing missing)
            throws MalformedPayload {
        List<PayloadNode> group = List.of(from);
        for (int i = 0; i < steps.size(); i++) {
            List<PayloadNode> next;
            PayloadNode parent = group.getFirst();
            switch (steps.get(i)) {
                case Selection(TextMatch match) -> next = select(group, match, values);
                case Name(TextTemplate template) -> {
                    parent = single(group);
                    Optional<String> name = template.find(values);
                    next = name.isPresent() ? parent.named(name.get()) : List.of();
                }
            }
            if (next.isEmpty()) {
                boolean malformed = switch (missing) {
                    case IS_NONE -> false;
                    case IS_NONE_UNLESS_BROKEN_OFF ->
                        i > 0 && (isImpossible(steps.get(i), parent, values) || isShort(parent));
                    case IS_NONE_UNLESS_IMPOSSIBLE ->
                        isImpossible(steps.get(i), parent, values) || (i > 0 && isShort(parent));
                    case IS_MALFORMED -> i < steps.size() - 1 || !parent.isRepeatable();
                    case IS_MALFORMED_UNLESS_OF_QUERY ->
                        steps.get(i) instanceof Name(TextTemplate name)
                                && (name.isLiteral() || !canHave(parent, name, values));
                };
                if (malformed) {
                    throw new ChangedPayload(parent, lack(steps.get(i), parent, values));
                }
                return next;
            }
            group = next;
        }
        return group;
    }

    /** What a node lacks: {@code lacks 'last'}. */
    private static String lack(Step step, PayloadNode parent, Map<String, String> values) {
        String lacked = step instanceof Name(TextTemplate template)
                ? "'" + template.find(values).orElse("") + "'"
                : "a documented item";
        return (parent.isList() ? " is a list, which lacks " : " lacks ") + lacked;
    }

    private static boolean isImpossible(Step step, PayloadNode parent, Map<String, String> values) {
        return step instanceof Name(TextTemplate name) && !parent.isNull() && !canHave(parent, name, values);
    }

    /** Whether it is a list that has items, but not the documented one: the others may have moved. */
    private static boolean isShort(PayloadNode parent) throws MalformedPayload {
        return parent.isList() && !parent.items().isEmpty();
    }

    private static boolean canHave(PayloadNode parent, TextTemplate name, Map<String, String> values) {
        return name.find(values).filter(step -> !parent.canHave(step)).isEmpty();
    }

    private static List<PayloadNode> select(List<PayloadNode> group, TextMatch match, Map<String, String> values)
            throws MalformedPayload {
        List<PayloadNode> chosen = new ArrayList<>();
        for (PayloadNode item : selectable(group, match, values)) {
            if (!item.isScalar() && match.fits(item, values)) {
                chosen.add(item);
            }
        }
        return chosen;
    }

    /** Elements of one name, the items of a list, or those members of an object that have what is compared. */
    private static List<PayloadNode> selectable(List<PayloadNode> group, TextMatch match, Map<String, String> values)
            throws MalformedPayload {
        if (group.getFirst().isRepeatable()) {
            return group;
        }
        PayloadNode parent = single(group);
        return parent.isList()
                ? parent.items()
                : parent.members().values().stream()
                        .filter(member -> !member.isScalar() && match.hasMembers(member, values))
                        .toList();
    }

    private static PayloadNode single(List<PayloadNode> group) throws MalformedPayload {
        if (group.size() != 1) {
            throw new MalformedPayload(
                    group.isEmpty() ? "a documented value is missing" : group.getFirst() + " is there more than once");
        }
        return group.getFirst();
    }
}
