package io.marketbrain.facade.portfolio;

import io.marketbrain.api.rendering.JsonDocument;
import java.util.ArrayList;
import java.util.List;

/** Prices as one flat JSON array. Pure. */
final class PriceJson {
    private PriceJson() {}

    private record Row(PriceRows of, DailyClose close) {}

    static byte[] rows(List<PriceRows> all) {
        var rows = new ArrayList<Row>();
        all.forEach(of -> of.closes().forEach(close -> rows.add(new Row(of, close))));
        return JsonDocument.array(rows, (json, row) -> row.of().write(json, row.close()));
    }
}
