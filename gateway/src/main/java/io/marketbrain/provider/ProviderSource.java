package io.marketbrain.provider;

import io.marketbrain.json.ChangedPayload;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderClock;
import io.marketbrain.pipeline.Reportable;
import io.marketbrain.provider.descriptor.OperationTerms;
import io.marketbrain.provider.drift.DriftCheck;
import io.marketbrain.provider.drift.DriftGuard;
import io.marketbrain.provider.symbols.TickerChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One provider as a source: the adapter's request, built once, goes through the transport, and what comes back is a failure
 * or is parsed. An adapter's exception becomes a value here and goes no further.
 */
public final class ProviderSource implements MarketDataSource, Reportable {
    private final ProviderModule module;
    private final ProviderId provider;
    private final Mode mode;
    private final Transport transport;
    private final DriftGuard guard;
    private final Optional<ProviderClock> clock;
    private final ProviderErrors errors;

    /** A source whose responses are not compared with a recorded shape. */
    public ProviderSource(ProviderModule module, Mode mode, Transport transport) {
        this(module, mode, transport, DriftGuard.NONE, Optional.empty());
    }

    /** A source whose failures do not say what the provider says. */
    public ProviderSource(
            ProviderModule module, Mode mode, Transport transport, DriftGuard guard, Optional<ProviderClock> clock) {
        this(module, mode, transport, guard, clock, ProviderErrors.NONE);
    }

    /**
     * @param clock is told the time of each response
     * @param errors adds to failures what the provider says
     */
    public ProviderSource(
            ProviderModule module,
            Mode mode,
            Transport transport,
            DriftGuard guard,
            Optional<ProviderClock> clock,
            ProviderErrors errors) {
        this.clock = clock;
        this.errors = errors;
        this.module = module;
        this.provider = module.id();
        this.mode = mode;
        this.transport = transport;
        this.guard = guard;
    }

    @Override
    public String name() {
        return "provider";
    }

    @Override
    public Outcome<QueryResult> fetch(MarketQuery asked, Call call) {
        MarketQuery query = module.descriptor().limits().bounded(asked);
        if (mode != Mode.MOCK && query.at() != null) {
            return Outcome.failed(
                    new Failure.Unsupported(provider, provider + " has current data only; leave out 'at'"));
        }
        Optional<Failure> rejection = module.findRejection(query);
        if (rejection.isPresent()) {
            return Outcome.failed(rejection.get());
        }
        PayloadLimits limits = module.limits(query);
        try {
            return withPast(
                            query,
                            transport
                                    .exchange(module.request(query).within(limits), call)
                                    .then(raw -> read(query, raw.within(limits))))
                    .map(result -> mode == Mode.MOCK ? result : AssetHistoryPolicy.apply(result, module.symbols()));
        } catch (StackOverflowError e) {
            // A payload that nests deeper than the stack is malformed, whichever parser reads it.
            return Outcome.failed(new Failure.Malformed(provider, provider + " sent a payload that nests too deeply"));
        }
    }

    /** A failure that says what became of a ticker that the provider no longer has, with the instrument to use instead. */
    private Outcome<QueryResult> withPast(MarketQuery query, Outcome<QueryResult> outcome) {
        if (!(outcome instanceof Outcome.Failed<QueryResult>(Failure.UnknownInstrument unknown))
                || !(query instanceof MarketQuery.OfInstrument about)) {
            return outcome;
        }
        return TickerChange.find(about.instrument())
                .map(change -> Outcome.<QueryResult>failed(new Failure.UnknownInstrument(
                        unknown.provider(),
                        unknown.symbol(),
                        change.findSuccessor(about.instrument())
                                .filter(this::has)
                                .map(successor -> List.of(successor.unified()))
                                .orElse(unknown.candidates()),
                        change.text(),
                        unknown.said())))
                .orElse(outcome);
    }

    private boolean has(Instrument instrument) {
        return module.symbols().parse(instrument.unified()) instanceof Outcome.Success<Instrument>(Instrument known)
                && known.equals(instrument);
    }

    private Outcome<QueryResult> read(MarketQuery query, RawPayload raw) {
        DriftCheck check = guard.check(query.operation());
        try (raw) {
            Optional<Instant> date = ResponseDate.find(raw);
            clock.ifPresent(own -> date.ifPresent(time -> own.set(time, raw.receivedAt())));
            var failure = module.findFailure(query, raw);
            if (failure.isPresent()) {
                return Outcome.failed(explained(failure.get(), raw));
            }
            MarketData parsed = labelled(query, module.parse(query, raw.checkedBy(check)));
            List<QualityFlag> limitations = module.limitations(query, raw, parsed);
            check.accepted();
            Optional<Instant> made = ResponseDate.findMade(raw);
            MarketData data = parsed instanceof Candles candles && made.isPresent()
                    ? CandleCompletion.marked(candles, made.get())
                    : parsed;
            return Outcome.success(new QueryResult(
                    data,
                    new Provenance(provider, mode, null, raw.receivedAt(), Freshness.FRESH, limitations, List.of())));
        } catch (OtherInstrumentPayload e) {
            return Outcome.failed(new Failure.Untrusted(provider, provider + " sent " + e.getMessage(), null));
        } catch (ChangedPayload e) {
            return Outcome.failed(said(query, raw)
                    .or(() -> check.changed(e, raw.body(), raw.receivedAt()))
                    .orElseGet(() -> malformed(e)));
        } catch (MalformedPayload e) {
            return Outcome.failed(said(query, raw)
                    .or(() -> check.findDrift(raw.body(), raw.receivedAt()))
                    .orElseGet(() -> malformed(e)));
        }
    }

    /** The failure that the words of an unreadable body name. */
    private Optional<Failure> said(MarketQuery query, RawPayload raw) {
        return ErrorPhrases.find(provider, query.operation(), raw).map(failure -> explained(failure, raw));
    }

    private Failure explained(Failure failure, RawPayload raw) {
        return errors.explained(withWait(withoutKey(failure, raw), raw), raw);
    }

    /** The data with what the descriptor says about it: the adjustment of candles, the delay. */
    private MarketData labelled(MarketQuery query, MarketData data) {
        OperationTerms terms = module.descriptor().terms(query.operation());
        return switch (data) {
            case Candles candles -> adjusted(query, candles, terms);
            case Trades trades when terms.delay().isPositive() -> trades.delayedBy(terms.delay());
            case OrderBook book when terms.delay().isPositive() -> book.delayedBy(terms.delay());
            case Quote quote
            when quote.details().delay() == null && terms.delay().isPositive() ->
                quote.with(quote.details().delayedBy(terms.delay()));
            default -> data;
        };
    }

    private static Candles adjusted(MarketQuery query, Candles candles, OperationTerms terms) {
        Candles labelled = terms.delay().isPositive() ? candles.delayedBy(terms.delay()) : candles;
        if (!(query instanceof MarketQuery.CandlesQuery asked)
                || !candles.listing().instrument().type().isAdjustable()) {
            return labelled;
        }
        return labelled.adjusted(
                asked.adjustment() != null
                        ? asked.adjustment()
                        : terms.adjustments().stream().findFirst().orElse(null));
    }

    private Failure malformed(MalformedPayload payload) {
        return new Failure.Malformed(provider, provider + " sent an undocumented response: " + payload.getMessage());
    }

    /** Without a key in the request nothing can be rejected but the request itself: that is a block. */
    private Failure withoutKey(Failure failure, RawPayload raw) {
        return failure instanceof Failure.CredentialsRejected && !raw.keySent()
                ? new Failure.Blocked(
                        provider, provider + " refused the request, which carried no key (HTTP " + raw.status() + ")")
                : failure;
    }

    /** Every server error has the wait that its response names, whichever adapter recognised it. */
    private static Failure withWait(Failure failure, RawPayload raw) {
        return failure instanceof Failure.Faulty faulty
                ? faulty.withRetryAfter(RequestedWait.retryAfter(raw))
                : failure;
    }

    @Override
    public String toString() {
        return provider + " over " + transport;
    }
}
