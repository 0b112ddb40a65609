package io.marketbrain.api.filters;

import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.http.message.Body;

/** Puts the path prefix of a reverse proxy before the paths in {@code Link} and in the type of a problem document. */
final class PrefixedReferences implements ResponseFilter {
    private final PathPrefix prefix;

    PrefixedReferences(PathPrefix prefix) {
        this.prefix = prefix;
    }

    @Override
    public Response apply(Exchange exchange, Response response) {
        if (prefix.isEmpty()) {
            return response;
        }
        response.headers()
                .change("Link", link -> link.startsWith("</") ? "<" + prefix.before(link.substring(1)) : link);
        return response.body() instanceof Body.Bytes(byte[] document)
                ? response.withBody(new Body.Bytes(ProblemResponses.withTypeBelow(prefix.text(), document)))
                : response;
    }
}
