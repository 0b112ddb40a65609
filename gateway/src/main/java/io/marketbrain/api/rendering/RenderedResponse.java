package io.marketbrain.api.rendering;

import io.marketbrain.http.message.Header;
import io.marketbrain.model.CacheStatus;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.size.Memo;
import io.marketbrain.model.size.ObjectSize;
import io.marketbrain.pipeline.TraceRecorder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A response rendered once for all callers that get it, without the members at its end that differ: the response time
 * and the call's id. Stored with the cache entry, so that a hit costs two copies of bytes. Immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public sealed interface RenderedResponse extends Memo.Sized {
    /** This object and its header without their contents. */
    long OBJECTS = 96;

    /** The document without its closing brace. */
    byte[] open();

    Header etag();

    @Override
    default long bytes() {
        return OBJECTS + ObjectSize.array(open().length) + 2L * etag().length();
    }

    /** A fresh result. */
    record Fresh(byte[] open, Header etag) implements RenderedResponse {}

    /**
     * A stale result. A separate type, so that it is never mistaken for what was rendered while the same entry was
     * fresh.
     */
    record Stale(byte[] open, Header etag) implements RenderedResponse {}

    /** A page of candles, fresh or stale, with the cursor of the next page. */
    record Page(
            byte[] open,
            Header etag,
            boolean stale,
            @Nullable String next) implements RenderedResponse {}

    /** A page of candles; {@code next} is the cursor of the next page, or null. */
    static RenderedResponse page(QueryResult answer, @Nullable String next) {
        CacheStatus note = answer.cache();
        if (!note.hit() && !note.stored()) {
            return written(answer, next);
        }
        Page kept = note.memo().of(Page.class, () -> written(answer, next));
        return kept.stale() == stale(answer.provenance()) && Objects.equals(kept.next(), next)
                ? kept
                : written(answer, next);
    }

    private static Page written(QueryResult answer, @Nullable String next) {
        JsonDocument.Document document = JsonDocument.document(json -> {
            ResponseJson.write(json, answer);
            json.put("next_cursor", next);
        });
        return new Page(opened(document), document.etag(), stale(answer.provenance()), next);
    }

    private static boolean stale(Provenance provenance) {
        return provenance.freshness() == Freshness.STALE;
    }

    static RenderedResponse of(QueryResult answer) {
        boolean stale = stale(answer.provenance());
        CacheStatus note = answer.cache();
        if (!note.hit() && !note.stored()) {
            return fresh(answer);
        }
        return stale
                ? note.memo().of(Stale.class, () -> stale(answer))
                : note.memo().of(Fresh.class, () -> fresh(answer));
    }

    private static Fresh fresh(QueryResult answer) {
        JsonDocument.Document document = JsonDocument.document(json -> ResponseJson.write(json, answer));
        return new Fresh(opened(document), document.etag());
    }

    private static Stale stale(QueryResult answer) {
        JsonDocument.Document document = JsonDocument.document(json -> ResponseJson.write(json, answer));
        return new Stale(opened(document), document.etag());
    }

    private static byte[] opened(JsonDocument.Document document) {
        return Arrays.copyOf(document.bytes(), document.bytes().length - 1);
    }

    /**
     * The response to one caller.
     *
     * @param micros the response time in microseconds
     * @param explained the trace of the layers; null unless {@code explain=true}
     */
    default Response reply(CallId callId, long micros, @Nullable TraceRecorder explained) {
        return reply(callId, micros, null, explained);
    }

    /** The response to one caller, with the {@code metadata} of a quote. */
    default Response reply(
            CallId callId, long micros, @Nullable QuoteMetadata metadata, @Nullable TraceRecorder explained) {
        // A call id has no character that JSON escapes.
        String time = DecimalText.of(micros, 6);
        String end = ",\"response_time\":" + time + ",\"call_id\":\"" + callId.value() + '"';
        if (metadata != null) {
            end += metadata.members(callId, time);
        }
        byte[] tail = (explained == null ? end + "}" : end + ",").getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(open(), open().length + tail.length);
        System.arraycopy(tail, 0, body, open().length, tail.length);
        return Response.json(explained == null ? body : joined(body, explained)).with(etag());
    }

    private static byte[] joined(byte[] body, TraceRecorder explained) {
        byte[] object = JsonDocument.object(json -> ExplainJson.write(json, explained));
        byte[] all = Arrays.copyOf(body, body.length + object.length - 1);
        System.arraycopy(object, 1, all, body.length, object.length - 1);
        return all;
    }
}
