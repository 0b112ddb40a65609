package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a listener has received of one channel. Thread-safe. */
final class ReceivedEvents {
    /** A time in which events may be missing. */
    record Announced(Instant from, Instant to) {
        boolean covers(Instant time) {
            return !time.isBefore(from) && !time.isAfter(to);
        }
    }

    private final TreeMap<Long, JsonNode> trades = new TreeMap<>();
    private final TreeMap<Instant, JsonNode> complete = new TreeMap<>();
    private final Set<Instant> partial = new HashSet<>();
    private final List<Announced> gaps = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private long lastTrade;
    private Instant lastComplete = Instant.MIN;
    private String last = "";

    synchronized void add(String name, JsonNode data) {
        switch (name) {
            case "gap" ->
                gaps.add(new Announced(
                        Instant.parse(data.get("from").asString()),
                        Instant.parse(data.get("to").asString())));
            case "resync" -> {
                lastTrade = 0;
                lastComplete = Instant.MIN;
            }
            case "snapshot", "trade", "candle" -> {
                data.path("trades").forEach(trade -> trade(name, trade));
                data.path("candles").forEach(candle -> candle(name, data, candle));
            }
            default -> {}
        }
        last = name + " " + data;
    }

    /** The last event. */
    synchronized String last() {
        return last;
    }

    private void trade(String name, JsonNode trade) {
        long number = trade.get("id").asLong();
        JsonNode before = trades.put(number, trade);
        if (name.equals("trade") && number <= lastTrade) {
            faults.add("trade " + number + " after " + lastTrade);
        }
        if (before != null && !before.equals(trade)) {
            faults.add("trade " + before + " changed to " + trade);
        }
        lastTrade = Math.max(lastTrade, number);
    }

    private void candle(String name, JsonNode data, JsonNode candle) {
        Instant open = Instant.parse(candle.get("open_time").asString());
        if (data.path("partial").asBoolean()) {
            partial.add(open);
        } else if (candle.get("complete").asBoolean()) {
            JsonNode before = complete.put(open, candle);
            if (before != null && !before.equals(candle)) {
                faults.add("complete candle " + before + " changed to " + candle);
            }
            if (name.equals("candle") && !open.isAfter(lastComplete)) {
                faults.add("complete candle of " + open + " after that of " + lastComplete);
            }
            lastComplete = open.isAfter(lastComplete) ? open : lastComplete;
        }
    }

    synchronized NavigableMap<Long, JsonNode> trades() {
        return new TreeMap<>(trades);
    }

    /** The candles that were said to be complete, by their start. */
    synchronized NavigableMap<Instant, JsonNode> complete() {
        return new TreeMap<>(complete);
    }

    synchronized boolean announced(Instant time) {
        return partial.contains(time) || gaps.stream().anyMatch(gap -> gap.covers(time));
    }

    synchronized List<Announced> gaps() {
        return List.copyOf(gaps);
    }

    synchronized void assertInOrder(String channel) {
        assertThat(faults).as(channel).isEmpty();
    }
}
