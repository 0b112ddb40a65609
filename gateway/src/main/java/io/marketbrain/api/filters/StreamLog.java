package io.marketbrain.api.filters;

import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.http.message.Body;
import io.marketbrain.telemetry.CurrentCall;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Runs a stream under the id of its call, like its endpoint, and logs why it ended early, unless the client
 * disconnected.
 */
public final class StreamLog implements ResponseFilter {
    private static final System.Logger LOG = System.getLogger(StreamLog.class.getName());

    @Override
    public Response apply(Exchange exchange, Response response) {
        return response.body() instanceof Body.Stream stream
                ? response.withBody(stream.observedBy(
                        (inner, out) -> CurrentCall.during(exchange.callId(), () -> write(inner, out))))
                : response;
    }

    private static boolean write(Body.Stream stream, OutputStream out) throws IOException {
        try {
            stream.writeTo(out);
            return true;
        } catch (IncompleteStream incomplete) {
            LOG.log(System.Logger.Level.WARNING, "a streamed response was cut: {0}", incomplete.getMessage());
            throw incomplete;
        } catch (RuntimeException | Error bug) {
            LOG.log(System.Logger.Level.ERROR, "a streamed response failed", bug);
            throw new IOException("a streamed response failed", bug);
        }
    }
}
