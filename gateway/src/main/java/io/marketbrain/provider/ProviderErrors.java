package io.marketbrain.provider;

import io.marketbrain.concurrent.FailureLog;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Failure.ProviderError;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.security.KnownSecrets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the failures of one provider what its responses say in its own code and words, and logs that at a bounded rate.
 * Thread-safe.
 */
public final class ProviderErrors {
    /** Adds and logs nothing. */
    static final ProviderErrors NONE = new ProviderErrors(null, _ -> {});

    private final @Nullable KnownSecrets secrets;
    private final Consumer<String> log;

    /** @param secrets what is masked in a provider's words */
    public ProviderErrors(ProviderId provider, KnownSecrets secrets, NanoClock nanoClock) {
        this(
                secrets,
                new FailureLog(System.getLogger(ProviderErrors.class.getName()), provider + " failed", nanoClock)
                        ::warn);
    }

    /** @param log takes a line about each failure with words */
    ProviderErrors(@Nullable KnownSecrets secrets, Consumer<String> log) {
        this.secrets = secrets;
        this.log = log;
    }

    /** The failure with what the response says. */
    Failure explained(Failure failure, RawPayload raw) {
        if (secrets == null) {
            return failure;
        }
        Optional<ProviderError> said = ErrorBodyReader.find(raw, secrets);
        if (said.isEmpty()) {
            return failure;
        }
        // A symbol that the provider does not list is the caller's mistake.
        if (!(failure instanceof Failure.UnknownInstrument)) {
            log.accept(failure.message() + "; the provider's own words: " + line(said.get()));
        }
        return Failure.withSaid(failure, said.get());
    }

    private static String line(ProviderError said) {
        if (said.message() == null) {
            return "code " + said.code();
        }
        return said.code() == null ? said.message() : said.message() + " (code " + said.code() + ")";
    }
}
