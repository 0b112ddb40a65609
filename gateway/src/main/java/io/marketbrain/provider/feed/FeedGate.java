package io.marketbrain.provider.feed;

import io.marketbrain.json.MalformedPayload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets one connection of a provider be opened at a time, at the provider's pace, and finds its address. Thread-safe.
 */
final class FeedGate {
    /** The least time between two connections to one provider. */
    static final Duration APART = Duration.ofSeconds(1);

    private final FeedContext context;
    private final @Nullable String base;
    private final AddressFinder finder;
    private boolean entered;
    private long lastNanos;

    /** @param base another address than the documented one; null for that */
    FeedGate(FeedContext context, @Nullable String base, AddressFinder finder) {
        this.context = context;
        this.base = base;
        this.finder = finder;
    }

    /** Zero if a connection may be opened now, else how long to wait. */
    synchronized Duration tryEnter() {
        long now = context.nanoClock().nanos();
        if (entered && now - lastNanos < APART.toNanos()) {
            return Duration.ofNanos(APART.toNanos() - (now - lastNanos));
        }
        entered = true;
        lastNanos = now;
        return Duration.ZERO;
    }

    String address(List<FeedChannel> channels) throws IOException, InterruptedException, MalformedPayload {
        String documented = context.adapter().terms().base();
        return context.adapter().address(base == null ? documented : base, channels, finder.ask());
    }
}
