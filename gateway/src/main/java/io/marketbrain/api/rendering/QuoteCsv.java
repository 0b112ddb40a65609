package io.marketbrain.api.rendering;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.text.CsvCell;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes quotes as CSV (RFC 4180) with LF line ends. An absent value is an empty cell; {@code currency} is the unit of the
 * prices ({@code GBp}). Pure.
 */
public final class QuoteCsv {
    public static final String COLUMNS =
            "symbol,instrument,price,currency,bid,bid_size,ask,ask_size,open,high,low,volume,quote_volume,as_of,freshness,source";

    private QuoteCsv() {}

    /** A header row and a row for each of the results, which hold quotes. */
    public static Response reply(List<QueryResult> results) {
        String rows = results.stream().map(QuoteCsv::row).collect(Collectors.joining());
        Response reply =
                Response.tagged(RecordCsv.MEDIA_TYPE, (COLUMNS + "\n" + rows).getBytes(StandardCharsets.UTF_8));
        String quality = results.stream().flatMap(QuoteCsv::warnings).collect(Collectors.joining(", "));
        return quality.isEmpty() ? reply : reply.with("X-Quality", quality);
    }

    /** What JSON has in {@code quality}, for which the rows have no place: the instrument and the code. */
    private static Stream<String> warnings(QueryResult result) {
        String instrument = result.data() instanceof Quote quote
                ? quote.listing().instrument().unified() + " "
                : "";
        return result.provenance().flags().stream().map(flag -> instrument + flag.code());
    }

    private static String row(QueryResult result) {
        if (!(result.data() instanceof Quote quote)) {
            throw new IllegalArgumentException("not a quote");
        }
        Instrument instrument = quote.listing().instrument();
        return Arrays.asList(
                        CsvCell.of(instrument.base()),
                        CsvCell.of(instrument.unified()),
                        RecordCsv.number(quote.price()),
                        CsvCell.of(quote.listing().priceUnit()),
                        RecordCsv.number(quote.bid()),
                        RecordCsv.number(quote.bidSize()),
                        RecordCsv.number(quote.ask()),
                        RecordCsv.number(quote.askSize()),
                        RecordCsv.number(quote.open()),
                        RecordCsv.number(quote.high()),
                        RecordCsv.number(quote.low()),
                        RecordCsv.number(quote.volume()),
                        RecordCsv.number(quote.quoteVolume()),
                        quote.asOf() == null ? "" : quote.asOf().toString(),
                        result.provenance().freshness().wire(),
                        CsvCell.of(result.provenance().source()))
                .stream()
                .collect(Collectors.joining(",", "", "\n"));
    }
}
