package io.marketbrain.api.filters;

import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.http.message.Body;
import io.marketbrain.security.KnownSecrets;
import java.nio.charset.StandardCharsets;

/** Redacts secrets that the request contained, or that a failure quotes, from a response. */
final class SecretRedaction implements ResponseFilter {
    private final KnownSecrets secrets;

    SecretRedaction(KnownSecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public Response apply(Exchange exchange, Response response) {
        RawRequest request = exchange.request();
        boolean quoting =
                response.status() >= 400 || secrets.standIn(request.path()) || secrets.standIn(request.query());
        if (!quoting
                || response.body() instanceof Body.Upgrade
                || response.headers().has("Content-Encoding")) {
            return response;
        }
        if (response.body() instanceof Body.Stream stream) {
            return response.withBody(stream.wrappedBy((inner, out) -> {
                var redacting = new RedactingOutput(out, secrets);
                inner.writeTo(redacting);
                redacting.finish();
            }));
        }
        String body = new String(response.bytes(), StandardCharsets.UTF_8);
        String redacted = secrets.redact(body);
        return redacted.equals(body)
                ? response
                : response.withBody(new Body.Bytes(redacted.getBytes(StandardCharsets.UTF_8)));
    }
}
