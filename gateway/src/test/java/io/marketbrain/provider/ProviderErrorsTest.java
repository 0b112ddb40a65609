package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.ProviderId;
import io.marketbrain.security.KnownSecrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderErrorsTest {
    private static final ProviderId ACME = new ProviderId("acme");
    private static final Failure REJECTED = new Failure.Unsupported(ACME, "acme rejected the request (HTTP 400)");

    private final List<String> lines = new ArrayList<>();
    private final ProviderErrors errors = new ProviderErrors(new KnownSecrets(List.of()), lines::add);

    private Failure explained(Failure failure, String body) {
        return errors.explained(
                failure, new RawPayload(400, Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
    }

    @Test
    void the_log_has_the_providers_code_and_words() {
        Failure failure = explained(REJECTED, "{\"code\":-71012,\"msg\":\"IPv6 not supported\"}");
        assertThat(failure.said()).isEqualTo(new Failure.ProviderError("-71012", "IPv6 not supported"));
        assertThat(failure.message()).isEqualTo(REJECTED.message());
        assertThat(lines)
                .containsExactly("acme rejected the request (HTTP 400); the provider's own words: IPv6 not supported"
                        + " (code -71012)");
    }

    @Test
    void pages_and_unknown_symbols_are_not_logged() {
        assertThat(explained(REJECTED, "<html>no</html>")).isSameAs(REJECTED);
        Failure unknown = explained(new Failure.UnknownInstrument(ACME, "FOO"), "{\"msg\":\"Invalid symbol.\"}");
        assertThat(unknown.said()).isEqualTo(new Failure.ProviderError(null, "Invalid symbol."));
        assertThat(lines).isEmpty();
    }
}
