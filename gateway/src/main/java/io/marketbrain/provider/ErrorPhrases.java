package io.marketbrain.provider;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * What a short body means that is not the data it should be, and that no rule of its provider knows as an error: many providers
 * report errors with status 200 and words. Words count only where nothing but an error stands: in a line of text, or in those
 * members of an object that errors have, if the object holds nothing else than them and plain values. News and lists of symbols
 * have words of any kind and are not searched. Pure.
 */
final class ErrorPhrases {
    /** A longer body is a document that has changed, whose words are about something else. */
    private static final int MAX_BODY = 2 << 10;

    /** What separates the columns of a table. */
    private static final Pattern SEPARATOR = Pattern.compile("[,;|\t\r\n<{\\[]");

    /** Names of members with the words of an error, in lower-case letters only, apart from those that begin with "error". */
    private static final Set<String> WORDS = Set.of("message", "msg", "errmsg", "detail", "information", "note");

    private static final List<String> THROTTLED = List.of(
            "too many requests",
            "rate limit",
            "ratelimit",
            "requests per",
            "request limit exceeded",
            "request limit reached",
            "daily limit",
            "monthly limit",
            "quota exceeded");

    private static final List<String> REJECTED = List.of(
            "invalid api key",
            "invalid apikey",
            "invalid api token",
            "invalid access key",
            "api key is invalid",
            "missing api key");

    private static final List<String> FAULTY = List.of(
            "maintenance", "temporarily unavailable", "service unavailable", "internal error", "internal server");

    private ErrorPhrases() {}

    /** The failure that the words of an unreadable body name; empty if they name none. */
    static Optional<Failure> find(ProviderId provider, Operation operation, RawPayload raw) {
        if (operation == Operation.NEWS || operation == Operation.SYMBOLS || raw.body().length > MAX_BODY) {
            return Optional.empty();
        }
        String words = words(raw).toLowerCase(Locale.ROOT);
        if (hasOne(words, THROTTLED)) {
            return Optional.of(new Failure.Throttled(
                    provider, provider + " is rate limiting this gateway", RequestedWait.retryAfter(raw)));
        }
        if (hasOne(words, REJECTED)) {
            return Optional.of(new Failure.CredentialsRejected(provider, provider + " rejected the credentials"));
        }
        return hasOne(words, FAULTY)
                ? Optional.of(new Failure.Faulty(provider, provider + " reported an error"))
                : Optional.empty();
    }

    /** The words of an error; empty if the body has any other form. */
    private static String words(RawPayload raw) {
        JsonValue json;
        try {
            json = JsonValue.parse(raw.body(), raw.limits());
        } catch (MalformedPayload e) {
            return line(new String(raw.body(), StandardCharsets.UTF_8));
        }
        try {
            return json.isObject() ? ofMembers(json) : json.isText() ? line(json.text()) : "";
        } catch (MalformedPayload e) {
            return "";
        }
    }

    private static String line(String text) {
        String line = text.strip();
        return SEPARATOR.matcher(line).find() ? "" : line;
    }

    private static String ofMembers(JsonValue object) throws MalformedPayload {
        var words = new StringJoiner("\n");
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            JsonValue value = member.getValue();
            if (isError(ErrorBodyReader.letters(member.getKey()))) {
                addTexts(value, words);
            } else if ((value.isObject() && !value.members().isEmpty())
                    || (value.isArray() && !value.items().isEmpty())) {
                return "";
            }
        }
        return words.toString();
    }

    private static boolean isError(String letters) {
        return letters.startsWith("error") || WORDS.contains(letters);
    }

    private static void addTexts(JsonValue value, StringJoiner words) throws MalformedPayload {
        if (value.isText()) {
            words.add(value.text());
        } else if (value.isObject()) {
            for (JsonValue inner : value.members().values()) {
                addTexts(inner, words);
            }
        } else if (value.isArray()) {
            for (JsonValue inner : value.items()) {
                addTexts(inner, words);
            }
        }
    }

    private static boolean hasOne(String words, List<String> phrases) {
        return phrases.stream().anyMatch(words::contains);
    }
}
