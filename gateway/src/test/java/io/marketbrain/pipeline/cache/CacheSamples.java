package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.Assertions;

/** Sample values for tests of the cache. */
public final class CacheSamples {
    static final ProviderId BINANCE = new ProviderId("binance");
    static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private CacheSamples() {}

    /** The default settings, but with the same freshness of a minute for every kind of data. */
    public static CacheConfig oneMinute() {
        return CacheConfig.defaults().withTtls(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(4));
    }

    static Instrument pair(String base) {
        return Instrument.crypto(base, "USDT");
    }

    static QuoteQuery quote(String base) {
        return new QuoteQuery(BINANCE, pair(base), null);
    }

    static Listing listing(Instrument instrument) {
        return new Listing(instrument, instrument.base() + instrument.quote(), "Binance", "UTC", instrument.quote());
    }

    public static Quote quoteOf(String base, String price) {
        return new Quote(
                listing(pair(base)), new BigDecimal(price), null, null, null, null, null, null, null, null, null, NOON);
    }

    public static QueryResult answer(MarketData data) {
        return answer(data, Mode.LIVE);
    }

    static QueryResult answer(MarketData data, Mode mode) {
        return new QueryResult(data, new Provenance(BINANCE, mode, null, NOON, Freshness.FRESH, List.of(), List.of()));
    }

    static Call call(Duration timeout) {
        return new Call(new CallId("test"), Caller.LOCAL, Priority.HIGH, Deadline.in(timeout, System::nanoTime), false);
    }

    static Call call() {
        return call(Duration.ofSeconds(20));
    }

    static QueryResult success(Outcome<QueryResult> outcome) {
        Assertions.assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return ((Outcome.Success<QueryResult>) outcome).value();
    }

    static String price(Outcome<QueryResult> outcome) {
        return ((Quote) success(outcome).data()).price().toPlainString();
    }
}
