package io.marketbrain.cli.providers;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.payload.CsvFormat;
import io.marketbrain.payload.CsvReader;
import io.marketbrain.payload.JsonPayloadNode;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.PayloadKind;
import java.nio.charset.StandardCharsets;

/**
 * A sample whose format shows itself.
 *
 * @param csv how a table is written
 */
record SampleDocument(PayloadKind kind, CsvFormat csv, PayloadNode node) {

    static SampleDocument read(byte[] body) throws MalformedPayload {
        String start = new String(body, 0, Math.min(body.length, 64), StandardCharsets.UTF_8).strip();
        if (start.startsWith("<")) {
            throw new MalformedPayload("it is XML or HTML; write the mapping by hand");
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            return new SampleDocument(PayloadKind.JSON, CsvFormat.USUAL, new JsonPayloadNode(JsonValue.parse(body)));
        }
        CsvFormat csv = SampleCsv.format(body);
        return new SampleDocument(PayloadKind.CSV, csv, CsvReader.read(body, csv, PayloadLimits.defaults()));
    }
}
