package io.marketbrain.api.rendering;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.NewsItem;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.ShareRatio;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.model.text.CsvCell;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one result as CSV (RFC 4180) with LF line ends: a header row, then a row for each level, trade, observation or news item, with
 * freshness and source; those of a series end with its unit and the multiplier of it. An absent value is an empty cell. Pure.
 */
public final class RecordCsv {
    static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";

    private RecordCsv() {}

    /** A response whose headers say what the rows have no place for: whether the data is mock, and warnings. */
    public static Response reply(QueryResult result) {
        String mock = Boolean.toString(ResponseJson.isMock(result.provenance()));
        if (result.data() instanceof MarketData.Quote) {
            return QuoteCsv.reply(List.of(result)).with("X-Mock", mock);
        }
        String quality = result.provenance().flags().stream()
                .map(QualityFlag::code)
                .distinct()
                .collect(Collectors.joining(", "));
        Response reply = Response.tagged(MEDIA_TYPE, text(result).getBytes(StandardCharsets.UTF_8))
                .with("X-Mock", mock);
        if (result.data() instanceof MarketData.Series series && series.adjustment() != null) {
            reply = reply.with("X-Adjustment", series.adjustment().wire());
        }
        return quality.isEmpty() ? reply : reply.with("X-Quality", quality);
    }

    private static String text(QueryResult result) {
        Optional<MarketData.Series> series =
                result.data() instanceof MarketData.Series found ? Optional.of(found) : Optional.empty();
        String end = "," + result.provenance().freshness().wire() + ","
                + CsvCell.of(result.provenance().source())
                + series.map(RecordCsv::unit).orElse("") + "\n";
        String head =
                columns(result.data()) + ",freshness,source" + (series.isEmpty() ? "" : ",unit,unit_multiplier") + "\n";
        return rows(result.data()).map(row -> row + end).collect(Collectors.joining("", head, ""));
    }

    private static String columns(MarketData data) {
        return switch (data) {
            case MarketData.OrderBook _ -> "side,price,size,currency";
            case MarketData.Trades _ -> "id,time,price,size,side,currency";
            case MarketData.Series series -> "time,value" + (hasRatios(series) ? ",ratio" : "");
            case MarketData.NewsItems _ -> "published,title,url,summary";
            default -> throw new IllegalArgumentException("no table: " + data.getClass());
        };
    }

    private static Stream<String> rows(MarketData data) {
        return switch (data) {
            case MarketData.OrderBook book ->
                Stream.concat(
                                book.bids().stream().map(level -> level("bid", level)),
                                book.asks().stream().map(level -> level("ask", level)))
                        .map(row -> row + unit(book.listing()));
            case MarketData.Trades trades ->
                trades.trades().stream().map(trade -> trade(trade) + unit(trades.listing()));
            case MarketData.Series series ->
                series.observations().stream()
                        .map(one -> one.time() + "," + number(one.value())
                                + (hasRatios(series) ? "," + ratio(one.ratio()) : ""));
            case MarketData.NewsItems news -> news.items().stream().map(RecordCsv::item);
            default -> throw new IllegalArgumentException("no table: " + data.getClass());
        };
    }

    /** Whether its values are splits, also where there are none. */
    private static boolean hasRatios(MarketData.Series series) {
        return InstrumentSeries.find(series.id())
                .filter(about -> about.kind() == SeriesKind.SPLITS)
                .isPresent();
    }

    private static String ratio(@Nullable ShareRatio ratio) {
        return ratio == null ? "" : ratio.text();
    }

    /** What prices are in, such as {@code GBp}. */
    private static String unit(Listing listing) {
        return "," + CsvCell.of(listing.priceUnit());
    }

    /** What values are in, and what they are multiplied by to be in it. */
    private static String unit(MarketData.Series series) {
        return "," + cell(series.unit()) + "," + number(series.details().unitMultiplier());
    }

    private static String level(String side, Level level) {
        return side + "," + number(level.price()) + "," + number(level.size());
    }

    private static String trade(Trade trade) {
        return CsvCell.of(trade.id()) + "," + trade.time() + "," + number(trade.price()) + "," + number(trade.size())
                + "," + (trade.side() == null ? "" : trade.side().name().toLowerCase(Locale.ROOT));
    }

    private static String item(NewsItem item) {
        return item.published() + "," + CsvCell.of(item.title()) + "," + cell(item.url()) + "," + cell(item.summary());
    }

    private static String cell(@Nullable String text) {
        return text == null ? "" : CsvCell.of(text);
    }

    static String number(@Nullable BigDecimal value) {
        return value == null ? "" : value.toPlainString();
    }
}
