package io.marketbrain.http.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The headers of a request in order; names are case-insensitive. Not thread-safe while it is filled. */
public final class RequestHeaders {
    private final List<String> names = new ArrayList<>(16);
    private final List<String> values = new ArrayList<>(16);

    RequestHeaders add(String name, String value) {
        names.add(name);
        values.add(value);
        return this;
    }

    /** The first value of a header. */
    public Optional<String> find(String name) {
        int at = next(name, 0);
        return at < 0 ? Optional.empty() : Optional.of(values.get(at));
    }

    /** The value of a header that must not be repeated; null if there is none. */
    @Nullable
    String only(String name) throws HttpRejection {
        int at = next(name, 0);
        if (at >= 0 && next(name, at + 1) >= 0) {
            throw new HttpRejection(400, "the " + name + " header is repeated");
        }
        return at < 0 ? null : values.get(at);
    }

    /** Whether a header that is a comma-separated list has a token (RFC 9110, 5.6.1). */
    boolean has(String name, String token) {
        for (int at = next(name, 0); at >= 0; at = next(name, at + 1)) {
            String list = values.get(at);
            for (int from = 0; from <= list.length(); ) {
                int comma = list.indexOf(',', from);
                int to = comma < 0 ? list.length() : comma;
                if (list.substring(from, to).strip().equalsIgnoreCase(token)) {
                    return true;
                }
                from = to + 1;
            }
        }
        return false;
    }

    private int next(String name, int from) {
        for (int i = from; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
