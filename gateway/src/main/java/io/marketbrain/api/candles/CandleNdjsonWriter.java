package io.marketbrain.api.candles;

import io.marketbrain.api.rendering.Etag;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.api.request.PageCursor;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.price.PriceUnit;
import io.marketbrain.pipeline.MarketDataPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one candle per line and a trailer with which the client can verify the response: the number of candles, the
 * gaps, and the SHA-256 of every byte before the trailer.
 */
public final class CandleNdjsonWriter implements CandleWriter {
    /** The maximum number of gaps in the trailer; the others are only counted. */
    public static final int MAX_GAPS = 10_000;

    private final MessageDigest digest = Etag.sha256();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<CorporateAction> actions = new ArrayList<>();
    private long gapsOmitted;
    private long count;
    private final Set<QualityFlag> flags = new LinkedHashSet<>();
    private boolean stale;
    private @Nullable QueryResult last;
    private @Nullable Candles page;

    @Override
    public void page(QueryResult answer, Candles candles, OutputStream out) throws IOException {
        for (Candle candle : candles.candles()) {
            byte[] line = line(JsonDocument.object(json -> ResponseJson.writeCandle(json, candles, candle)));
            digest.update(line);
            out.write(line);
        }
        count += candles.candles().size();
        flags.addAll(answer.provenance().flags());
        stale |= answer.provenance().freshness() == Freshness.STALE;
        List<Gap> listed = candles.gaps().subList(0, Math.min(candles.gaps().size(), MAX_GAPS - gaps.size()));
        gaps.addAll(listed);
        gapsOmitted += candles.gaps().size() - listed.size();
        if (actions.size() < MarketDataPolicy.MOST_ACTIONS) {
            actions.addAll(candles.actions());
        }
        last = answer;
        page = candles;
    }

    @Override
    public void end(Optional<PageCursor> next, OutputStream out) throws IOException {
        Provenance provenance = Objects.requireNonNull(last).provenance();
        Candles candles = Objects.requireNonNull(page);
        Freshness freshness = stale ? Freshness.STALE : provenance.freshness();
        out.write(line(JsonDocument.object(json -> {
            json.put("trailer", true).put("count", count).objects("gaps", gaps, ResponseJson::writeGap);
            if (gapsOmitted > 0) {
                json.put("gaps_omitted", gapsOmitted);
            }
            json.put("checksum", "sha256:" + HexFormat.of().formatHex(digest.digest()))
                    .put("provider", provenance.provider().value())
                    .put("instrument", candles.listing().instrument().unified())
                    .put("interval", candles.interval().wire())
                    .put("price_unit", candles.listing().priceUnit())
                    .put("price_scale", PriceUnit.scale(candles.listing().priceUnit()));
            ResponseJson.putAdjustment(json, candles);
            ResponseJson.putDelay(json, candles.listing().delay());
            ResponseJson.putActions(json, actions);
            json.put("source", provenance.source())
                    .put("mock", ResponseJson.isMock(provenance))
                    .put("mock_reason", provenance.mockReason());
            ResponseJson.putMode(json, provenance);
            json.put("freshness", freshness.wire())
                    .objects("quality", List.copyOf(flags), ResponseJson::writeFlag)
                    .put("next_cursor", next.map(PageCursor::text).orElse(null));
        })));
    }

    private static byte[] line(byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
