package io.marketbrain.cli.candles;

import java.util.Arrays;
import java.util.List;

/** The columns of a CSV whose cells are never quoted. */
public record CsvHeader(List<String> columns) {
    private static final String OPEN_TIME = "open_time";

    public CsvHeader {
        columns = List.copyOf(columns);
    }

    public static CsvHeader of(String line) {
        return new CsvHeader(List.of(line.split(",", -1)));
    }

    public static List<String> cells(String line) {
        return Arrays.asList(line.split(",", -1));
    }

    /** The position of a column; throws if there is none. */
    public int position(String column) {
        int position = columns.indexOf(column);
        if (position < 0) {
            throw new IllegalStateException("the API's CSV has no column " + column);
        }
        return position;
    }

    /** The position of the time that a candle opens at. */
    public int openTime() {
        return position(OPEN_TIME);
    }
}
