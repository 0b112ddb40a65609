package io.marketbrain.pipeline.stream;

import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.stream.SimulatedHub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A client of bars that is cut and reconnects, and notes what it has received. Not thread-safe. */
final class SimulatedListener {
    final TreeMap<Instant, Candle> complete = new TreeMap<>();
    final List<StreamEvent.Gap> gaps = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    private final SimulatedHub.Client client;

    SimulatedListener(SimulatedHub.Client client) {
        this.client = client;
    }

    void connect() {
        client.connect();
    }

    /** Takes what has come, or is cut, or reconnects. */
    void step(Random random, boolean cutting) {
        if (!client.isConnected()) {
            if (!cutting || random.nextInt(20) == 0) {
                client.connect();
            }
        } else if (cutting && random.nextInt(60) == 0) {
            client.take(random.nextInt(4)).forEach(this::received);
            client.cut();
        } else if (random.nextInt(3) > 0) {
            client.take(Integer.MAX_VALUE).forEach(this::received);
        }
    }

    private void received(SimulatedHub.Received received) {
        switch (received.event()) {
            case StreamEvent.Snapshot(var data, var _, var flags) -> data(received.name(), data, flags);
            case StreamEvent.Update(var data, var _, var flags) -> data(received.name(), data, flags);
            case StreamEvent.Gap gap -> gaps.add(gap);
            case StreamEvent.Status _, StreamEvent.Failed _ -> {}
        }
    }

    private void data(String name, MarketData data, List<QualityFlag> flags) {
        for (Candle bar : ((Candles) data).candles()) {
            if (!bar.complete()) {
                continue;
            }
            if (!flags.isEmpty()) {
                faults.add("a complete bar has flags " + flags);
            }
            Candle before = complete.get(bar.openTime());
            boolean late = !complete.isEmpty() && bar.openTime().isBefore(complete.lastKey());
            if (before != null ? !before.equals(bar) || !name.equals("snapshot") : late) {
                faults.add(name + " " + bar + " after " + (before == null ? complete.lastKey() : before));
            }
            complete.put(bar.openTime(), bar);
        }
    }

    boolean isAnnounced(Instant open, Instant end) {
        return gaps.stream()
                .anyMatch(gap -> gap.from().isBefore(end) && gap.to().isAfter(open));
    }
}
