package io.marketbrain.api;

import io.marketbrain.api.http.Header;
import io.marketbrain.model.Answer;
import io.marketbrain.model.CacheNote;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Provenance;
import io.marketbrain.pipeline.Recorder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A response rendered once for all callers that get it, without the members at its end that differ: the response time
 * and the call's id. Stored with the cache entry, so that a hit costs two copies of bytes. Immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
sealed interface Ready {
    /** The document without its closing brace. */
    byte[] open();

    Header etag();

    /** A fresh result. */
    record Fresh(byte[] open, Header etag) implements Ready {}

    /**
     * A stale result. A separate type, so that it is never mistaken for what was rendered while the same entry was
     * fresh.
     */
    record Stale(byte[] open, Header etag) implements Ready {}

    /** A page of candles, fresh or stale, with the cursor of the next page. */
    record Page(
            byte[] open,
            Header etag,
            boolean stale,
            @Nullable String next) implements Ready {}

    /** A page of candles; {@code next} is the cursor of the next page, or null. */
    static Ready page(Answer answer, @Nullable String next) {
        CacheNote note = answer.cache();
        if (!note.hit() && !note.stored()) {
            return written(answer, next);
        }
        Page kept = note.memo().of(Page.class, () -> written(answer, next));
        return kept.stale() == stale(answer.provenance()) && Objects.equals(kept.next(), next)
                ? kept
                : written(answer, next);
    }

    private static Page written(Answer answer, @Nullable String next) {
        Json.Document document = Json.document(json -> {
            AnswerJson.write(json, answer);
            json.put("next_cursor", next);
        });
        return new Page(opened(document), document.etag(), stale(answer.provenance()), next);
    }

    private static boolean stale(Provenance provenance) {
        return provenance.freshness() == Freshness.STALE;
    }

    static Ready of(Answer answer) {
        boolean stale = stale(answer.provenance());
        CacheNote note = answer.cache();
        if (!note.hit() && !note.stored()) {
            return fresh(answer);
        }
        return stale
                ? note.memo().of(Stale.class, () -> stale(answer))
                : note.memo().of(Fresh.class, () -> fresh(answer));
    }

    private static Fresh fresh(Answer answer) {
        Json.Document document = Json.document(json -> AnswerJson.write(json, answer));
        return new Fresh(opened(document), document.etag());
    }

    private static Stale stale(Answer answer) {
        Json.Document document = Json.document(json -> AnswerJson.write(json, answer));
        return new Stale(opened(document), document.etag());
    }

    private static byte[] opened(Json.Document document) {
        return Arrays.copyOf(document.bytes(), document.bytes().length - 1);
    }

    /**
     * The response to one caller.
     *
     * @param micros the response time in microseconds
     * @param explained the trace of the layers; null unless {@code explain=true}
     */
    default Reply reply(CallId callId, long micros, @Nullable Recorder explained) {
        // A call id has no character that JSON escapes.
        String end = ",\"response_time\":" + Fixed.of(micros, 6) + ",\"call_id\":\"" + callId.value() + '"';
        byte[] tail = (explained == null ? end + "}" : end + ",").getBytes(StandardCharsets.ISO_8859_1);
        byte[] body = Arrays.copyOf(open(), open().length + tail.length);
        System.arraycopy(tail, 0, body, open().length, tail.length);
        return Reply.json(explained == null ? body : joined(body, explained)).with(etag());
    }

    private static byte[] joined(byte[] body, Recorder explained) {
        byte[] object = Json.object(json -> ExplainJson.write(json, explained));
        byte[] all = Arrays.copyOf(body, body.length + object.length - 1);
        System.arraycopy(object, 1, all, body.length, object.length - 1);
        return all;
    }
}
