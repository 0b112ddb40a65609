package io.marketbrain.pipeline.quality;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.calendar.PublicationSchedule;
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
import java.util.Optional;
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
    private final @Nullable PublicationSchedule published;
    private final InstrumentStates states = new InstrumentStates();
    private final QualityCounters counters = new QualityCounters();

    /** The checks of a provider whose prices are those of a market. */
    public QualityLayer(
            ProviderId provider, QualityConfig config, ReferencePrices references, ProviderClock providerClock) {
        this(provider, config, references, providerClock, Optional.empty());
    }

    /**
     * @param references prices of other providers
     * @param providerClock the provider's clock, as far as it is known
     * @param published when its quotes are published, if that is once a day
     */
    public QualityLayer(
            ProviderId provider,
            QualityConfig config,
            ReferencePrices references,
            ProviderClock providerClock,
            Optional<PublicationSchedule> published) {
        this.published = published.orElse(null);
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
        Instant receivedAt = answer.provenance().receivedAt();
        Findings findings = screened(
                query, answer.data(), receivedAt, earlier(answer.provenance().flags()));
        if (findings.isEmpty()) {
            remember(answer.data(), receivedAt);
            return outcome;
        }
        Verdict verdict = QualityPolicy.decide(findings, query.operation(), actions);
        counters.count(verdict);
        if (call.trace().on()) {
            call.trace().note("found", findings.list().size());
        }
        if (!verdict.refuses() && !findings.isDoubtfulAlone()) {
            remember(answer.data(), receivedAt);
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
    private static Findings earlier(List<QualityFlag> flags) {
        Findings found = Findings.NONE;
        for (int i = 0; i < flags.size(); i++) {
            QualityFlag flag = flags.get(i);
            var check = QualityCheck.find(flag.code());
            if (check.isPresent()) {
                found = found.and(check.get(), flag.detail());
            }
        }
        return found;
    }

    /** @param query null if the data was not requested */
    private Findings screened(@Nullable MarketQuery query, MarketData data, Instant receivedAt, Findings earlier) {
        Instant now = now(receivedAt);
        String impossible = ImpossiblePrices.find(data);
        Findings found = impossible == null ? earlier : earlier.and(QualityCheck.IMPOSSIBLE_PRICE, impossible);
        return switch (data) {
            case Quote quote -> quote(quote, receivedAt, now, QuoteScreen.screen(quote, now, found));
            case Candles candles -> {
                Instant theirs = receivedAt.plus(providerClock.offset());
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
        Findings all = states.of(instrument).screen(quote, published, now, found);
        var other = references.findPrice(provider, instrument, receivedAt);
        return other.isPresent() ? DeviationScreen.screen(quote.price(), other.get(), all) : all;
    }

    /** Lets other providers' prices be compared with that of an answer. */
    private void remember(MarketData data, Instant receivedAt) {
        if (data instanceof Quote quote && quote.price().signum() > 0) {
            references.put(provider, quote.listing().instrument(), quote.price(), current(quote.asOf(), receivedAt));
        }
    }

    /** When a price was current, by the gateway's clock. */
    private Instant current(@Nullable Instant asOf, Instant receivedAt) {
        Instant at = asOf == null ? receivedAt : asOf.minus(providerClock.offset());
        return at.isAfter(receivedAt) ? receivedAt : at;
    }

    private Findings candles(@Nullable MarketQuery query, Candles candles, Instant now, Findings found) {
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
                        "the order book",
                        book.asOf(),
                        book.listing(),
                        StalenessScreen.limitSeconds(type)
                                + StalenessScreen.seconds(book.listing().delay()),
                        now,
                        found);
    }

    private Findings trades(Trades trades, Instant now, Findings found) {
        return found.teachesNothing()
                ? found
                : states.of(trades.listing().instrument()).screen(trades, StalenessScreen.screen(trades, now, found));
    }

    /** The answer with the flags of the verdict in place of those that {@link #earlier} read. */
    private static QueryResult flagged(QueryResult answer, Verdict verdict) {
        return answer.with(answer.provenance()
                .withFlags(merged(verdict, answer.provenance().flags())));
    }

    private static List<QualityFlag> merged(Verdict verdict, List<QualityFlag> earlier) {
        var flags = new LinkedHashSet<QualityFlag>(verdict.flags());
        for (QualityFlag flag : earlier) {
            if (QualityCheck.find(flag.code()).isEmpty()) {
                flags.add(flag);
            }
        }
        return new ArrayList<>(flags);
    }

    /**
     * What the checks say about data that a provider sent unasked.
     *
     * @param refusals why it cannot be right; empty if it may be published
     * @param flags every finding and what was known before, {@code refusals} first
     */
    public record StreamJudgement(List<QualityFlag> refusals, List<QualityFlag> flags) {
        static final StreamJudgement CLEAN = new StreamJudgement(List.of(), List.of());

        public StreamJudgement {
            refusals = List.copyOf(refusals);
            flags = List.copyOf(flags);
        }

        public boolean refuses() {
            return !refusals.isEmpty();
        }

        /** Whether a reason is that it is of a time ahead of the provider's clock. */
        public boolean refusesAsFuture() {
            return refusals.stream().anyMatch(flag -> flag.code().equals(QualityCheck.FUTURE_TIME.wire()));
        }

        /** Why it is refused, in words. */
        public String reason() {
            return refusals.stream().map(QualityFlag::detail).collect(Collectors.joining("; "));
        }
    }

    /**
     * Judges data that the provider sent unasked as if it were a response, and counts what is found.
     *
     * @param receivedAt when the gateway received it
     * @param flags what is known about it already
     */
    public StreamJudgement judge(MarketData data, Instant receivedAt, List<QualityFlag> flags) {
        Findings findings = screened(null, data, receivedAt, earlier(flags));
        if (findings.isEmpty()) {
            remember(data, receivedAt);
            return flags.isEmpty() ? StreamJudgement.CLEAN : new StreamJudgement(List.of(), flags);
        }
        Verdict verdict = QualityPolicy.decide(findings, kind(data), actions);
        counters.count(verdict);
        if (!verdict.refuses() && !findings.isDoubtfulAlone()) {
            remember(data, receivedAt);
        }
        return new StreamJudgement(verdict.refusals(), merged(verdict, flags));
    }

    /** Whether trades would not be refused; nothing is counted. */
    public boolean passes(Trades trades, Instant receivedAt) {
        Findings findings = screened(null, trades, receivedAt, Findings.NONE);
        return !QualityPolicy.decide(findings, Operation.TRADES, actions).refuses();
    }

    private static Operation kind(MarketData data) {
        return switch (data) {
            case Quote _ -> Operation.QUOTE;
            case Candles _ -> Operation.CANDLES;
            case OrderBook _ -> Operation.BOOK;
            case Trades _ -> Operation.TRADES;
            case Series _ -> Operation.SERIES;
            case NewsItems _ -> Operation.NEWS;
            case Symbols _ -> Operation.SYMBOLS;
        };
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
