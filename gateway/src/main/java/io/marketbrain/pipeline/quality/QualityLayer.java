package io.marketbrain.pipeline.quality;

import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.quality.QualityPolicy.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The layer that checks the values of one provider's fresh data. Data that cannot be right is refused as untrusted;
 * doubtful data is flagged and otherwise unchanged. Thread-safe.
 */
public final class QualityLayer implements Layer {
    private final ProviderId provider;
    private final QualityConfig.Actions actions;
    private final ReferencePrices references;
    private final InstantSource providerClock;
    private final InstrumentStates states = new InstrumentStates();
    private final QualityCounters counters = new QualityCounters();

    /** @param providerClock the provider's clock, as far as it is known */
    public QualityLayer(
            ProviderId provider, QualityConfig config, ReferencePrices references, InstantSource providerClock) {
        this.provider = provider;
        this.actions = config.of(provider);
        this.references = references;
        this.providerClock = providerClock;
    }

    @Override
    public String name() {
        return "quality";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> next.fetch(query, call).then(answer -> judged(answer, call));
    }

    private Outcome<QueryResult> judged(QueryResult answer, Call call) {
        Findings findings = screened(answer.data(), earlier(answer));
        if (findings.isEmpty()) {
            return Outcome.success(answer);
        }
        Verdict verdict = QualityPolicy.decide(findings, actions);
        counters.count(verdict);
        if (call.trace().on()) {
            call.trace().note("found", findings.list().size());
        }
        QueryResult flagged = flagged(answer, verdict);
        return verdict.refuses()
                ? Outcome.failed(new Failure.Untrusted(provider, message(verdict), flagged))
                : Outcome.success(flagged);
    }

    private String message(Verdict verdict) {
        return provider + " sent data that cannot be right: "
                + verdict.refusals().stream().map(QualityFlag::detail).collect(Collectors.joining("; "));
    }

    /** What was found while pages were merged and candles sorted: flags whose code is the name of a check. */
    private static Findings earlier(QueryResult answer) {
        Findings found = Findings.NONE;
        List<QualityFlag> flags = answer.provenance().flags();
        for (int i = 0; i < flags.size(); i++) {
            QualityFlag flag = flags.get(i);
            var check = QualityCheck.find(flag.code());
            if (check.isPresent()) {
                found = found.and(check.get(), flag.detail());
            }
        }
        return found;
    }

    private Findings screened(MarketData data, Findings found) {
        Instant now = providerClock.instant();
        return switch (data) {
            case Quote quote -> quote(quote, now, QuoteScreen.screen(quote, now, found));
            case Candles candles -> SeriesScreen.screen(candles, CandleScreen.screen(candles, now, found));
            case OrderBook book -> BookScreen.screen(book, now, found);
            case Trades trades -> TradesScreen.screen(trades, now, found);
            case Series _, NewsItems _, Symbols _ -> found;
        };
    }

    private Findings quote(Quote quote, Instant now, Findings found) {
        BigDecimal price = quote.price();
        Instant at = quote.asOf() == null ? now : quote.asOf();
        InstrumentState state = states.of(quote.listing().instrument());
        Findings all = state.screenPrice(price, at, found);
        var other = references.findPrice(provider, quote.listing().instrument());
        return other.isPresent() ? DeviationScreen.screen(price, other.get(), all) : all;
    }

    /** The answer with the flags of the verdict in place of those that {@link #earlier} read. */
    private static QueryResult flagged(QueryResult answer, Verdict verdict) {
        var flags = new LinkedHashSet<QualityFlag>(verdict.flags());
        for (QualityFlag flag : answer.provenance().flags()) {
            if (QualityCheck.find(flag.code()).isEmpty()) {
                flags.add(flag);
            }
        }
        return answer.with(answer.provenance().withFlags(new ArrayList<>(flags)));
    }

    @Override
    public Map<String, Long> counters() {
        return counters.snapshot(states.size());
    }
}
