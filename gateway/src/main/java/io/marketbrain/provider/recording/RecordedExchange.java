package io.marketbrain.provider.recording;

import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.provider.RawPayload;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One recorded exchange. Its body is read when it is served. Immutable.
 *
 * @param name the case, without folder and extension
 */
public record RecordedExchange(String name, ExchangeMeta meta, RequestKey request, Path bodyFile) {
    private static final int KIBI = 1024;

    /** What the gateway wanted to know; empty in recordings of others. */
    public Optional<MarketQuery> query() {
        return meta.query();
    }

    /** When it was recorded, if that is known. */
    public Optional<Instant> recordedAt() {
        return meta.recordedAt();
    }

    /** What was asked: {@code GET /api/v3/depth?limit=10&symbol=BTCUSDT}. */
    public String requestLine() {
        return request.toString();
    }

    /** The response, received at an instant. */
    public RawPayload payload(Instant receivedAt, PayloadLimits limits) throws UnreadableFile {
        byte[] body = SmallFile.readBytes(
                bodyFile, SmallFile.Limits.ofKibibytes(limits.bodyBytes() / KIBI + 1, Integer.MAX_VALUE));
        return new RawPayload(meta.status(), meta.headers(), body, receivedAt, limits, () -> {}, meta.authenticated());
    }
}
