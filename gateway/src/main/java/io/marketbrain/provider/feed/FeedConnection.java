package io.marketbrain.provider.feed;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.provider.feed.FeedSocket.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a provider's feed, shared by everything that is subscribed on it: open while there is something, opened
 * again whenever it breaks. All state belongs to its own thread; others leave work in its mailbox.
 */
final class FeedConnection {
    /** How long connecting may take. */
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** How far the wall clock may run ahead of the monotonic one: more means that the machine was suspended. */
    private static final Duration SUSPENDED = Duration.ofSeconds(5);
    /** How often silence is looked for. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Nothing to do until woken. */
    private static final Duration IDLE = Duration.ofHours(1);

    private final FeedContext context;
    private final FeedGate gate;
    private final AddressFinder addresses;
    private final BackgroundLoop loop;
    private final Queue<Runnable> mail = new ConcurrentLinkedQueue<>();
    private final Map<String, KeyState> states = new LinkedHashMap<>();
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicLong reconnects = new AtomicLong();
    private volatile @Nullable FeedSocket open;
    private int failures;
    private Instant lastSeen;

    // Of the connection that is open.
    private FeedDialogue dialogue;
    private long lastLook;

    FeedConnection(FeedContext context, FeedGate gate, AddressFinder addresses) {
        this.context = context;
        this.gate = gate;
        this.addresses = addresses;
        this.lastSeen = context.clock().instant();
        this.dialogue = new FeedDialogue(context);
        this.loop = new BackgroundLoop(
                "feed-" + context.provider(), BackgroundLoop.Kind.VIRTUAL, context.nanoClock(), this::round);
    }

    void start() {
        loop.start();
    }

    void stop() {
        loop.stopNow();
    }

    /** How many keys are subscribed or about to be. */
    int keys() {
        return keys.get();
    }

    boolean connected() {
        return open != null;
    }

    /** How often the connection was opened again. */
    long reconnects() {
        return reconnects.get();
    }

    void reserve() {
        keys.incrementAndGet();
    }

    void release() {
        keys.decrementAndGet();
    }

    void join(String key, FeedChannel wanted, Channel channel, EventSink sink) {
        post(() -> {
            KeyState state = states.get(key);
            if (state == null) {
                boolean shared = isSubscribed(wanted);
                state = KeyState.of(context, wanted, () -> dialogue.resubscribe(states.get(key)), this::post);
                states.put(key, state);
                if (shared) {
                    dialogue.resubscribe(state); // so that this key gets a first state, too
                } else {
                    dialogue.subscribe(wanted);
                }
            }
            state.join(channel, sink);
        });
    }

    void leave(String key, EventSink sink) {
        post(() -> {
            KeyState state = states.get(key);
            if (state != null && state.leave(sink)) {
                states.remove(key);
                if (!isSubscribed(state.subscribed())) {
                    dialogue.unsubscribe(state.subscribed());
                }
            }
        });
    }

    /** Whether a subscription that another key needs brings this channel as well. */
    private boolean isSubscribed(FeedChannel channel) {
        String wanted = context.adapter().subscription(channel);
        return states.values().stream()
                .anyMatch(state ->
                        context.adapter().subscription(state.subscribed()).equals(wanted));
    }

    private void post(Runnable work) {
        mail.add(work);
        FeedSocket socket = open;
        if (socket != null) {
            socket.wake();
        }
        loop.wake();
    }

    /** One connection from its start to its end. */
    private Duration round() throws InterruptedException {
        work();
        if (states.isEmpty()) {
            return IDLE;
        }
        Duration wait = gate.tryEnter();
        if (!wait.isZero()) {
            return wait;
        }
        long began = context.nanoClock().nanos();
        String reason;
        try {
            reason = connected(addresses.find());
        } catch (IOException e) {
            reason = "the connection to the feed broke: " + e.getMessage();
        } catch (FeedBroken e) {
            reason = e.reason();
        } catch (MalformedPayload e) {
            reason = "the feed sent what is not documented: " + e.getMessage();
        } catch (RuntimeException e) {
            broke("the feed could not be read"); // the loop counts and logs it
            throw e;
        }
        if (states.isEmpty()) {
            return Duration.ZERO;
        }
        broke(reason);
        boolean good = context.nanoClock().nanos() - began > ReconnectPolicy.GOOD.toNanos();
        failures = good ? 1 : failures + 1;
        return ReconnectPolicy.pause(failures, context.random());
    }

    private String connected(FeedAddress address)
            throws IOException, InterruptedException, FeedBroken, MalformedPayload {
        try (FeedSocket socket = context.dialer().open(address.url(), CONNECT)) {
            open = socket;
            return serve(socket, address.heartbeat());
        } finally {
            open = null;
        }
    }

    private void broke(String why) {
        reconnects.incrementAndGet();
        states.values().forEach(state -> {
            state.broke(lastSeen, why);
            state.enter(FeedState.DOWN, why);
        });
    }

    private List<FeedChannel> subscribed() {
        List<FeedChannel> channels = new ArrayList<>(states.size());
        states.values().forEach(state -> channels.add(state.subscribed()));
        return channels;
    }

    /** Serves until there is nothing to listen to; every other end is an exception. */
    private String serve(FeedSocket socket, Duration heartbeat)
            throws IOException, InterruptedException, FeedBroken, MalformedPayload {
        dialogue = new FeedDialogue(context, heartbeat);
        dialogue.subscribe(subscribed());
        long looked = context.nanoClock().nanos();
        Duration ahead = ahead();
        states.values().forEach(state -> state.restartRhythm(looked));
        while (true) {
            work();
            if (states.isEmpty()) {
                return "nobody listens";
            }
            dialogue.sendDue(socket);
            Message message = socket.receive(least(LOOK, dialogue.untilDue()));
            if (message != null) {
                take(text(message));
            }
            if (ahead().minus(ahead).compareTo(SUSPENDED) > 0) {
                throw new FeedBroken("the machine was suspended");
            }
            look(socket);
        }
    }

    private String text(Message message) throws MalformedPayload {
        byte[] binary = message.binary();
        if (binary != null) {
            return context.adapter().text(binary);
        }
        String text = message.text();
        return text == null ? "" : text;
    }

    private void take(String text) throws FeedBroken, MalformedPayload {
        Instant now = context.clock().instant();
        long nanos = context.nanoClock().nanos();
        for (FeedSignal signal : context.adapter().parse(text)) {
            dialogue.take(signal, states).ifPresent(state -> {
                state.arrived(nanos);
                state.accept(signal, now);
            });
        }
        lastSeen = now;
    }

    /** Notices a connection or a channel that has gone silent. */
    private void look(FeedSocket socket) throws FeedBroken {
        Duration limit = dialogue.silenceLimit();
        if (socket.silence().compareTo(limit) > 0) {
            throw new FeedBroken("the feed was silent for " + limit.toSeconds() + " s");
        }
        long nanos = context.nanoClock().nanos();
        if (nanos - lastLook >= LOOK.toNanos()) {
            lastLook = nanos;
            long heard = nanos - socket.silence().toNanos();
            states.values().forEach(state -> state.heard(heard));
        }
        dialogue.dueRetries().forEach(key -> dialogue.resubscribe(states.get(key)));
        if (dialogue.tooOld()) {
            throw new FeedBroken("the provider ends connections of this age");
        }
        for (KeyState state : states.values()) {
            if (state.stalled(nanos, limit)) {
                state.broke(lastSeen, "the channel was silent for longer than usual");
                state.enter(FeedState.STALE, "silent for longer than usual");
                state.restartRhythm(nanos);
                dialogue.resubscribe(state);
            }
        }
    }

    private void work() {
        for (Runnable next = mail.poll(); next != null; next = mail.poll()) {
            next.run();
        }
    }

    /** By how much the wall clock is ahead of the monotonic clock. */
    private Duration ahead() {
        return Duration.between(Instant.EPOCH, context.clock().instant())
                .minusNanos(context.nanoClock().nanos());
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
