package io.marketbrain.provider.feed;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.ProviderRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Where the next connection is opened: at the configured or documented address, or where the provider says. Thread-safe. */
final class AddressFinder {
    private static final Set<String> SCHEMES = Set.of("ws", "wss");

    private final FeedContext context;
    private final FeedLocation location;

    AddressFinder(FeedContext context, FeedLocation location) {
        this.context = context;
        this.location = location;
    }

    /** @throws FeedBroken if the provider has not named an address */
    FeedAddress find() throws FeedBroken, MalformedPayload {
        Optional<ProviderRequest> request = context.adapter().addressRequest();
        if (request.isEmpty()) {
            return new FeedAddress(location.url(), context.adapter().terms().heartbeat());
        }
        return switch (context.addresses().send(request.get())) {
            case Outcome.Success<byte[]>(byte[] body) ->
                located(context.adapter().address(body));
            case Outcome.Failed<byte[]>(var failure) ->
                throw new FeedBroken("the address of the feed could not be requested: " + failure.message());
        };
    }

    /** Checks the address here, because an exception of the socket would say it, and the token with it. */
    private FeedAddress located(FeedAddress named) throws MalformedPayload {
        try {
            String url = location.named(named.url());
            if (SCHEMES.contains(String.valueOf(new URI(url).getScheme()))
                    && named.heartbeat().isPositive()) {
                return new FeedAddress(url, named.heartbeat());
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // as below
        }
        throw new MalformedPayload("an address of the feed that is none");
    }
}
