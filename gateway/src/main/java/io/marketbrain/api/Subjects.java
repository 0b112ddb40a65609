package io.marketbrain.api;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.Catalogue;
import java.util.Locale;

/** What requests are about: providers and instruments by the names callers give them. Thread-safe. */
final class Subjects {
    static final int MAX_LENGTH = 64;

    private final Catalogue catalogue;

    Subjects(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** An instrument at a provider. */
    record Listed(ProviderId provider, Instrument instrument) {}

    /** The provider that exists under {@code name}, in any case; {@code auto} is whichever can answer. */
    ProviderId provider(String name) throws Rejected {
        String id = name.toLowerCase(Locale.ROOT);
        if (!ProviderId.isValid(id)) {
            throw Rejected.invalid(
                    "provider", Parameters.shown(name), "1 to 32 characters of a-z 0-9 _ -, a letter first");
        }
        var provider = new ProviderId(id);
        if (!provider.equals(ProviderId.AUTO)) {
            Rejected.orReject(catalogue.provider(id));
        }
        return provider;
    }

    Instrument instrument(ProviderId provider, String symbol) throws Rejected {
        return Rejected.orReject(catalogue.resolve(provider, checked("symbol", symbol)));
    }

    /** An instrument written as {@code provider:symbol}. */
    Listed listed(String text) throws Rejected {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw Rejected.invalid(
                    "symbols", Parameters.shown(text), "each is provider:symbol, such as binance:BTCUSDT");
        }
        ProviderId provider = provider(text.substring(0, colon).strip());
        return new Listed(
                provider, instrument(provider, text.substring(colon + 1).strip()));
    }

    /** A name that may go on to a provider: short, printable and without spaces. */
    static String checked(String field, String name) throws Rejected {
        boolean printable = true;
        for (int i = 0; i < name.length() && printable; i++) {
            printable = name.charAt(i) > ' ' && name.charAt(i) < 127;
        }
        if (name.isEmpty() || name.length() > MAX_LENGTH || !printable) {
            throw Rejected.invalid(
                    field, Parameters.shown(name), "1 to " + MAX_LENGTH + " printable ASCII characters without spaces");
        }
        return name;
    }
}
