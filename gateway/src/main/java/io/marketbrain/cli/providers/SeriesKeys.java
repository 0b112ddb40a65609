package io.marketbrain.cli.providers;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.payload.JsonPayloadNode;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.SdmxRows;
import io.marketbrain.payload.XmlReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The keys of the series in an SDMX message, such as {@code D.USD.EUR.SP00.A}. */
final class SeriesKeys {
    private static final int MOST = 16;

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
}
