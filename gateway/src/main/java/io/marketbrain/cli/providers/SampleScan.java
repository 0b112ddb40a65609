package io.marketbrain.cli.providers;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Finds in a sample where the fields of an operation probably are, by the names that providers use. What it finds is a proposal:
 * a person confirms it. Pure.
 */
final class SampleScan {
    static final int DEEPEST = 6;

    /** Names by field, the most telling first; in lower case, without anything but letters and digits. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "price",
                    List.of(
                            "last",
                            "lastprice",
                            "lastpr",
                            "lasttradedprice",
                            "tradeprice",
                            "currentprice",
                            "price",
                            "close",
                            "c",
                            "rate",
                            "value",
                            "mid",
                            "p"),
            "bid", List.of("bid", "bidprice", "bestbid", "bidpx", "bidpr", "highestbid", "b"),
            "ask", List.of("ask", "askprice", "bestask", "askpx", "askpr", "lowestask", "a"),
            "open", List.of("open", "openprice", "openingprice", "open24h", "o"),
            "high", List.of("high", "highprice", "highestprice", "high24h", "h"),
            "low", List.of("low", "lowprice", "lowestprice", "low24h", "l"),
            "close", List.of("close", "closeprice", "closingprice", "tradeprice", "c"),
            "volume", List.of("volume", "vol", "basevolume", "volume24h", "vol24h", "basevol", "v"),
            "quote_volume", List.of("quotevolume", "turnover", "quotevol", "turnover24h", "volumequote"),
            "time",
                    List.of(
                            "time",
                            "timestamp",
                            "ts",
                            "opentime",
                            "datetime",
                            "date",
                            "t",
                            "updated",
                            "updatedat",
                            "closetime"));

    static final List<String> QUOTE_FIELDS =
            List.of("price", "bid", "ask", "open", "high", "low", "volume", "quote_volume", "time");

    private SampleScan() {}

    /**
     * The rows of a sample and the fields in them.
     *
     * @param path the path to the rows
     * @param shape as the key {@code shape} of rows
     * @param first the place of the first row that counts, of the shape list
     * @param where what rows have that count, as in the key {@code where}; empty if all do
     * @param newest whether the newest row counts
     * @param fields paths below a row, by the names that the gateway uses
     */
    record Proposal(
            List<String> path,
            String shape,
            int first,
            Map<String, String> where,
            boolean newest,
            SequencedMap<String, List<String>> fields) {
        Proposal(List<String> path, String shape, SequencedMap<String, List<String>> fields) {
            this(path, shape, 0, Map.of(), false, fields);
        }
    }

    /**
     * The fields of a quote: anywhere in a document or, in a list of several items, in those that name the symbol.
     *
     * @param given whether a person says where the price is
     * @throws ProviderDraft.Refused if the price is one of several, and it does not show which one is meant
     */
    static Proposal quote(PayloadNode document, String symbol, boolean given)
            throws MalformedPayload, ProviderDraft.Refused {
        SequencedMap<String, List<String>> fields = fields(leaves(document, symbol), QUOTE_FIELDS);
        List<String> price = given ? List.of() : fields.getOrDefault("price", List.of());
        int choice = choice(document, price, symbol);
        if (choice >= 0) {
            return ofItems(document, price.subList(0, choice), symbol);
        }
        return new Proposal(List.of(), "one", withoutChoices(document, fields, symbol));
    }

    /** The items of a list that have the symbol in the same place; if there are several, the newest one. */
    private static Proposal ofItems(PayloadNode document, List<String> path, String symbol)
            throws MalformedPayload, ProviderDraft.Refused {
        PayloadNode list = at(document, path)
                .filter(PayloadNode::isList)
                .orElseThrow(
                        () -> new ProviderDraft.Refused(
                                "the price is the first of several, whatever the symbol is; say where it is (--field price=PATH)"));
        List<PayloadNode> items = list.items();
        List<String> name = List.of();
        List<Integer> own = new ArrayList<>();
        String written = "";
        for (int i = 0; i < items.size(); i++) {
            if (name.isEmpty()) {
                name = find(items.get(i), symbol).orElse(List.of());
            }
            Optional<String> text = name.isEmpty() ? Optional.empty() : text(items.get(i), name);
            if (text.filter(one -> one.equalsIgnoreCase(symbol)).isPresent()) {
                own.add(i);
                written = text.get();
            }
        }
        if (own.isEmpty()) {
            throw new ProviderDraft.Refused(
                    "the price is that of the first of several items, whatever the symbol is; write the mapping by"
                            + " hand, with 'where' or 'pick'");
        }
        PayloadNode first = items.get(own.getFirst());
        SequencedMap<String, List<String>> fields =
                withoutChoices(first, fields(leaves(first, symbol), QUOTE_FIELDS), symbol);
        if (own.size() > 1) {
            List<String> time = fields.getOrDefault("time", List.of());
            var times = new HashSet<String>();
            for (int i : own) {
                text(items.get(i), time).ifPresent(times::add);
            }
            if (time.isEmpty() || times.size() < own.size()) {
                throw new ProviderDraft.Refused("several items have the symbol, and their times do not say which one is"
                        + " the newest; write the mapping by hand, with 'where' or 'pick'");
            }
        }
        return new Proposal(
                path,
                "list",
                own.getFirst(),
                Map.of(String.join(".", name), SampleAddress.placeholder(written)),
                own.size() > 1,
                fields);
    }

    private static SequencedMap<String, List<String>> withoutChoices(
            PayloadNode from, SequencedMap<String, List<String>> fields, String symbol) throws MalformedPayload {
        var sure = new LinkedHashMap<String, List<String>>();
        for (Map.Entry<String, List<String>> field : fields.entrySet()) {
            if (choice(from, field.getValue(), symbol) < 0) {
                sure.put(field.getKey(), field.getValue());
            }
        }
        return sure;
    }

    /**
     * The place of the first step of a path that chooses one of several things, which may be about other instruments: an item of a
     * list, or a member beside which another one has the same values; -1 if there is none.
     */
    private static int choice(PayloadNode from, List<String> path, String symbol) throws MalformedPayload {
        PayloadNode node = from;
        for (int i = 0; i < path.size(); i++) {
            String step = path.get(i);
            if (node.isList() ? node.items().size() > 1 : hasAnother(node, path.subList(i, path.size()), symbol)) {
                return i;
            }
            List<PayloadNode> next = node.named(step);
            if (next.isEmpty()) {
                return -1;
            }
            node = next.getFirst();
        }
        return -1;
    }

    /** Whether the rest of a path also leads to a value from another member than its own, unless that is called as the symbol. */
    private static boolean hasAnother(PayloadNode node, List<String> path, String symbol) {
        List<String> rest = path.subList(1, path.size());
        return rest.stream().anyMatch(step -> !step.equals("0"))
                && !path.getFirst().equals(symbol)
                && members(node).entrySet().stream()
                        .anyMatch(member -> !member.getKey().equals(path.getFirst())
                                && at(member.getValue(), rest).isPresent());
    }

    /** Whether a path leads to one of several objects of a list, which may be about other instruments. */
    static boolean isOneOfSeveral(PayloadNode document, List<String> path) throws MalformedPayload {
        for (int i = 0; i < path.size(); i++) {
            Optional<PayloadNode> node = at(document, path.subList(0, i));
            if (node.isPresent()
                    && node.get().isList()
                    && node.get().items().size() > 1
                    && !node.get().items().getFirst().isScalar()) {
                return true;
            }
        }
        return false;
    }

    /** The path of the first value that is the symbol, in upper or lower case. */
    static Optional<List<String>> find(PayloadNode document, String symbol) throws MalformedPayload {
        return leaves(document, symbol).stream()
                .filter(leaf -> leaf.text().equalsIgnoreCase(symbol))
                .map(Leaf::path)
                .findFirst();
    }

    /** The value at a path of the first row of a sample; empty if there is none. */
    static Optional<PayloadNode> value(PayloadNode document, Proposal rows, List<String> path) {
        var steps = new ArrayList<>(rows.path());
        if (rows.shape().equals("list")) {
            steps.add(String.valueOf(rows.first()));
        }
        steps.addAll(path);
        if (rows.shape().equals("columns")) {
            steps.add("0");
        }
        return at(document, steps);
    }

    private static Optional<PayloadNode> at(PayloadNode from, List<String> path) {
        PayloadNode node = from;
        for (String step : path) {
            List<PayloadNode> next = node.named(step);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            node = next.getFirst();
        }
        return Optional.of(node);
    }

    static Optional<String> text(PayloadNode from, List<String> path) {
        return at(from, path).map(SampleScan::textOrNothing);
    }

    /** A text or number in the sample. */
    record Leaf(List<String> path, String text) {
        /** The name of its member, also where its value is in a list. */
        String name() {
            for (String step : path.reversed()) {
                if (!step.equals("0")) {
                    return step.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
                }
            }
            return "";
        }
    }

    /** The leaves of a node, first those below a member that is called as the symbol; of a list, those of its first item. */
    static List<Leaf> leaves(PayloadNode node, String symbol) throws MalformedPayload {
        List<Leaf> leaves = new ArrayList<>();
        collect(node, List.of(), leaves);
        leaves.sort(Comparator.comparing(leaf -> !leaf.path().contains(symbol)));
        return leaves;
    }

    private static void collect(PayloadNode node, List<String> path, List<Leaf> leaves) throws MalformedPayload {
        if (node.isNull() || path.size() > DEEPEST) {
            return;
        }
        if (node.isList()) {
            if (!node.items().isEmpty()) {
                collect(node.items().getFirst(), with(path, "0"), leaves);
            }
            return;
        }
        SequencedMap<String, PayloadNode> members = members(node);
        if (members.isEmpty() && !path.isEmpty()) {
            leaves.add(new Leaf(path, textOrNothing(node)));
        }
        for (Map.Entry<String, PayloadNode> member : members.entrySet()) {
            collect(member.getValue(), with(path, member.getKey()), leaves);
        }
    }

    static String textOrNothing(PayloadNode node) {
        try {
            return node.text();
        } catch (MalformedPayload e) {
            return "";
        }
    }

    static SequencedMap<String, PayloadNode> members(PayloadNode node) {
        try {
            return node.members();
        } catch (MalformedPayload e) {
            return new LinkedHashMap<>();
        }
    }

    static SequencedMap<String, List<String>> fields(List<Leaf> leaves, List<String> wanted) {
        var fields = new LinkedHashMap<String, List<String>>();
        for (String field : wanted) {
            find(leaves, field).ifPresent(leaf -> fields.put(field, leaf.path()));
        }
        return fields;
    }

    private static Optional<Leaf> find(List<Leaf> leaves, String field) {
        for (String name : NAMES.getOrDefault(field, List.of())) {
            for (Leaf leaf : leaves) {
                if (leaf.name().equals(name)
                        && (field.equals("time") || leaf.text().matches("-?[0-9.][0-9.,]*([eE][+-]?[0-9]+)?"))) {
                    return Optional.of(leaf);
                }
            }
        }
        return Optional.empty();
    }

    static List<String> with(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
