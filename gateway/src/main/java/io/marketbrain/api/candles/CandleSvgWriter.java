package io.marketbrain.api.candles;

import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QualityFlag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A page of candles as a chart, the same that the command line draws. Beside the title it says whether the data is mock, stale or flagged. */
final class CandleSvgWriter {
    private CandleSvgWriter() {}

    /** The chart, as an SVG document in UTF-8. */
    static byte[] write(CandlePage page) {
        Candles candles = page.candles();
        Provenance provenance = page.answer().provenance();
        String title = candles.listing().instrument().unified() + " at "
                + page.query().provider() + ", " + candles.interval().wire();
        List<CandleDrawing.Bar> bars =
                candles.candles().stream().map(CandleSvgWriter::bar).toList();
        return CandleDrawing.svg(bars, title, note(provenance)).getBytes(StandardCharsets.UTF_8);
    }

    private static String note(Provenance provenance) {
        List<String> notes = new ArrayList<>();
        if (ResponseJson.isMock(provenance)) {
            notes.add("mock data");
        }
        if (provenance.freshness() == Freshness.STALE) {
            notes.add("stale");
        }
        provenance.flags().stream().map(QualityFlag::code).distinct().forEach(notes::add);
        return String.join(", ", notes);
    }

    private static CandleDrawing.Bar bar(Candle candle) {
        return new CandleDrawing.Bar(
                candle.openTime().toString(),
                candle.open().doubleValue(),
                candle.high().doubleValue(),
                candle.low().doubleValue(),
                candle.close().toPlainString(),
                candle.volume() == null ? 0 : candle.volume().doubleValue(),
                candle.complete());
    }
}
