package io.marketbrain.cli.providers;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import java.util.ArrayList;
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
    private static final int DEEPEST = 6;

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

    /** Names of the time at which a candle begins; only then those of any time. */
    private static final List<String> BEGINNINGS = List.of("opentime", "starttime", "start", "candledatetimeutc");

    static final List<String> QUOTE_FIELDS =
            List.of("price", "bid", "ask", "open", "high", "low", "volume", "quote_volume", "time");
    static final List<String> CANDLE_FIELDS = List.of("time", "open", "high", "low", "close", "volume");

    private SampleScan() {}

    /**
     * The rows of a sample and the fields in them.
     *
     * @param path the path to the rows
     * @param shape as the key {@code shape} of rows
     * @param fields paths below a row, by the names that the gateway uses
     * @param time the text of the first time, where one was found
     */
    record Proposal(
            List<String> path, String shape, SequencedMap<String, List<String>> fields, Optional<String> time) {}

    /** The fields of a quote anywhere in a document. */
    static Proposal quote(PayloadNode document) throws MalformedPayload {
        List<Leaf> leaves = new ArrayList<>();
        collect(document, List.of(), leaves);
        return new Proposal(List.of(), "one", fields(leaves, QUOTE_FIELDS), textOf(leaves, "time"));
    }

    /** The rows and fields of candles; where no candles are recognised, those of the first list; empty where there is none. */
    static Optional<Proposal> candles(PayloadNode document) throws MalformedPayload {
        Optional<Proposal> found = candles(document, List.of());
        return found.isPresent() ? found : rows(document, List.of());
    }

    /** The first list of objects, without fields. */
    private static Optional<Proposal> rows(PayloadNode node, List<String> path) throws MalformedPayload {
        if (path.size() > DEEPEST) {
            return Optional.empty();
        }
        if (node.isList()) {
            boolean objects =
                    !node.items().isEmpty() && !members(node.items().getFirst()).isEmpty();
            return objects
                    ? Optional.of(new Proposal(path, "list", new LinkedHashMap<>(), Optional.empty()))
                    : Optional.empty();
        }
        for (Map.Entry<String, PayloadNode> member : members(node).entrySet()) {
            Optional<Proposal> found = rows(member.getValue(), with(path, member.getKey()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The path of the first value that is this text. */
    static Optional<List<String>> find(PayloadNode document, String text) throws MalformedPayload {
        List<Leaf> leaves = new ArrayList<>();
        collect(document, List.of(), leaves);
        return leaves.stream()
                .filter(leaf -> !text.isEmpty() && leaf.text().equals(text))
                .map(Leaf::path)
                .findFirst();
    }

    /** Whether a path leads to the first of several items of a list, which may be about other instruments. */
    static boolean isFirstOfSeveral(PayloadNode document, List<String> path) throws MalformedPayload {
        PayloadNode node = document;
        for (String step : path) {
            boolean several = node.isList()
                    && node.items().size() > 1
                    && !node.items().getFirst().isScalar();
            if (several) {
                return true;
            }
            List<PayloadNode> next = node.isList() ? node.items() : node.named(step);
            if (next.isEmpty()) {
                return false;
            }
            node = next.getFirst();
        }
        return false;
    }

    /** The text at a path of the first row of a sample; empty if there is none. */
    static Optional<String> text(PayloadNode document, Proposal rows, List<String> path) {
        var steps = new ArrayList<>(rows.path());
        if (rows.shape().equals("list")) {
            steps.add("0");
        }
        steps.addAll(path);
        if (rows.shape().equals("columns")) {
            steps.add("0");
        }
        PayloadNode node = document;
        try {
            for (String step : steps) {
                List<PayloadNode> next = step.equals("0") && node.isList() ? node.items() : node.named(step);
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                node = next.getFirst();
            }
            return Optional.of(node.text());
        } catch (MalformedPayload e) {
            return Optional.empty();
        }
    }

    /** A text or number in the sample. */
    private record Leaf(List<String> path, String text) {
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

    private static Optional<Proposal> candles(PayloadNode node, List<String> path) throws MalformedPayload {
        if (path.size() > DEEPEST) {
            return Optional.empty();
        }
        if (node.isList()) {
            return node.items().isEmpty() ? Optional.empty() : ofRows(node, path);
        }
        SequencedMap<String, PayloadNode> members = members(node);
        Map<String, PayloadNode> lists = new LinkedHashMap<>();
        members.forEach((name, member) -> {
            if (member.isList()) {
                lists.put(name, member);
            }
        });
        List<Leaf> columns = new ArrayList<>();
        for (Map.Entry<String, PayloadNode> list : lists.entrySet()) {
            for (PayloadNode first : list.getValue().items()) {
                if (!first.isList() && members(first).isEmpty() && !first.isNull()) {
                    columns.add(new Leaf(List.of(list.getKey()), first.text()));
                }
                break;
            }
        }
        SequencedMap<String, List<String>> named = fields(columns, CANDLE_FIELDS);
        if (named.keySet().containsAll(CANDLE_FIELDS.subList(1, 5))) {
            return Optional.of(new Proposal(path, "columns", named, timeOfCandle(columns)));
        }
        for (Map.Entry<String, PayloadNode> member : members.entrySet()) {
            Optional<Proposal> found = candles(member.getValue(), with(path, member.getKey()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Proposal> ofRows(PayloadNode list, List<String> path) throws MalformedPayload {
        PayloadNode first = list.items().getFirst();
        if (first.isList()) {
            return first.items().size() < 5 ? candles(first, with(path, "0")) : Optional.of(ofLists(list, path));
        }
        List<Leaf> leaves = new ArrayList<>();
        collect(first, List.of(), leaves);
        SequencedMap<String, List<String>> named = fields(leaves, CANDLE_FIELDS);
        return named.keySet().containsAll(CANDLE_FIELDS.subList(1, 5))
                ? Optional.of(new Proposal(path, "list", named, timeOfCandle(leaves)))
                : candles(first, with(path, "0"));
    }

    /** Rows without names: the time first, then four prices, of which the highest and the lowest show themselves. */
    private static Proposal ofLists(PayloadNode list, List<String> path) throws MalformedPayload {
        boolean[] highest = {true, true, true, true};
        boolean[] lowest = {true, true, true, true};
        for (PayloadNode row : list.items()) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    int order = row.named(String.valueOf(i + 1))
                            .getFirst()
                            .decimal()
                            .compareTo(
                                    row.named(String.valueOf(j + 1)).getFirst().decimal());
                    highest[i] &= order >= 0;
                    lowest[i] &= order <= 0;
                }
            }
        }
        int high = only(highest, 1);
        int low = only(lowest, 2);
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            if (i != high && i != low) {
                others.add(String.valueOf(i + 1));
            }
        }
        var fields = new LinkedHashMap<String, List<String>>();
        fields.put("time", List.of("0"));
        fields.put("open", List.of(others.getFirst()));
        fields.put("high", List.of(String.valueOf(high + 1)));
        fields.put("low", List.of(String.valueOf(low + 1)));
        fields.put("close", List.of(others.getLast()));
        PayloadNode first = list.items().getFirst();
        if (first.items().size() > 5) {
            fields.put("volume", List.of("5"));
        }
        return new Proposal(
                path, "list", fields, Optional.of(first.items().getFirst().text()));
    }

    /** The only column that is so, or the usual one. */
    private static int only(boolean[] columns, int usual) {
        int found = -1;
        for (int i = 0; i < columns.length; i++) {
            if (columns[i]) {
                if (found >= 0) {
                    return usual;
                }
                found = i;
            }
        }
        return found < 0 ? usual : found;
    }

    /** The leaves below a node; of a list, those of its first item. */
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

    private static String textOrNothing(PayloadNode node) {
        try {
            return node.text();
        } catch (MalformedPayload e) {
            return "";
        }
    }

    private static SequencedMap<String, PayloadNode> members(PayloadNode node) {
        try {
            return node.members();
        } catch (MalformedPayload e) {
            return new LinkedHashMap<>();
        }
    }

    private static SequencedMap<String, List<String>> fields(List<Leaf> leaves, List<String> wanted) {
        var fields = new LinkedHashMap<String, List<String>>();
        for (String field : wanted) {
            boolean begins = field.equals("time") && wanted.equals(CANDLE_FIELDS);
            (begins ? findBeginning(leaves) : find(leaves, field)).ifPresent(leaf -> fields.put(field, leaf.path()));
        }
        return fields;
    }

    private static Optional<String> timeOfCandle(List<Leaf> leaves) {
        return findBeginning(leaves).map(Leaf::text);
    }

    private static Optional<Leaf> findBeginning(List<Leaf> leaves) {
        return BEGINNINGS.stream()
                .flatMap(name -> leaves.stream().filter(leaf -> leaf.name().equals(name)))
                .findFirst()
                .or(() -> find(leaves, "time"));
    }

    private static Optional<String> textOf(List<Leaf> leaves, String field) {
        return find(leaves, field).map(Leaf::text);
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

    private static List<String> with(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
