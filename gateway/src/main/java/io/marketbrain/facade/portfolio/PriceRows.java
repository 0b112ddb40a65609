package io.marketbrain.facade.portfolio;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.text.CsvCell;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prices of one instrument by day, and what is known about them.
 *
 * @param closes oldest first
 * @param provenances that of the prices and those of the rates with which they were converted
 */
record PriceRows(Instrument instrument, String currency, List<DailyClose> closes, List<Provenance> provenances) {
    static final String CSV_HEAD = "date,close,currency,symbol,complete,source,mock,freshness,quality\n";

    PriceRows {
        closes = List.copyOf(closes);
        provenances = List.copyOf(provenances);
    }

    /** The same, rounded to {@code digits} decimal places. */
    PriceRows rounded(int digits) {
        return new PriceRows(
                instrument,
                currency,
                closes.stream()
                        .map(one -> new DailyClose(one.date(), round(one.close(), digits), one.complete()))
                        .toList(),
                provenances);
    }

    private static BigDecimal round(BigDecimal value, int digits) {
        return value.setScale(digits, RoundingMode.HALF_EVEN);
    }

    boolean mock() {
        return provenances.stream().anyMatch(ResponseJson::isMock);
    }

    boolean stale() {
        return provenances.stream().anyMatch(one -> one.freshness() == Freshness.STALE);
    }

    String freshness() {
        return (stale() ? Freshness.STALE : Freshness.FRESH).wire();
    }

    String source() {
        return provenances.stream().map(Provenance::source).distinct().collect(Collectors.joining(" "));
    }

    String quality() {
        return provenances.stream()
                .flatMap(one -> one.flags().stream())
                .map(QualityFlag::code)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** A row with all that is known, so that paths to one member give lists of equal length. */
    void write(JsonDocument json, DailyClose one) {
        json.put("date", one.date().toString())
                .number("close", one.close())
                .put("currency", currency)
                .put("symbol", instrument.unified())
                .put("complete", one.complete())
                .put("source", source())
                .put("mock", mock())
                .put("freshness", freshness())
                .put("quality", quality());
    }

    String csv() {
        String rest = "," + CsvCell.of(currency) + "," + CsvCell.of(instrument.unified()) + ",";
        String label = "," + source() + "," + mock() + "," + freshness() + "," + quality() + "\n";
        return closes.stream()
                .map(one -> one.date() + "," + one.close().toPlainString() + rest + one.complete() + label)
                .collect(Collectors.joining());
    }
}
