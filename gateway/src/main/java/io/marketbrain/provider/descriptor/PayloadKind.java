package io.marketbrain.provider.descriptor;

/** The format of a provider's responses, and what a request says in {@code Accept} to get it. */
public enum PayloadKind {
    JSON("application/json, */*;q=0.5"),
    CSV("text/csv, text/plain;q=0.9, */*;q=0.5"),
    XML("application/xml, text/xml;q=0.9, */*;q=0.5");

    private final String accept;

    PayloadKind(String accept) {
        this.accept = accept;
    }

    public String accept() {
        return accept;
    }
}
