package io.marketbrain.cli.commands;

import io.marketbrain.api.candles.CandleDrawing;
import io.marketbrain.cli.candles.CsvHeader;
import java.util.List;

/** The API's CSV of candles as a chart, an SVG document. Pure; the same candles give the same bytes. */
final class CandleChart {
    private CandleChart() {}

    /**
     * The chart of the candles in a CSV that the API served.
     *
     * @param title what stands above it; beside that it says whether the data is mock
     */
    static String svg(String csv, String title) {
        CsvHeader header = CsvHeader.of(csv.lines().findFirst().orElse(""));
        List<List<String>> rows = csv.lines()
                .skip(1)
                .filter(line -> !line.isEmpty())
                .map(CsvHeader::cells)
                .toList();
        boolean mock = rows.stream()
                .anyMatch(cells -> cells.get(header.position("source")).equals("mock"));
        List<CandleDrawing.Bar> bars =
                rows.stream().map(cells -> bar(header, cells)).toList();
        return CandleDrawing.svg(bars, title, mock ? "mock data" : "");
    }

    private static CandleDrawing.Bar bar(CsvHeader header, List<String> cells) {
        String volume = cells.get(header.position("volume"));
        return new CandleDrawing.Bar(
                cells.get(header.openTime()),
                Double.parseDouble(cells.get(header.position("open"))),
                Double.parseDouble(cells.get(header.position("high"))),
                Double.parseDouble(cells.get(header.position("low"))),
                cells.get(header.position("close")),
                volume.isEmpty() ? 0 : Double.parseDouble(volume),
                cells.get(header.position("complete")).equals("true"));
    }
}
