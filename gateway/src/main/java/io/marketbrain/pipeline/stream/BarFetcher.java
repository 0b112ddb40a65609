package io.marketbrain.pipeline.stream;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/** Requests the bars of one channel from the provider, past the cache and for the gateway's own budget. Blocks. Thread-safe. */
final class BarFetcher {
    /** How many bars are fetched at once. */
    static final int MAX_BARS = 1000;

    private static final CallId CALL = new CallId("stream");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Channel channel;
    private final Interval interval;
    private final MarketDataSource requests;
    private final NanoClock nanoClock;
    private final LongAdder fetches;

    BarFetcher(Channel channel, Interval interval, MarketDataSource requests, NanoClock nanoClock, LongAdder fetches) {
        this.channel = channel;
        this.interval = interval;
        this.requests = requests;
        this.nanoClock = nanoClock;
        this.fetches = fetches;
    }

    /** The bars from one on, also the one that is open. */
    Outcome<QueryResult> fetch(Instant from) {
        var query = new CandlesQuery(channel.provider(), channel.instrument(), interval, from, null, MAX_BARS);
        var call = new Call(
                        CALL, Caller.GATEWAY, Priority.LOW, Deadline.in(TIMEOUT, nanoClock), Call.MockChoice.DECLINED)
                .demanding(new Call.CacheDirectives(null, true, false));
        Outcome<QueryResult> outcome = requests.fetch(query, call);
        fetches.increment();
        return outcome;
    }
}
