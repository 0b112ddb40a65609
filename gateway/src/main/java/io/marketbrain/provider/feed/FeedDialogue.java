package io.marketbrain.provider.feed;

import io.marketbrain.model.stream.StreamEvent.FeedState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is said on one open connection: the messages to send, at the provider's pace, and what its names stand for. */
final class FeedDialogue {
    /** How long to wait before a subscription that was refused for the moment is tried again. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final FeedContext context;
    private final Duration heartbeat;
    private final Queue<String> outgoing = new ArrayDeque<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    /** Keys that were subscribed to anew: the next number may be any that is greater. */
    private final Set<String> renewed = new HashSet<>();
    /** Keys whose last message is older than one before it, or the same. */
    private final Set<String> late = new HashSet<>();

    private final Map<String, Long> retries = new HashMap<>();
    private final long began;
    private long lastSent;
    private long lastHeartbeat;

    FeedDialogue(FeedContext context) {
        this(context, context.adapter().terms().heartbeat());
    }

    /** @param heartbeat how often a message or ping keeps the connection open */
    FeedDialogue(FeedContext context, Duration heartbeat) {
        this.context = context;
        this.heartbeat = heartbeat;
        this.began = context.nanoClock().nanos();
        this.lastHeartbeat = began;
        this.lastSent = began - context.adapter().terms().messageInterval().toNanos();
        this.outgoing.addAll(context.adapter().opening());
    }

    /** How soon silence is noticed. */
    Duration silenceLimit() {
        return heartbeat.multipliedBy(2);
    }

    void subscribe(FeedChannel channel) {
        subscribe(List.of(channel));
    }

    /** Subscribes once to what channels share. */
    void subscribe(Collection<FeedChannel> channels) {
        var distinct = new LinkedHashMap<String, FeedChannel>();
        channels.forEach(channel -> distinct.putIfAbsent(context.adapter().subscription(channel), channel));
        outgoing.addAll(context.adapter().subscribe(List.copyOf(distinct.values())));
    }

    void unsubscribe(FeedChannel channel) {
        String key = context.adapter().key(channel);
        numbers.remove(key);
        late.remove(key);
        renewed.remove(key);
        List<String> named = aliases.entrySet().stream()
                .filter(entry -> entry.getValue().equals(key))
                .map(Map.Entry::getKey)
                .toList();
        if (named.isEmpty()) {
            outgoing.addAll(context.adapter().unsubscribe(List.of(channel)));
        }
        for (String alias : named) {
            aliases.remove(alias);
            outgoing.addAll(context.adapter().unsubscribe(alias));
        }
    }

    /** Takes the provider's name for a channel; a channel that was left meanwhile is unsubscribed by it. */
    private void bind(String alias, String key, Map<String, KeyState> states) {
        if (states.containsKey(key)) {
            aliases.put(alias, key);
        } else {
            outgoing.addAll(context.adapter().unsubscribe(alias));
        }
    }

    /** Gives a subscription up and asks for it again, so that the provider sends a first state. */
    void resubscribe(@Nullable KeyState state) {
        if (state != null) {
            String key = context.adapter().key(state.subscribed());
            Long newest = numbers.get(key);
            unsubscribe(state.subscribed());
            subscribe(state.subscribed());
            if (newest != null) {
                numbers.put(key, newest);
                renewed.add(key);
            }
        }
    }

    /** The state that a signal is about; what is about the connection is done here. */
    Optional<KeyState> take(FeedSignal signal, Map<String, KeyState> states) throws FeedBroken {
        switch (signal) {
            case FeedSignal.Bound(String alias, String key) -> bind(alias, key, states);
            case FeedSignal.Reply(String message) -> outgoing.add(message);
            case FeedSignal.Alive() -> {}
            case FeedSignal.Reconnect(String reason) -> throw new FeedBroken(reason);
            case FeedSignal.Accepted(String key) -> retries.remove(resolved(key));
            case FeedSignal.Refused refused -> refuse(refused, states);
            case FeedSignal.Numbered(String key, long number) -> count(resolved(key), number, states);
            case FeedSignal.QuoteChange change -> {
                return find(change.key(), states);
            }
            case FeedSignal.Prints prints -> {
                return find(prints.key(), states);
            }
            case FeedSignal.BookSnapshot snapshot -> {
                return find(snapshot.key(), states);
            }
            case FeedSignal.BookChange change -> {
                return find(change.key(), states);
            }
            case FeedSignal.Bar bar -> {
                return find(bar.key(), states);
            }
        }
        return Optional.empty();
    }

    private Optional<KeyState> find(String key, Map<String, KeyState> states) {
        String own = resolved(key);
        return late.contains(own) ? Optional.empty() : Optional.ofNullable(states.get(own));
    }

    private String resolved(String key) {
        return aliases.getOrDefault(key, key);
    }

    private void refuse(FeedSignal.Refused refused, Map<String, KeyState> states) {
        String key = resolved(refused.key());
        KeyState state = states.get(key);
        if (state != null) {
            state.enter(FeedState.DOWN, refused.reason());
            if (!refused.permanent()) {
                retries.put(key, context.nanoClock().nanos() + RETRY.toNanos());
            }
        }
    }

    private void count(String key, long number, Map<String, KeyState> states) throws FeedBroken {
        Long before = numbers.get(key);
        boolean next = before == null || number == before + 1;
        if (!next && key.isEmpty()) {
            throw new FeedBroken("messages of the feed were missing");
        }
        if (before != null && number <= before) {
            late.add(key);
            return;
        }
        late.remove(key);
        numbers.put(key, number);
        KeyState state = states.get(key);
        if (!renewed.remove(key) && !next && state != null) {
            state.broke(context.clock().instant(), "messages of the channel were missing");
        }
    }

    /** Sends what may be sent now. */
    void sendDue(FeedSocket socket) throws IOException, InterruptedException {
        long now = context.nanoClock().nanos();
        if (now - lastHeartbeat >= heartbeat.toNanos()) {
            lastHeartbeat = now;
            Optional<String> text = context.adapter().heartbeat();
            if (text.isPresent()) {
                send(socket, text.get());
            } else {
                socket.ping();
            }
        }
        while (!outgoing.isEmpty() && pause(context.nanoClock().nanos()) <= 0) {
            lastSent = context.nanoClock().nanos();
            send(socket, outgoing.remove());
        }
    }

    private void send(FeedSocket socket, String message) throws IOException, InterruptedException {
        socket.send(context.adapter().sentAt(context.clock().instant(), message));
    }

    /** The keys whose refused subscription is to be tried again now. */
    List<String> dueRetries() {
        long now = context.nanoClock().nanos();
        List<String> due = retries.entrySet().stream()
                .filter(entry -> now - entry.getValue() >= 0)
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(retries::remove);
        return due;
    }

    private long pause(long now) {
        return lastSent + context.adapter().terms().messageInterval().toNanos() - now;
    }

    /** How long there is nothing to send. */
    Duration untilDue() {
        long now = context.nanoClock().nanos();
        long beat = lastHeartbeat + heartbeat.toNanos() - now;
        long message = outgoing.isEmpty() ? beat : pause(now);
        return Duration.ofNanos(Math.max(0, Math.min(beat, message)));
    }

    /** Whether the provider is about to close the connection because of its age. */
    boolean tooOld() {
        return context.nanoClock().nanos() - began
                > context.adapter().terms().lifetime().toNanos();
    }
}
