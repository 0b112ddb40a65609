package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProviderTimeRequestsTest {
    private static final Instrument BTC = Instrument.crypto("BTC", "USDT");

    private final List<MarketQuery> asked = new ArrayList<>();
    private long nanos = -5;
    private final ProviderTimeRequests requests = new ProviderTimeRequests((_, query) -> asked.add(query), () -> nanos);

    private void ask(String provider) {
        requests.ask(new Channel(new ProviderId(provider), BTC, new StreamKind.Trades()));
    }

    private static QuoteQuery quote(String provider) {
        return new QuoteQuery(new ProviderId(provider), BTC, null);
    }

    @Test
    void asks_each_provider_at_most_once_in_the_pause() {
        ask("acme");
        ask("acme");
        ask("other");
        nanos += ProviderTimeRequests.PAUSE.toNanos() - 1;
        ask("acme");
        assertThat(asked).containsExactly(quote("acme"), quote("other"));
        nanos += 1;
        ask("acme");
        assertThat(asked).containsExactly(quote("acme"), quote("other"), quote("acme"));
    }
}
