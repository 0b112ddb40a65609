package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedSignal.QuoteChange;
import io.marketbrain.provider.feed.FeedSignal.QuoteFields;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The latest quote, whole, although a provider may send changed fields only. */
final class QuoteState extends KeyState {
    private @Nullable QuoteFields known;
    private boolean fresh = true;

    QuoteState(FeedContext context, FeedChannel subscribed) {
        super(context, subscribed);
    }

    @Override
    void accept(FeedSignal signal, Instant now) {
        if (!(signal instanceof QuoteChange change)) {
            return;
        }
        QuoteFields before = known;
        QuoteFields merged = before == null ? change.fields() : change.after(before);
        known = merged;
        Quote quote = quote(merged);
        if (quote == null) {
            return;
        }
        if (fresh || broken()) {
            fresh = false;
            tellSnapshot(now, _ -> quote);
        } else {
            tellUpdate(now, _ -> quote);
        }
    }

    private @Nullable Quote quote(QuoteFields f) {
        return f.price() == null
                ? null
                : new Quote(
                        listing(),
                        f.price(),
                        f.bid(),
                        f.bidSize(),
                        f.ask(),
                        f.askSize(),
                        f.open(),
                        f.high(),
                        f.low(),
                        f.volume(),
                        f.quoteVolume(),
                        f.asOf());
    }

    @Override
    void forget() {
        known = null;
        fresh = true;
    }

    @Override
    @Nullable
    MarketData current(StreamKind kind) {
        QuoteFields fields = known;
        return fields == null ? null : quote(fields);
    }
}
