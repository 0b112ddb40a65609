package io.marketbrain.provider;

import io.marketbrain.json.JsonKind;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure.ProviderError;
import io.marketbrain.security.KnownSecrets;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a provider's own code and words in the body of an error: JSON in any of the usual forms, or a short text. Markup
 * says nothing: it is a page for people. Pure.
 */
final class ErrorBodyReader {
    /** The longest body that is searched. */
    static final int MAX_BODY = 16 << 10;

    /** The longest body that is a text in words. */
    static final int MAX_PLAIN_TEXT = 512;

    private static final int MAX_CODE = 40;
    private static final int MAX_DEPTH = 3;

    /** Names of members with words, in lower-case letters only, the most telling first. */
    private static final List<String> WORDS = List.of(
            "message",
            "msg",
            "retmsg",
            "errmsg",
            "errormsg",
            "errormessage",
            "errordescription",
            "description",
            "detail",
            "details",
            "information",
            "note",
            "error",
            "errors",
            "reason",
            "title");

    private static final List<String> CODES =
            List.of("code", "retcode", "errcode", "errorcode", "statuscode", "label", "error", "reason");

    private ErrorBodyReader() {}

    /** What the body says; empty if it says nothing. */
    static Optional<ProviderError> find(RawPayload raw, KnownSecrets secrets) {
        if (raw.body().length == 0 || raw.body().length > MAX_BODY) {
            return Optional.empty();
        }
        try {
            return shown(search(raw.json(), 0), secrets);
        } catch (MalformedPayload e) {
            return shown(new Found(null, plainText(raw)), secrets);
        }
    }

    /** The code and the words as they stand in the body. */
    private record Found(@Nullable String code, @Nullable String words) {
        private static final Found NOTHING = new Found(null, null);

        Found or(Found other) {
            return new Found(code == null ? other.code : code, words == null ? other.words : words);
        }
    }

    private static Found search(JsonValue json, int depth) throws MalformedPayload {
        if (depth > MAX_DEPTH) {
            return Found.NOTHING;
        }
        return switch (json.kind()) {
            case TEXT -> json.text().isBlank() ? Found.NOTHING : new Found(null, json.text());
            case ARRAY -> ofArray(json, depth);
            case OBJECT -> ofObject(json, depth);
            case NUMBER, BOOLEAN, NULL -> Found.NOTHING;
        };
    }

    /** The longest of several texts, such as {@code ["error", 10020, "symbol: invalid"]}. */
    private static Found ofArray(JsonValue array, int depth) throws MalformedPayload {
        Found best = Found.NOTHING;
        for (JsonValue item : array.items()) {
            Found found = item.kind() == JsonKind.NUMBER ? new Found(code(item), null) : search(item, depth + 1);
            best = length(found.words()) > length(best.words()) ? found.or(best) : best.or(found);
        }
        return best;
    }

    private static Found ofObject(JsonValue object, int depth) throws MalformedPayload {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.members().forEach((name, value) -> members.putIfAbsent(letters(name), value));
        Found found = Found.NOTHING;
        for (String name : WORDS) {
            JsonValue value = members.get(name);
            if (value != null && found.words() == null) {
                found = found.or(search(value, depth + 1));
            }
        }
        String code = null;
        for (String name : CODES) {
            JsonValue value = members.get(name);
            String text = value == null ? null : code(value);
            if (code == null && text != null && !text.equals(found.words())) {
                code = text;
            }
        }
        found = new Found(code, null).or(found);
        if (found.words() == null) {
            for (JsonValue value : members.values()) {
                if (value.isObject() && found.words() == null) {
                    found = found.or(search(value, depth + 1));
                }
            }
        }
        return found;
    }

    private static @Nullable String code(JsonValue value) throws MalformedPayload {
        return switch (value.kind()) {
            case TEXT -> value.text();
            case NUMBER -> value.decimal().toString();
            default -> null;
        };
    }

    /** The letters of a member's name, in lower case. */
    static String letters(String name) {
        var out = new StringBuilder(name.length());
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c >= 'a' && c <= 'z') {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static @Nullable String plainText(RawPayload raw) {
        if (raw.body().length > MAX_PLAIN_TEXT) {
            return null;
        }
        String text = new String(raw.body(), StandardCharsets.UTF_8).strip();
        boolean cutJson = text.startsWith("{") || text.startsWith("[");
        return cutJson || text.indexOf('<') >= 0 ? null : text;
    }

    private static Optional<ProviderError> shown(Found found, KnownSecrets secrets) {
        String message = found.words() == null || found.words().stripLeading().startsWith("<")
                ? null
                : blankAsNull(ErrorText.of(found.words(), secrets));
        String code = found.code() == null || found.code().length() > MAX_CODE
                ? null
                : blankAsNull(ErrorText.of(found.code(), secrets));
        return code == null && message == null ? Optional.empty() : Optional.of(new ProviderError(code, message));
    }

    private static @Nullable String blankAsNull(String text) {
        return text.isBlank() ? null : text;
    }
}
