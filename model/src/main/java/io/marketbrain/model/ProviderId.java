package io.marketbrain.model;

/** The name of a data provider in paths and settings: 1 to 32 of {@code a-z 0-9 _ -}, starting with a letter. */
public record ProviderId(String value) implements Comparable<ProviderId> {
    public static final int MAX_LENGTH = 32;

    /** Automatic choice: any provider that supports the query. */
    public static final ProviderId AUTO = new ProviderId("auto");

    /** The mock market, requested by name. */
    public static final ProviderId MOCK = new ProviderId("mock");

    public ProviderId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "a provider id must be 1 to 32 characters of a-z 0-9 _ -, starting with a letter");
        }
    }

    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.charAt(0) < 'a' || text.charAt(0) > 'z') {
            return false;
        }
        boolean valid = true;
        for (int i = 1; i < text.length() && valid; i++) {
            char c = text.charAt(i);
            valid = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        }
        return valid;
    }

    @Override
    public int compareTo(ProviderId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
