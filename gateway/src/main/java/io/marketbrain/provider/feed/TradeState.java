package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.provider.feed.FeedSignal.Prints;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Trades, each once and in order. Where the provider numbers them, a number that is missing is asked for over the provider's
 * request stack while later trades wait; what cannot be found is a gap.
 */
final class TradeState extends KeyState {
    /** How many trades a request for missing ones asks for. */
    private static final int ASKED = 500;
    /** How many trades may wait for that request. */
    private static final int MOST_WAITING = 10_000;
    /** Trades that are later by so much have other numbers than those that were told, even if these are the same. */
    private static final Duration RENUMBERED = Duration.ofMinutes(1);
    /** Ids that are remembered where trades have no numbers. */
    private static final int REMEMBERED = 1_000;

    private final MailBox mailBox;
    private final Set<String> seen = new LinkedHashSet<>();
    private final NavigableMap<Long, Trade> waiting = new TreeMap<>();
    private @Nullable Trade last;
    private @Nullable Long lastNumber;
    private boolean asking;
    private boolean afterBreak;

    TradeState(FeedContext context, FeedChannel subscribed, MailBox mailBox) {
        super(context, subscribed);
        this.mailBox = mailBox;
    }

    @Override
    void accept(FeedSignal signal, Instant now) {
        if (!(signal instanceof Prints prints) || prints.trades().isEmpty()) {
            return;
        }
        if (!told()) {
            start(prints, now);
        } else if (prints.firstId() != null && lastNumber != null) {
            numbered(prints, prints.firstId(), lastNumber, now);
        } else if (prints.snapshot() || afterBreak) {
            resumed(prints, now);
        } else {
            tell(unseen(prints.trades()), now);
        }
    }

    private void start(Prints prints, Instant now) {
        List<Trade> earlier = prints.snapshot() ? prints.trades() : List.of();
        tellSnapshot(now, _ -> trades(earlier));
        remember(prints.trades(), prints.firstId());
        if (!prints.snapshot()) {
            tellUpdate(now, _ -> trades(prints.trades()));
        }
    }

    private void numbered(Prints prints, long first, long known, Instant now) {
        int old = Math.clamp(known + 1 - first, 0, prints.trades().size());
        List<Trade> trades = prints.trades().subList(old, prints.trades().size());
        if (trades.isEmpty()) {
            renumbered(prints, now);
        } else if (asking) {
            hold(trades);
        } else if (first + old == known + 1) {
            afterBreak = false;
            mended();
            tell(trades, now);
        } else {
            Trade before = last;
            if (!broken() && before != null) {
                broke(before.time(), "the provider's feed left out trades");
            }
            hold(trades);
            ask();
        }
    }

    /** Trades with numbers that were told already are told again only if they are clearly others: the numbers began anew. */
    private void renumbered(Prints prints, Instant now) {
        Trade before = last;
        if (before != null
                && prints.trades().getLast().time().isAfter(before.time().plus(RENUMBERED))) {
            broke(before.time(), "the provider numbers its trades anew");
            tellGap(prints.trades().getFirst().time());
            waiting.clear();
            tell(prints.trades(), now);
        }
    }

    private void hold(List<Trade> trades) {
        trades.forEach(trade -> waiting.put(TradeNumbers.of(trade), trade));
        while (waiting.size() > MOST_WAITING) {
            waiting.pollFirstEntry();
        }
    }

    private void ask() {
        asking = true;
        var query = TradesQuery.upTo(ASKED, context().provider(), listing().instrument());
        context().requests().fetch(query, outcome -> mailBox.post(() -> filled(outcome)));
    }

    /** Tells what was missing as far as the answer has it, then what waited. */
    private void filled(Outcome<QueryResult> outcome) {
        asking = false;
        Instant now = context().clock().instant();
        Long known = lastNumber;
        if (known == null || waiting.isEmpty()) {
            return;
        }
        if (outcome instanceof Outcome.Success<QueryResult>(QueryResult result)
                && result.data() instanceof Trades answer) {
            answer.trades().forEach(trade -> waiting.putIfAbsent(TradeNumbers.of(trade), trade));
        }
        waiting.headMap(known, true).clear();
        List<Trade> all = List.copyOf(waiting.values());
        waiting.clear();
        if (TradeNumbers.of(all.getLast()) - known == all.size()) {
            mended();
        } else {
            tellGap(afterLastHole(all, known).time());
        }
        afterBreak = false;
        tell(all, now);
    }

    /** The first trade after which no number is missing. */
    private static Trade afterLastHole(List<Trade> trades, long known) {
        Trade first = trades.getFirst();
        long before = known;
        for (Trade trade : trades) {
            long number = TradeNumbers.of(trade);
            if (number != before + 1) {
                first = trade;
            }
            before = number;
        }
        return first;
    }

    /**
     * After a break without numbers, or a new subscription, which the order book of the same one may have asked for: the trades continue
     * what was told if a trade that was told is among them.
     */
    private void resumed(Prints prints, Instant now) {
        List<Trade> fresh = unseen(prints.trades());
        Trade before = last;
        if (fresh.size() < prints.trades().size()) {
            mended();
        } else if (!broken() && before != null) {
            broke(before.time(), "the provider sent its newest trades anew, none of which is known");
        }
        tellGap((fresh.isEmpty() ? prints.trades().getLast() : fresh.getFirst()).time());
        afterBreak = false;
        if (!fresh.isEmpty()) {
            tell(fresh, now);
        }
    }

    private List<Trade> unseen(List<Trade> trades) {
        return trades.stream().filter(trade -> !seen.contains(trade.id())).toList();
    }

    private void tell(List<Trade> trades, Instant now) {
        if (trades.isEmpty()) {
            return;
        }
        remember(trades, lastNumber == null ? null : TradeNumbers.of(trades.getFirst()));
        tellUpdate(now, _ -> trades(trades));
    }

    private void remember(List<Trade> trades, @Nullable Long firstNumber) {
        last = trades.getLast();
        if (firstNumber != null) {
            lastNumber = TradeNumbers.of(trades.getLast());
            return;
        }
        for (Trade trade : trades) {
            seen.add(trade.id());
        }
        var oldest = seen.iterator();
        for (int i = seen.size(); i > REMEMBERED; i--) {
            oldest.next();
            oldest.remove();
        }
    }

    private Trades trades(List<Trade> trades) {
        Trade newest = trades.isEmpty() ? last : trades.getLast();
        return new Trades(listing(), trades, newest == null ? null : newest.time());
    }

    @Override
    Instant toldUntil(Instant heard) {
        Trade told = last;
        return told == null ? heard : told.time();
    }

    @Override
    void forget() {
        afterBreak = told();
    }

    @Override
    MarketData current(StreamKind kind) {
        Trade newest = last;
        return trades(newest == null ? List.of() : List.of(newest));
    }
}
