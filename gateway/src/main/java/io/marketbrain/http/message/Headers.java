package io.marketbrain.http.message;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The headers of one response, in the order they are sent; each case-insensitive name at most once. Not thread-safe.
 */
public final class Headers {
    private static final int USUAL = 16;

    private Header[] held = new Header[USUAL];
    private int size;

    /** A Bloom filter with one bit per name: a name whose bit is not set is absent, which avoids most searches. */
    private long marks;

    /** Sets a header, replacing one of the same name. */
    public Headers put(Header header) {
        int at = find(header.name());
        if (at < 0) {
            append(header);
        } else {
            held[at] = header;
        }
        return this;
    }

    /**
     * Sets a header, replacing one of the same name.
     *
     * @throws IllegalArgumentException as {@link Header#Header(String, String)} does
     */
    public Headers put(String name, String value) {
        return put(new Header(name, value));
    }

    /** Sets a header unless there is one of the same name. */
    public Headers putIfAbsent(Header header) {
        if (find(header.name()) < 0) {
            append(header);
        }
        return this;
    }

    /** Adds a member to a header that is a list, such as {@code Vary}. */
    public Headers add(String name, String member) {
        int at = find(name);
        if (at < 0) {
            append(new Header(name, member));
        } else {
            held[at] = new Header(name, held[at].value() + ", " + member);
        }
        return this;
    }

    /** Changes the value of a header if it is present. */
    public Headers change(String name, UnaryOperator<String> change) {
        int at = find(name);
        if (at >= 0) {
            held[at] = new Header(name, change.apply(held[at].value()));
        }
        return this;
    }

    /** Removes a header if it is present. */
    public Headers remove(String name) {
        int at = find(name);
        if (at >= 0) {
            System.arraycopy(held, at + 1, held, at, --size - at);
        }
        return this;
    }

    public boolean has(String name) {
        return find(name) >= 0;
    }

    public Optional<Header> get(String name) {
        int at = find(name);
        return at < 0 ? Optional.empty() : Optional.of(held[at]);
    }

    /** The length of all header lines in bytes. */
    public int length() {
        int length = 0;
        for (int i = 0; i < size; i++) {
            length += held[i].length();
        }
        return length;
    }

    /** Writes all header lines and returns their end. */
    public int write(byte[] out, int at) {
        int end = at;
        for (int i = 0; i < size; i++) {
            end = held[i].put(out, end);
        }
        return end;
    }

    private void append(Header header) {
        if (size == held.length) {
            held = Arrays.copyOf(held, 2 * size);
        }
        held[size++] = header;
        marks |= mark(header.name());
    }

    private static long mark(String name) {
        return 1L << (name.length() + 7 * (name.charAt(0) & 0x1f));
    }

    private int find(String name) {
        if ((marks & mark(name)) == 0) {
            return -1;
        }
        for (int i = 0; i < size; i++) {
            if (held[i].name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(held, size));
    }
}
