package io.marketbrain.provider.feed;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.ProviderRequest;
import java.util.Optional;

/** Where the next connection is opened: at the configured or documented address, or where the provider says. Thread-safe. */
final class AddressFinder {
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
            case Outcome.Success<byte[]>(byte[] body) -> located(context.adapter().address(body));
            case Outcome.Failed<byte[]>(var failure) ->
                throw new FeedBroken("the address of the feed could not be requested: " + failure.message());
        };
    }

    private FeedAddress located(FeedAddress named) throws MalformedPayload {
        try {
            return new FeedAddress(location.named(named.url()), named.heartbeat());
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload("an address of the feed that is none");
        }
    }
}
