package io.marketbrain.api.candles;

import io.marketbrain.api.request.PageCursor;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.text.CsvCell;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes candles as CSV (RFC 4180) with LF line ends. An absent value is an empty cell; each row names its source,
 * instrument and interval, and the unit of its prices ({@code GBp}). Times are in UTC, in one of several forms.
 */
public final class CandleCsvWriter implements CandleWriter {
    public static final String HEAD =
            "open_time,open,high,low,close,volume,quote_volume,trades,complete,source,symbol,interval,currency";

    private final StringBuilder text = new StringBuilder(HEAD).append('\n');

    private final CsvTime times;

    /** @param spreadsheet whether times have the form {@code 2024-01-31 09:00:00} */
    public CandleCsvWriter(boolean spreadsheet) {
        this(spreadsheet ? CsvTime.EXCEL : CsvTime.RFC3339);
    }

    CandleCsvWriter(CsvTime times) {
        this.times = times;
    }

    @Override
    public void page(QueryResult answer, Candles candles, OutputStream out) throws IOException {
        String constant = CsvCell.of(answer.provenance().source())
                + ','
                + CsvCell.of(candles.listing().instrument().unified())
                + ','
                + candles.interval().wire()
                + ','
                + CsvCell.of(candles.listing().priceUnit())
                + '\n';
        for (Candle candle : candles.candles()) {
            text.append(times.of(candles, candle)).append(',');
            cell(candle.open());
            cell(candle.high());
            cell(candle.low());
            cell(candle.close());
            cell(candle.volume());
            cell(candle.quoteVolume());
            if (candle.trades() != null) {
                text.append(candle.trades().longValue());
            }
            text.append(',').append(candle.complete()).append(',').append(constant);
            write(out);
        }
        write(out);
    }

    /** Writes row by row, so that no page is buffered as text while the client does not read. */
    private void write(OutputStream out) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    @Override
    public void end(Optional<PageCursor> next, OutputStream out) {}

    private void cell(@Nullable BigDecimal value) {
        if (value != null) {
            text.append(value.toPlainString());
        }
        text.append(',');
    }
}
