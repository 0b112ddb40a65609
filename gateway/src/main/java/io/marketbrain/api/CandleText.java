package io.marketbrain.api;

import io.marketbrain.model.Answer;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Candles as lines: CSV for tables, NDJSON for streams of records. */
final class CandleText {
    static final String CSV_HEAD = "open_time,open,high,low,close,volume,quote_volume,trades,complete,source";

    private CandleText() {}

    /** RFC 4180 with LF line ends; an absent value is an empty cell; each row names its source. */
    static byte[] csv(Answer answer, Candles candles) {
        String source = answer.provenance().source();
        var out = new StringBuilder(64 + candles.candles().size() * 120);
        out.append(CSV_HEAD).append('\n');
        for (Candle candle : candles.candles()) {
            out.append(candle.openTime()).append(',');
            cell(out, candle.open());
            cell(out, candle.high());
            cell(out, candle.low());
            cell(out, candle.close());
            cell(out, candle.volume());
            cell(out, candle.quoteVolume());
            if (candle.trades() != null) {
                out.append(candle.trades().longValue());
            }
            out.append(',').append(candle.complete()).append(',').append(source).append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void cell(StringBuilder out, @Nullable BigDecimal value) {
        if (value != null) {
            out.append(value.toPlainString());
        }
        out.append(',');
    }

    /**
     * A candle a line, and a last line that says what should have arrived: how many lines, the gaps, and the SHA-256 of
     * every byte before it.
     */
    static byte[] ndjson(Answer answer, Candles candles, Optional<Cursor> next) {
        var out = new ByteArrayOutputStream(64 + candles.candles().size() * 200);
        for (Candle candle : candles.candles()) {
            line(out, Json.object(json -> AnswerJson.writeCandle(json, candles, candle)));
        }
        var digest = Etag.sha256();
        String checksum = "sha256:" + HexFormat.of().formatHex(digest.digest(out.toByteArray()));
        var provenance = answer.provenance();
        line(
                out,
                Json.object(json -> json.put("trailer", true)
                        .put("count", (long) candles.candles().size())
                        .objects("gaps", candles.gaps(), AnswerJson::writeGap)
                        .put("checksum", checksum)
                        .put("provider", provenance.provider().value())
                        .put("instrument", candles.listing().instrument().unified())
                        .put("interval", candles.interval().wire())
                        .put("source", provenance.source())
                        .put("mock", AnswerJson.isMock(provenance))
                        .put("mock_reason", provenance.mockReason())
                        .put("freshness", provenance.freshness().wire())
                        .put("next_cursor", next.map(Cursor::text).orElse(null))));
        return out.toByteArray();
    }

    private static void line(ByteArrayOutputStream out, byte[] json) {
        out.writeBytes(json);
        out.write('\n');
    }

    /** How many bars are missing between the first candle and the last. */
    static long missing(Candles candles) {
        return candles.gaps().stream().mapToLong(Gap::missing).sum();
    }
}
