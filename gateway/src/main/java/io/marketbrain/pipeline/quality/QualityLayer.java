package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.ImpossiblePrices;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderClock;
import io.marketbrain.pipeline.quality.QualityPolicy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The layer that checks the values of one provider's fresh data. Data that cannot be right is refused as untrusted;
 * doubtful data is flagged and otherwise unchanged. Thread-safe.
 */
public final class QualityLayer implements Layer {
    private final ProviderId provider;
    private final QualityConfig.Actions actions;
    private final ReferencePrices references;
    private final ProviderClock providerClock;
    private final InstrumentStates states = new InstrumentStates();
    private final QualityCounters counters = new QualityCounters();

    /**
     * @param references prices of other providers
     * @param providerClock the provider's clock, as far as it is known
     */
    public QualityLayer(
            ProviderId provider, QualityConfig config, ReferencePrices references, ProviderClock providerClock) {
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
        return (query, call) -> {
            Outcome<QueryResult> outcome = next.fetch(query, call);
            return outcome instanceof Outcome.Success<QueryResult>(QueryResult answer)
                    ? judged(query, outcome, answer, call)
                    : outcome;
        };
    }

    /** The outcome itself if nothing is found, so that nothing is allocated then. */
    private Outcome<QueryResult> judged(
            MarketQuery query, Outcome<QueryResult> outcome, QueryResult answer, Call call) {
        Findings findings = screened(query, answer, earlier(answer));
        if (findings.isEmpty()) {
            remember(answer);
            return outcome;
        }
        Verdict verdict = QualityPolicy.decide(findings, query.operation(), actions);
        counters.count(verdict);
        if (call.trace().on()) {
            call.trace().note("found", findings.list().size());
        }
        if (!verdict.refuses() && !findings.isDoubtfulAlone()) {
            remember(answer);
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

    private Findings screened(MarketQuery query, QueryResult answer, Findings earlier) {
        Instant now = now(answer.provenance().receivedAt());
        String impossible = ImpossiblePrices.find(answer.data());
        Findings found = impossible == null ? earlier : earlier.and(QualityCheck.IMPOSSIBLE_PRICE, impossible);
        return switch (answer.data()) {
            case Quote quote ->
                quote(quote, answer.provenance().receivedAt(), now, QuoteScreen.screen(quote, now, found));
            case Candles candles -> {
                Instant theirs = answer.provenance().receivedAt().plus(providerClock.offset());
                yield candles(query, candles, now, CandleScreen.partial(candles, theirs, found));
            }
            case OrderBook book -> book(book, now, BookScreen.screen(book, now, found));
            case Trades trades -> trades(trades, now, TradesScreen.screen(trades, now, found));
            case Series _, NewsItems _, Symbols _ -> found;
        };
    }

    /** When the answer was received, by the later of the two clocks: what neither has reached is in the future. */
    private Instant now(Instant receivedAt) {
        Duration ahead = providerClock.offset();
        return ahead.isPositive() ? receivedAt.plus(ahead) : receivedAt;
    }

    private Findings quote(Quote quote, Instant receivedAt, Instant now, Findings found) {
        if (found.teachesNothing()) {
            // Its price may be as old as its time is wrong.
            return found;
        }
        Instrument instrument = quote.listing().instrument();
        Findings all = states.of(instrument).screen(quote, now, found);
        var other = references.findPrice(provider, instrument, receivedAt);
        return other.isPresent() ? DeviationScreen.screen(quote.price(), other.get(), all) : all;
    }

    /** Lets other providers' prices be compared with that of an answer. */
    private void remember(QueryResult answer) {
        if (answer.data() instanceof Quote quote && quote.price().signum() > 0) {
            references.put(
                    provider,
                    quote.listing().instrument(),
                    quote.price(),
                    current(quote.asOf(), answer.provenance().receivedAt()));
        }
    }

    /** When a price was current, by the gateway's clock. */
    private Instant current(@Nullable Instant asOf, Instant receivedAt) {
        Instant at = asOf == null ? receivedAt : asOf.minus(providerClock.offset());
        return at.isAfter(receivedAt) ? receivedAt : at;
    }

    private Findings candles(MarketQuery query, Candles candles, Instant now, Findings found) {
        Findings single = CandleScreen.screen(candles, now, found);
        Findings all = SeriesScreen.screen(candles, single);
        if (!single.teachesNothing()) {
            all = states.of(candles.listing().instrument()).screen(candles, now, all);
        }
        return query instanceof CandlesQuery asked ? StalenessScreen.screen(asked, candles, now, all) : all;
    }

    private static Findings book(OrderBook book, Instant now, Findings found) {
        AssetType type = book.listing().instrument().type();
        return found.teachesNothing()
                ? found
                : StalenessScreen.screen(
                        "the order book", book.asOf(), book.listing(), StalenessScreen.limitSeconds(type), now, found);
    }

    private Findings trades(Trades trades, Instant now, Findings found) {
        return found.teachesNothing()
                ? found
                : states.of(trades.listing().instrument()).screen(trades, StalenessScreen.screen(trades, now, found));
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

    public ProviderId provider() {
        return provider;
    }

    /** Passes what each check found to {@code reader}. */
    public void findings(QualityCounters.Reader reader) {
        counters.read(reader);
    }

    @Override
    public Map<String, Long> counters() {
        return counters.snapshot(states.size());
    }
}
