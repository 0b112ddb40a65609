package io.marketbrain.provider.recording;

import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.provider.descriptor.Descriptor;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code <case>.meta.json} as bytes. Members that are not known are ignored when it is read. Pure. */
final class ExchangeMetaCodec {
    private static final int LAST_STATUS = 599;

    private ExchangeMetaCodec() {}

    static byte[] write(ExchangeMeta meta, byte[] body) {
        var json = new JsonOutput();
        json.startObject();
        put(json, "provider", meta.provider());
        put(json, "kind", meta.kind());
        put(json, "method", meta.method());
        put(json, "url", meta.url());
        meta.requestBody().ifPresent(text -> put(json, "request_body", text));
        json.name("status");
        json.number(meta.status());
        put(json, "symbol", meta.symbol().orElse(null));
        json.name("headers");
        json.startObject();
        new TreeMap<>(meta.headers()).forEach((name, value) -> put(json, name, value));
        json.endObject();
        put(json, "recorded_at", meta.recordedAt().map(Instant::toString).orElse(null));
        json.name("sequence");
        json.number(meta.sequence());
        json.name("authenticated");
        json.bool(meta.authenticated());
        json.name("query");
        meta.query().ifPresentOrElse(query -> QueryCodec.write(json, query), json::nothing);
        json.name("trimmed");
        json.bool(false);
        json.name("bytes");
        json.number(body.length);
        put(json, "sha256", sha256(body));
        put(json, "fidelity", meta.wire() ? "wire" : "recorded");
        json.endObject();
        return json.finish();
    }

    static ExchangeMeta read(byte[] text, Descriptor descriptor) throws MalformedPayload {
        JsonValue json = JsonValue.parse(text);
        String provider = json.at("provider").text();
        String url = json.at("url").text();
        int status = (int) json.at("status").integer();
        if (status < 100 || status > LAST_STATUS) {
            throw new MalformedPayload("'status' is no HTTP status");
        }
        Optional<MarketQuery> query = json.find("query").isEmpty()
                ? Optional.empty()
                : Optional.of(QueryCodec.read(json.at("query"), descriptor.id(), descriptor.symbols()));
        return new ExchangeMeta(
                provider,
                text(json, "kind").orElse(""),
                text(json, "method").orElse("GET").toUpperCase(Locale.ROOT),
                url,
                text(json, "request_body"),
                status,
                text(json, "symbol"),
                headers(json),
                recordedAt(json),
                json.find("sequence").isEmpty() ? 0 : json.at("sequence").integer(),
                json.find("authenticated").isEmpty()
                        ? url.contains(ExchangeMeta.REDACTED)
                        : json.at("authenticated").bool(),
                query,
                text(json, "fidelity").orElse("").equals("wire"));
    }

    private static Map<String, String> headers(JsonValue json) throws MalformedPayload {
        var headers = new TreeMap<String, String>();
        if (json.find("headers").isPresent()) {
            for (Map.Entry<String, JsonValue> header :
                    json.at("headers").members().entrySet()) {
                headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().text());
            }
        }
        return headers;
    }

    private static Optional<Instant> recordedAt(JsonValue json) throws MalformedPayload {
        try {
            return text(json, "recorded_at").map(Instant::parse);
        } catch (DateTimeException e) {
            throw new MalformedPayload("'recorded_at' is not a time");
        }
    }

    private static Optional<String> text(JsonValue json, String name) throws MalformedPayload {
        return json.find(name).isEmpty()
                ? Optional.empty()
                : Optional.of(json.at(name).text());
    }

    private static void put(JsonOutput json, String name, @Nullable String value) {
        json.name(name);
        json.text(value);
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
