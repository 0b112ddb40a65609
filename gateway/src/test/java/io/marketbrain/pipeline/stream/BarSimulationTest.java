package io.marketbrain.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.stream.StreamEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Thousands of simulated minutes; {@code -Dbars.seed} and {@code -Dbars.runs} run others. */
class BarSimulationTest {
    private static final int RUNS = Integer.getInteger("bars.runs", 100);
    private static final long SEED = Long.getLong("bars.seed", 1);

    @Test
    void complete_bars_come_once_in_order_as_requests_return_them_and_none_is_left_out_silently() {
        for (long seed = SEED; seed < SEED + RUNS; seed++) {
            var simulation = new BarSimulation(seed);
            simulation.run(Duration.ofSeconds(90), Duration.ofSeconds(150));
            String what = "seed " + seed + ", " + simulation.source + " " + simulation.interval
                    + (simulation.requestsFail ? ", requests fail" : "");
            for (SimulatedListener listener : simulation.listeners) {
                check(what, simulation, listener);
            }
            checkTrades(what, simulation);
        }
    }

    private static void check(String what, BarSimulation simulation, SimulatedListener listener) {
        List<String> wrong = new ArrayList<>(listener.faults);
        assertThat(listener.complete).as(what).isNotEmpty();
        Instant settled =
                simulation.market.now().minus(Duration.ofSeconds(150)); // by the clock of the exchange, at least
        for (Candle bar : simulation.market.bars(listener.complete.firstKey(), simulation.market.now(), Instant.MAX)) {
            Candle received = listener.complete.get(bar.openTime());
            Instant end = simulation.interval.next(bar.openTime());
            if (received != null && !same(received, bar)) {
                wrong.add(received + " is later " + bar);
            } else if (received == null && end.isBefore(settled) && !listener.isAnnounced(bar.openTime(), end)) {
                wrong.add("no complete bar of " + bar.openTime());
            }
        }
        assertThat(wrong).as(what + ", gaps " + listener.gaps).isEmpty();
        if (!simulation.requestsFail) {
            assertThat(listener.gaps).as(what).isEmpty();
        }
    }

    private static boolean same(Candle a, Candle b) {
        return a.open().compareTo(b.open()) == 0
                && a.high().compareTo(b.high()) == 0
                && a.low().compareTo(b.low()) == 0
                && a.close().compareTo(b.close()) == 0
                && a.volume().compareTo(b.volume()) == 0;
    }

    private static void checkTrades(String what, BarSimulation simulation) {
        if (simulation.trades.isEmpty()) {
            return;
        }
        Set<String> received = new HashSet<>();
        List<String> order = new ArrayList<>();
        List<StreamEvent.Gap> gaps = new ArrayList<>();
        for (StreamEvent event : simulation.trades) {
            switch (event) {
                case StreamEvent.Snapshot(Trades trades, var _, var _) ->
                    trades.trades().forEach(trade -> received.add(trade.id()));
                case StreamEvent.Update(Trades trades, var _, var _) ->
                    trades.trades().forEach(trade -> {
                        received.add(trade.id());
                        order.add(trade.id());
                    });
                case StreamEvent.Gap gap -> gaps.add(gap);
                default -> {}
            }
        }
        assertThat(order).as(what).doesNotHaveDuplicates();
        int first = received.stream().mapToInt(Integer::parseInt).min().orElseThrow();
        int last = received.stream().mapToInt(Integer::parseInt).max().orElseThrow();
        List<Trade> missing = simulation.market.trades().subList(first - 1, last).stream()
                .filter(trade -> !received.contains(trade.id()))
                .filter(trade -> gaps.stream()
                        .noneMatch(gap -> !trade.time().isBefore(gap.from())
                                && !trade.time().isAfter(gap.to())))
                .toList();
        assertThat(missing).as(what + ", gaps " + gaps).isEmpty();
    }
}
