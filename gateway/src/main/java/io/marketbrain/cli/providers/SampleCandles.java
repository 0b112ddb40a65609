package io.marketbrain.cli.providers;

import io.marketbrain.cli.providers.SampleScan.Leaf;
import io.marketbrain.cli.providers.SampleScan.Proposal;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Finds in a sample where candles and their fields probably are. Pure. */
final class SampleCandles {
    static final List<String> FIELDS = List.of("time", "open", "high", "low", "close", "volume");
    private static final List<String> PRICES = FIELDS.subList(1, 5);

    /** Names of the time at which a candle begins; only then those of any time. */
    private static final List<String> BEGINNINGS = List.of("opentime", "starttime", "start", "candledatetimeutc");

    private static final String SEVERAL =
            "the sample has several lists of candles, whatever the symbol is; write the mapping by hand";

    private final String symbol;

    private SampleCandles(String symbol) {
        this.symbol = symbol;
    }

    /**
     * The rows and fields of candles; where no candles are recognised, those of the first list.
     *
     * @throws ProviderDraft.Refused if there are several lists of candles, or none
     */
    static Proposal in(PayloadNode document, String symbol) throws MalformedPayload, ProviderDraft.Refused {
        var scan = new SampleCandles(symbol);
        Optional<Proposal> found = scan.candles(document, List.of());
        return (found.isPresent() ? found : rows(document, List.of()))
                .orElseThrow(() ->
                        new ProviderDraft.Refused("the sample has no list of candles; write the mapping by hand"));
    }

    /** The first list of objects, without fields. */
    private static Optional<Proposal> rows(PayloadNode node, List<String> path) throws MalformedPayload {
        if (path.size() > SampleScan.DEEPEST) {
            return Optional.empty();
        }
        if (node.isList()) {
            boolean objects = !node.items().isEmpty()
                    && !SampleScan.members(node.items().getFirst()).isEmpty();
            return objects ? Optional.of(new Proposal(path, "list", new LinkedHashMap<>())) : Optional.empty();
        }
        for (Map.Entry<String, PayloadNode> member : SampleScan.members(node).entrySet()) {
            Optional<Proposal> found = rows(member.getValue(), SampleScan.with(path, member.getKey()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Proposal> candles(PayloadNode node, List<String> path)
            throws MalformedPayload, ProviderDraft.Refused {
        if (path.size() > SampleScan.DEEPEST) {
            return Optional.empty();
        }
        if (node.isList()) {
            return node.items().isEmpty() ? Optional.empty() : ofRows(node, path);
        }
        SequencedMap<String, PayloadNode> members = SampleScan.members(node);
        Optional<PayloadNode> own = Optional.ofNullable(members.get(symbol));
        if (own.isPresent()) {
            Optional<Proposal> found = candles(own.get(), SampleScan.with(path, symbol));
            if (found.isPresent()) {
                return found;
            }
        }
        SequencedMap<String, List<String>> columns = named(columns(members));
        if (columns.keySet().containsAll(PRICES)) {
            return Optional.of(new Proposal(path, "columns", columns));
        }
        List<Proposal> found = new ArrayList<>();
        for (Map.Entry<String, PayloadNode> member : members.entrySet()) {
            candles(member.getValue(), SampleScan.with(path, member.getKey())).ifPresent(found::add);
        }
        if (found.size() > 1) {
            throw new ProviderDraft.Refused(SEVERAL);
        }
        return found.stream().findFirst();
    }

    /** The first values of the lists of an object. */
    private static List<Leaf> columns(Map<String, PayloadNode> members) throws MalformedPayload {
        List<Leaf> columns = new ArrayList<>();
        for (Map.Entry<String, PayloadNode> member : members.entrySet()) {
            if (member.getValue().isList() && !member.getValue().items().isEmpty()) {
                PayloadNode first = member.getValue().items().getFirst();
                if (!first.isList() && SampleScan.members(first).isEmpty() && !first.isNull()) {
                    columns.add(new Leaf(List.of(member.getKey()), SampleScan.textOrNothing(first)));
                }
            }
        }
        return columns;
    }

    private Optional<Proposal> ofRows(PayloadNode list, List<String> path)
            throws MalformedPayload, ProviderDraft.Refused {
        PayloadNode first = list.items().getFirst();
        if (first.isList()) {
            return first.items().size() < 5 ? ofFirst(list, path) : Optional.of(ofLists(list, path));
        }
        SequencedMap<String, List<String>> named = named(SampleScan.leaves(first, symbol));
        return named.keySet().containsAll(PRICES)
                ? Optional.of(new Proposal(path, "list", named))
                : ofFirst(list, path);
    }

    /** The candles in the only item of a list. */
    private Optional<Proposal> ofFirst(PayloadNode list, List<String> path)
            throws MalformedPayload, ProviderDraft.Refused {
        Optional<Proposal> found = candles(list.items().getFirst(), SampleScan.with(path, "0"));
        if (found.isPresent() && list.items().size() > 1) {
            throw new ProviderDraft.Refused(SEVERAL);
        }
        return found;
    }

    private static SequencedMap<String, List<String>> named(List<Leaf> leaves) {
        SequencedMap<String, List<String>> fields = SampleScan.fields(leaves, FIELDS);
        BEGINNINGS.stream()
                .flatMap(name -> leaves.stream().filter(leaf -> leaf.name().equals(name)))
                .findFirst()
                .ifPresent(leaf -> fields.putFirst("time", leaf.path()));
        return fields;
    }

    /** Rows without names: the time first, then four prices, of which the highest and the lowest show themselves. */
    private static Proposal ofLists(PayloadNode list, List<String> path) throws MalformedPayload {
        boolean[] highest = {true, true, true, true};
        boolean[] lowest = {true, true, true, true};
        boolean isAnotherPrice = true;
        for (PayloadNode row : list.items()) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    int order = number(row, i + 1).compareTo(number(row, j + 1));
                    highest[i] &= order >= 0;
                    lowest[i] &= order <= 0;
                }
            }
            isAnotherPrice &= row.items().size() > 5 && isPriceOf(row, number(row, 5));
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
        if (list.items().getFirst().items().size() > 5 && !isAnotherPrice) {
            fields.put("volume", List.of("5"));
        }
        return new Proposal(path, "list", fields);
    }

    /** Whether a number is between the lowest and the highest price of a row, such as an average. */
    private static boolean isPriceOf(PayloadNode row, BigDecimal number) throws MalformedPayload {
        boolean above = false;
        boolean below = false;
        for (int i = 1; i < 5; i++) {
            int order = number.compareTo(number(row, i));
            above |= order >= 0;
            below |= order <= 0;
        }
        return above && below;
    }

    private static BigDecimal number(PayloadNode row, int place) throws MalformedPayload {
        List<PayloadNode> found = row.named(String.valueOf(place));
        if (found.isEmpty()) {
            throw new MalformedPayload("a row of candles lacks its item " + place);
        }
        return found.getFirst().decimal();
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
}
