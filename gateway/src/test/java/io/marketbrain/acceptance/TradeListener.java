package io.marketbrain.acceptance;

import io.marketbrain.acceptance.SseClient.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A client of trades that reads in the background, and checks that each missing trade was announced. */
final class TradeListener implements AutoCloseable {
    static final String TRADES = "/api/v1/stream?symbols=binance:BTCUSDT&kinds=trade";

    private final SseClient client;
    private final List<Event> events = new ArrayList<>();
    private final List<String> unannounced = new ArrayList<>();
    private long last = -1;
    private boolean announced;

    TradeListener(int port) throws IOException, InterruptedException {
        this.client = new SseClient(port, TRADES);
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try {
            for (Event event = client.next(); event != null; event = client.next()) {
                take(event);
            }
        } catch (RuntimeException e) {
            // closed by the test
        }
    }

    private synchronized void take(Event event) {
        events.add(event);
        announced |= event.name().equals("gap") || event.name().equals("snapshot");
        for (JsonNode trade : event.data().at("/trades")) {
            long id = trade.get("id").asLong();
            if (last >= 0 && id != last + 1 && !announced) {
                unannounced.add(last + " is followed by " + id);
            }
            last = id;
            announced = false;
        }
        notifyAll();
    }

    /** What was missing, out of order or sent twice without a gap before it. */
    synchronized List<String> unannounced() {
        return List.copyOf(unannounced);
    }

    synchronized int count() {
        return events.size();
    }

    synchronized List<Event> since(int count) {
        return List.copyOf(events.subList(count, events.size()));
    }

    /** Waits for an event after the first {@code count}. */
    synchronized Event await(int count, long millis, Predicate<Event> wanted) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        int looked = count;
        while (true) {
            for (; looked < events.size(); looked++) {
                if (wanted.test(events.get(looked))) {
                    return events.get(looked);
                }
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not within " + millis + " ms; since then " + since(count));
            }
            wait(left);
        }
    }

    /** Waits for new trades. */
    void awaitTrades(int count, long millis) throws InterruptedException {
        await(count, millis, event -> event.name().equals("trade"));
    }

    void awaitTransport(int count, String transport, long millis) throws InterruptedException {
        await(
                count,
                millis,
                event -> event.name().equals("status")
                        && event.data().get("transport").asString().equals(transport)
                        && event.data().get("state").asString().equals("up"));
    }

    @Override
    public void close() {
        client.close();
    }
}
