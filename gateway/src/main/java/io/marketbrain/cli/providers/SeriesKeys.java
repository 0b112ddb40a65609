package io.marketbrain.cli.providers;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.payload.JsonPayloadNode;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.SdmxRows;
import io.marketbrain.payload.XmlReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What an SDMX message says about the ids of its series: the data set and the keys, such as {@code D.USD.EUR.SP00.A}. */
final class SeriesKeys {
    private static final int MOST = 16;
    private static final int SEARCHED = 1 << 16;

    /** In a URN or a cell, with the agency: {@code IMF.RES:WEO(9.0.0)}. */
    private static final Pattern VERSIONED =
            Pattern.compile("(?<![A-Za-z0-9_.])([A-Za-z][A-Za-z0-9_.]*+):([A-Za-z0-9_@]++)\\(([0-9.]++)\\)");

    private static final Pattern ELEMENT = Pattern.compile("DataSetID>([A-Za-z0-9_@]++)<");

    /** In the address of the request that a message in JSON repeats. */
    private static final Pattern LINK = Pattern.compile("/data/([A-Za-z0-9_@.,]++)/");

    private SeriesKeys() {}

    /** The first keys of a body, in its order; none if it is no such message in JSON or XML. */
    static List<String> of(byte[] body) {
        PayloadLimits limits = PayloadLimits.defaults();
        var keys = new LinkedHashSet<String>();
        try {
            PayloadNode document = body.length > 0 && body[0] == '{'
                    ? new JsonPayloadNode(JsonValue.parse(body, limits))
                    : XmlReader.read(body, limits);
            for (PayloadNode row : SdmxRows.of(document, Optional.empty(), limits)) {
                keys.add(row.named(SdmxRows.KEY).getFirst().text());
            }
        } catch (MalformedPayload e) {
            return List.of();
        }
        return keys.stream().limit(MOST).toList();
    }

    /** The names of the data set in a body, in the forms that providers use in addresses. */
    static List<String> dataSets(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, SEARCHED), StandardCharsets.ISO_8859_1);
        Set<String> names = new LinkedHashSet<>();
        VERSIONED.matcher(text).results().limit(MOST).forEach(found -> addForms(names, found));
        LINK.matcher(text).results().limit(MOST).forEach(found -> names.add(found.group(1)));
        ELEMENT.matcher(text).results().limit(MOST).forEach(found -> names.add(found.group(1)));
        return List.copyOf(names);
    }

    private static void addForms(Set<String> names, MatchResult found) {
        String agency = found.group(1);
        String set = found.group(2);
        names.addAll(List.of(agency + "/" + set, agency + "," + set + "," + found.group(3), agency + "," + set, set));
    }
}
