package io.marketbrain.api.request;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.model.text.SymbolText;
import io.marketbrain.pipeline.ProviderCatalog;
import java.util.Locale;
import java.util.Optional;

/** Resolves the names that callers use for providers and instruments. Thread-safe. */
public final class SymbolResolver {
    public static final int MAX_LENGTH = 64;

    /** The most characters of the id of a series; those of statistics offices name a data set and a dozen codes. */
    public static final int MAX_ID_LENGTH = IdentifierText.ID.maxLength();

    private static final String PLAIN = "1 to " + MAX_ID_LENGTH + " printable ASCII characters without spaces";
    private static final String SYMBOL =
            "1 to " + MAX_LENGTH + " letters and printable ASCII characters without spaces";

    /** What to say where the id of a series stands for an instrument. */
    private static final String SERIES =
            "the symbol of an instrument; this is the id of a series: /api/v1/series/{provider}/{id} has its values";

    private final ProviderCatalog catalogue;

    public SymbolResolver(ProviderCatalog catalogue) {
        this.catalogue = catalogue;
    }

    /** An instrument at a provider. */
    public record Listed(ProviderId provider, Instrument instrument) {}

    /** The provider with a case-insensitive name; {@code auto} selects any suitable provider. */
    public ProviderId provider(String name) throws RequestRejected {
        return RequestRejected.orReject(findProvider(name));
    }

    public Instrument instrument(ProviderId provider, String symbol) throws RequestRejected {
        return RequestRejected.orReject(findInstrument(provider, symbol));
    }

    /**
     * Resolves an instrument written as {@code provider:symbol}, or as a symbol alone, which means any provider; what precedes
     * a colon and is no provider belongs to the symbol, as in {@code NASDAQ:AAPL}. Where that names nothing, the failure is
     * that there is no such provider. The id of a series names none.
     */
    public Outcome<Listed> findListed(String text) {
        int colon = text.indexOf(':');
        String alone = text.strip();
        if (InstrumentSeries.find(alone).isPresent()) {
            return invalid("symbol", alone, SERIES);
        }
        Outcome<ProviderId> provider = colon <= 0
                ? Outcome.success(ProviderId.AUTO)
                : findProvider(text.substring(0, colon).strip());
        return switch (provider) {
            case Outcome.Success<ProviderId>(ProviderId id) ->
                find(id, text.substring(colon <= 0 ? 0 : colon + 1).strip());
            case Outcome.Failed<ProviderId> failed ->
                find(ProviderId.AUTO, alone) instanceof Outcome.Success<Listed> any
                                && !isPart(
                                        text.substring(0, colon).strip(),
                                        any.value().instrument())
                        ? any
                        : Outcome.failed(failed.failure());
        };
    }

    /** Whether a name is just the base of an instrument, as some rules read any word before a colon: it is no exchange. */
    private static boolean isPart(String name, Instrument instrument) {
        return SymbolText.canonical(name).equals(instrument.base());
    }

    private Outcome<Listed> find(ProviderId provider, String symbol) {
        return findInstrument(provider, symbol).map(instrument -> new Listed(provider, instrument));
    }

    private Outcome<ProviderId> findProvider(String name) {
        String id = name.toLowerCase(Locale.ROOT);
        if (!ProviderId.isValid(id)) {
            return invalid("provider", name, "1 to 32 characters of a-z 0-9 _ -, a letter first");
        }
        var provider = new ProviderId(id);
        return provider.equals(ProviderId.AUTO)
                ? Outcome.success(provider)
                : catalogue.provider(id).map(_ -> provider);
    }

    /** The instrument that a symbol identifies at a provider. */
    public Outcome<Instrument> findInstrument(ProviderId provider, String symbol) {
        if (InstrumentSeries.find(symbol).isPresent()) {
            return invalid("symbol", symbol, SERIES);
        }
        return isSymbol(symbol) ? catalogue.resolve(provider, symbol) : invalid("symbol", symbol, SYMBOL);
    }

    /** Whether both codes of a pair are well-known, or the pair is configured. */
    public boolean isKnownPair(Instrument pair) {
        return catalogue.isKnownPair(pair);
    }

    /**
     * The id of a series. In that of one about an instrument the symbol may have any form that the provider reads; in the result it
     * is the unified one, as in {@code funding_rate:BTC/USDT:USDT}.
     */
    public String seriesId(ProviderId provider, String field, String name) throws RequestRejected {
        Optional<InstrumentSeries> about = InstrumentSeries.find(name);
        return about.isPresent()
                ? InstrumentSeries.id(
                        about.get().kind(), instrument(provider, about.get().symbol()))
                : checked(field, name);
    }

    /** Returns the id of a series if it is short, printable and without spaces, so that it may be sent to a provider. */
    private static String checked(String field, String name) throws RequestRejected {
        if (!isPlain(name, MAX_ID_LENGTH)) {
            throw RequestRejected.invalid(field, EchoedText.of(name), PLAIN);
        }
        return name;
    }

    /**
     * Whether a text is short enough for a symbol and has only letters and printable ASCII characters. A letter may be
     * written with combining marks, in any normalization form.
     */
    private static boolean isSymbol(String text) {
        if (isPlain(text, MAX_LENGTH)) {
            return true;
        }
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        String letters = SymbolText.canonical(text)
                .codePoints()
                .filter(c -> c <= ' ' || c >= 127)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return IdentifierText.SYMBOL.isValid(letters);
    }

    private static boolean isPlain(String name, int most) {
        boolean printable = true;
        for (int i = 0; i < name.length() && printable; i++) {
            printable = name.charAt(i) > ' ' && name.charAt(i) < 127;
        }
        return printable && !name.isEmpty() && name.length() <= most;
    }

    private static <T> Outcome<T> invalid(String field, String value, String allowed) {
        return Outcome.failed(new Failure.InvalidQuery(field, EchoedText.of(value), allowed));
    }
}
