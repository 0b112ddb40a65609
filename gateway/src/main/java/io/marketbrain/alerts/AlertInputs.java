package io.marketbrain.alerts;

import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import java.util.Optional;

/** What alerts are evaluated on. Thread-safe. */
public interface AlertInputs {
    /** Listens to a channel that is shared with all clients; begins with its present state, if it has one. */
    MarketEventSource.Subscription listen(Channel channel, EventSink sink);

    /** The health of a provider, as {@code /api/v1/providers} shows it. */
    String health(ProviderId provider);

    /** The state of a budget; empty if there is none of that name. */
    Optional<BudgetReport> findBudget(String name);
}
