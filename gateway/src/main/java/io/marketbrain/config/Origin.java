package io.marketbrain.config;

/**
 * Where a value was set.
 *
 * @param place as shown to users: {@code --port}, {@code environment}, {@code .env:3}, {@code brain secrets}, {@code brain.yaml:7}
 * @param name the setting's name there
 */
public record Origin(Kind kind, String place, String name) {

    /** The kinds of sources, in order of precedence. */
    public enum Kind {
        FLAG,
        ENVIRONMENT,
        ENV_FILE,
        SECRETS,
        FILE,
        DEFAULT
    }

    static final Origin DEFAULT = new Origin(Kind.DEFAULT, "default", "");

    @Override
    public String toString() {
        return place;
    }
}
