package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamEvent.Snapshot;
import io.marketbrain.model.stream.StreamEvent.Status;
import io.marketbrain.model.stream.StreamEvent.Update;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import io.marketbrain.pipeline.stream.MarketEventSource.Subscription;
import io.marketbrain.pipeline.stream.relay.RelayChannel.Relay;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Current;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Happened;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Unavailable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of one gateway in a shared feed: its role, and where the events of each channel come from. Does no I/O: others bring
 * what Redis says and take what is to be published. Thread-safe; events are delivered under its lock, so that they keep their order when a channel changes its
 * origin.
 *
 * <p>A channel changes its origin without a hole that is not announced: the own feed of a gateway stays open until the
 * holder has sent the channel's state, and whatever may be missing between two origins is a gap before the next data.
 */
final class RelaySession {
    /** How long the first reply of Redis may take before the gateway opens its own feed. */
    static final Duration DECISION = Duration.ofSeconds(1);

    /** How long the holder may take to send the state of a channel before the gateway gets the channel itself. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** After how long a state is asked for again. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /** How much older the state that the holder sends may be than what the own feed has delivered. */
    private static final Duration OVERLAP = Duration.ofSeconds(1);

    /** The most channels whose state is asked for at once. */
    private static final int MOST_ASKED = 500;

    private static final String MOVED = "the feed moved from one gateway to another";
    private static final String LOST = "events from the gateway that holds the feed were lost";
    private static final String AWAY = "the Redis that gateways share does not respond";

    private final ProviderId provider;
    private final RelayConfig config;
    private final MarketEventSource source;
    private final Predicate<Channel> carries;
    private final RelayMessageCodec codec;
    private final Runnable toPublish;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, RelayChannel> channels = new LinkedHashMap<>();
    final PublishQueue queue;
    final RelayCounters counters = new RelayCounters();
    private RelayRole role = RelayRole.UNDECIDED;
    private long token;
    /** The token of the last lease of this gateway. */
    private long ownToken;

    private long revision;
    private long lastNumber = -1;
    private Instant lastReceived;
    private boolean positioned;
    /** Changes whenever the reader must begin at the newest message. */
    private long readerEpoch;
    /** Changes with what is listened to here. */
    private long listVersion = 1;

    private long listSent;
    private long undecidedSince;
    private long lastReply;
    private @Nullable Long aloneAt;

    /** What is sent to Redis with a renewal; {@code list} is empty if it is known there. */
    record Request(
            long ownToken,
            long revision,
            boolean wantsLease,
            long listVersion,
            Optional<String> list,
            List<String> asked) {}

    /**
     * @param source the own feed of this gateway
     * @param carries whether that feed has a channel
     * @param toPublish called when something waits to be published; must not block
     */
    RelaySession(
            ProviderId provider,
            RelayConfig config,
            MarketEventSource source,
            Predicate<Channel> carries,
            RelayMessageCodec codec,
            Runnable toPublish,
            InstantSource clock,
            RandomGenerator random) {
        this.provider = provider;
        this.config = config;
        this.source = source;
        this.carries = carries;
        this.codec = codec;
        this.toPublish = toPublish;
        this.clock = clock;
        this.random = random;
        this.queue = new PublishQueue(config.waiting());
        this.lastReceived = clock.instant();
    }

    /** A gateway that listened to nothing begins anew. */
    synchronized void begin(long nanos) {
        role = RelayRole.UNDECIDED;
        undecidedSince = nanos;
        lastReply = nanos;
        aloneAt = null;
        listSent = 0;
        revision = 0;
        queue.clear();
    }

    synchronized RelayRole role() {
        return role;
    }

    synchronized long token() {
        return token;
    }

    synchronized long readerEpoch() {
        return readerEpoch;
    }

    /** Whether neither this gateway nor another wants anything. */
    synchronized boolean idle() {
        return channels.isEmpty();
    }

    // ---- who listens ----

    synchronized Subscription subscribe(Channel channel, EventSink sink, long nanos) {
        String text = ChannelText.of(channel);
        RelayChannel known = channels.get(text);
        RelayChannel shared =
                known == null ? new RelayChannel(channel, text, channels.size() >= config.channels()) : known;
        channels.put(text, shared);
        boolean first = !shared.local();
        shared.join(sink);
        if (first) {
            listVersion++;
            place(shared, nanos);
        }
        return () -> leave(shared, sink);
    }

    private void place(RelayChannel channel, long nanos) {
        switch (role) {
            case HOLDER, ALONE -> open(channel);
            case FOLLOWER -> {
                if (channel.beyondLimit) {
                    open(channel);
                } else if (channel.relay == Relay.OFF) {
                    channel.await(nanos);
                }
            }
            case UNDECIDED -> {}
        }
    }

    private synchronized void leave(RelayChannel channel, EventSink sink) {
        if (channel.sinks.remove(sink) && !channel.local()) {
            listVersion++;
            removeIfUnwanted(channel);
        }
    }

    private void removeIfUnwanted(RelayChannel channel) {
        if (!channel.local() && !(role == RelayRole.HOLDER && channel.remote)) {
            close(channel);
            channels.remove(channel.text, channel);
        }
    }

    // ---- the own source ----

    private void open(RelayChannel channel) {
        if (channel.own == null) {
            int generation = ++channel.generation;
            channel.own = source.subscribe(channel.channel, event -> happened(channel, generation, event));
        }
    }

    private void close(RelayChannel channel) {
        Subscription own = channel.own;
        channel.generation++;
        channel.own = null;
        if (own != null) {
            own.close();
        }
    }

    private synchronized void happened(RelayChannel channel, int generation, StreamEvent event) {
        if (channel.generation == generation) {
            if (role == RelayRole.HOLDER && channel.remote) {
                publish(channel.text, new Happened(event));
            }
            channel.deliver(event, clock.instant());
        }
    }

    private void publish(String text, RelayMessage message) {
        byte[] bytes = codec.encode(text, message);
        queue.add(bytes.length <= RelayMessageCodec.MAX_BYTES ? bytes : codec.encode(text, new Unavailable()));
        toPublish.run();
    }

    // ---- what Redis says about the lease ----

    /** What the next renewal says and asks. */
    synchronized Request request() {
        List<String> asked = role == RelayRole.FOLLOWER && positioned
                ? channels.values().stream()
                        .filter(channel -> channel.relay == Relay.WAITING && !channel.asked)
                        .map(channel -> channel.text)
                        .limit(MOST_ASKED)
                        .toList()
                : List.of();
        Optional<String> list = listSent == listVersion
                ? Optional.empty()
                : Optional.of(shared().map(channel -> channel.text).collect(Collectors.joining("\n")));
        boolean local = channels.values().stream().anyMatch(RelayChannel::local);
        return new Request(ownToken, role == RelayRole.HOLDER ? revision : 0, local, listVersion, list, asked);
    }

    /** The channels that this gateway wants, wherever they come from. */
    private Stream<RelayChannel> shared() {
        return channels.values().stream().filter(channel -> channel.local() && !channel.beyondLimit);
    }

    /** Redis has replied to a renewal. */
    synchronized void replied(Request request, LeaseReply reply, long nanos) {
        lastReply = nanos;
        aloneAt = null;
        boolean empty = request.list().isPresent() && request.list().get().isEmpty();
        listSent = reply.known() || empty ? Math.max(listSent, request.listVersion()) : 0;
        request.asked().forEach(text -> {
            RelayChannel channel = channels.get(text);
            if (channel != null) {
                channel.asked = true;
                channel.askedAt = nanos;
            }
        });
        if (reply.held()) {
            hold(reply);
        } else if (reply.token() != 0) {
            follow(reply.token(), nanos);
        } else if (role == RelayRole.HOLDER) {
            follow(0, nanos);
        }
    }

    private void hold(LeaseReply reply) {
        boolean resumed = role == RelayRole.HOLDER && token == reply.token();
        ownToken = reply.token();
        if (!resumed) {
            role = RelayRole.HOLDER;
            token = reply.token();
            counters.takeovers.increment();
            queue.restart(token);
            channels.values().forEach(channel -> {
                channel.relay = Relay.OFF;
                if (channel.own == null) {
                    channel.broke(lastReceived, MOVED);
                    open(channel);
                }
            });
        }
        revision = reply.revision();
        reply.wanted().ifPresent(this::serve);
        reply.asked().forEach(this::tellState);
    }

    /** Takes over what other gateways want. */
    private void serve(List<String> wanted) {
        Set<String> now = new HashSet<>();
        for (String text : wanted) {
            if (now.size() >= config.channels()) {
                break;
            }
            RelayChannel channel = channels.get(text);
            if (channel == null) {
                channel = ChannelText.find(provider, text)
                        .filter(carries)
                        .map(found -> new RelayChannel(found, text, false))
                        .orElse(null);
            }
            if (channel != null) {
                now.add(text);
                channel.remote = true;
                channels.put(text, channel);
                open(channel);
            }
        }
        for (RelayChannel channel : List.copyOf(channels.values())) {
            if (channel.remote && !now.contains(channel.text)) {
                channel.remote = false;
                removeIfUnwanted(channel);
            }
        }
    }

    private void tellState(String text) {
        RelayChannel channel = channels.get(text);
        if (channel != null && channel.remote) {
            publish(text, channel.current());
        } else if (text.length() <= ChannelText.MAX_LENGTH) {
            publish(text, new Unavailable());
        }
    }

    private void follow(long holder, long nanos) {
        if (role == RelayRole.FOLLOWER) {
            if (holder != token) {
                changeHolder(holder, nanos);
            }
            return;
        }
        role = RelayRole.FOLLOWER;
        token = holder;
        queue.clear();
        positioned = false;
        readerEpoch++;
        lastNumber = -1;
        lastReceived = clock.instant();
        for (RelayChannel channel : List.copyOf(channels.values())) {
            channel.remote = false;
            removeIfUnwanted(channel);
            if (channel.beyondLimit) {
                open(channel);
            } else {
                channel.await(nanos);
            }
        }
    }

    /** Another gateway has taken over: all states are void. */
    private void changeHolder(long holder, long nanos) {
        token = holder;
        lastNumber = -1;
        interrupt(MOVED, nanos);
    }

    private void interrupt(String why, long nanos) {
        for (RelayChannel channel : channels.values()) {
            if (!channel.beyondLimit) {
                if (channel.relay == Relay.LIVE) {
                    channel.broke(lastReceived, why);
                }
                channel.await(nanos);
            }
        }
    }

    // ---- what the holder sends ----

    /** The reader knows its position in the stream of events, so that the states that are asked for come after it. */
    synchronized void positioned(long epoch) {
        positioned |= epoch == readerEpoch;
    }

    /** A message has arrived; whether something is to be asked for. */
    synchronized boolean received(byte[] message, long nanos) {
        if (role != RelayRole.FOLLOWER) {
            return false;
        }
        if (message.length < PublishQueue.HEAD) {
            counters.invalid.increment();
            return false;
        }
        var head = ByteBuffer.wrap(message);
        long from = head.getLong();
        long number = head.getLong();
        if (from < token) {
            counters.fenced.increment();
            return false;
        }
        boolean changed = false;
        if (from > token) {
            changeHolder(from, nanos);
            changed = true;
        }
        if (lastNumber >= 0 && number <= lastNumber) {
            return changed; // sent again, because its confirmation was lost
        }
        if (lastNumber >= 0 && number > lastNumber + 1) {
            counters.lost.add(number - lastNumber - 1);
            interrupt(LOST, nanos);
            changed = true;
        }
        lastNumber = number;
        return take(Arrays.copyOfRange(message, PublishQueue.HEAD, message.length), nanos) || changed;
    }

    /** Takes in the content of a message; whether something is to be asked for. */
    private boolean take(byte[] body, long nanos) {
        Optional<RelayChannel> found = RelayMessageCodec.findChannel(body).map(channels::get);
        if (found.isEmpty() || !found.get().local() || found.get().beyondLimit) {
            return false;
        }
        RelayChannel channel = found.get();
        Optional<RelayMessage> message = codec.decode(channel.channel, body);
        if (message.isEmpty()) {
            counters.invalid.increment();
            boolean first = channel.relay == Relay.LIVE;
            if (first) {
                channel.broke(lastReceived, LOST);
                channel.await(nanos);
            }
            return first;
        }
        Instant now = clock.instant();
        switch (message.get()) {
            case Current current -> current(channel, current, now);
            case Happened(StreamEvent event) -> relayed(channel, event, now);
            case Unavailable() -> refuse(channel);
        }
        return false;
    }

    private void current(RelayChannel channel, Current current, Instant now) {
        if (channel.relay != Relay.WAITING) {
            return;
        }
        channel.served = true;
        Snapshot snapshot = current.snapshot();
        if (snapshot != null) {
            goLive(channel, now);
        }
        if (current.status() != null && channel.own == null) {
            channel.deliver(current.status(), now);
        }
        if (snapshot != null) {
            counters.relayed.increment();
            channel.deliver(snapshot, now);
        }
    }

    private void relayed(RelayChannel channel, StreamEvent event, Instant now) {
        switch (event) {
            case Snapshot snapshot -> {
                if (channel.relay == Relay.WAITING) {
                    goLive(channel, now);
                }
                relayedData(channel, event, snapshot.receivedAt(), now);
            }
            case Update update -> relayedData(channel, event, update.receivedAt(), now);
            case StreamEvent.Gap _ -> {
                if (channel.relay == Relay.LIVE) {
                    channel.deliver(event, now);
                }
            }
            case Status _, StreamEvent.Failed _ -> {
                if (channel.own == null) {
                    channel.deliver(event, now);
                }
            }
        }
    }

    private void relayedData(RelayChannel channel, StreamEvent event, Instant receivedAt, Instant now) {
        Instant intact = receivedAt.isBefore(now) ? receivedAt : now;
        lastReceived = intact.isAfter(lastReceived) ? intact : lastReceived;
        if (channel.relay == Relay.LIVE) {
            counters.relayed.increment();
            channel.deliver(event, now);
        }
    }

    /** The holder's events follow from now on; the own feed of the channel is no longer needed. */
    private void goLive(RelayChannel channel, Instant now) {
        channel.relay = Relay.LIVE;
        if (channel.own != null) {
            channel.broke(now.minus(OVERLAP), MOVED);
            Status last = channel.status();
            close(channel);
            if (last != null) {
                channel.deliver(new Status(last.state(), last.mode(), FeedTransport.RELAY, last.reason(), now), now);
            }
        }
    }

    private void refuse(RelayChannel channel) {
        if (channel.relay == Relay.WAITING || channel.relay == Relay.LIVE) {
            channel.relay = Relay.REFUSED;
            if (channel.own == null) {
                channel.broke(lastReceived, MOVED);
                open(channel);
            }
        }
    }

    // ---- what goes wrong ----

    /** Redis did not reply to a renewal. */
    synchronized void unreachable() {
        if (role == RelayRole.UNDECIDED) {
            standAlone();
        }
    }

    /** Notices what has not come in time. */
    synchronized void watch(long nanos) {
        long silence = nanos - lastReply;
        switch (role) {
            case UNDECIDED -> {
                if (nanos - undecidedSince > DECISION.toNanos()) {
                    standAlone();
                }
            }
            case HOLDER -> {
                if (silence > config.lease().toNanos()) {
                    standAlone();
                }
            }
            case FOLLOWER -> {
                if (silence > config.lease().toNanos()) {
                    standAloneLater(nanos);
                } else {
                    channels.values().forEach(channel -> watch(channel, nanos));
                }
            }
            case ALONE -> {}
        }
    }

    private void watch(RelayChannel channel, long nanos) {
        if (channel.relay == Relay.WAITING && !channel.served) {
            if (nanos - channel.waitingSince > PATIENCE.toNanos()) {
                refuse(channel);
            } else if (nanos - channel.askedAt > ASK_AGAIN.toNanos()) {
                channel.asked = false; // the holder may not have received the reply that said so
            }
        }
    }

    /** After a random wait, so that not all gateways connect to the provider at the same time. */
    private void standAloneLater(long nanos) {
        Long at = aloneAt;
        if (at == null) {
            aloneAt = nanos + (long) (random.nextDouble() * config.ownFeedWait().toNanos());
            Instant now = clock.instant();
            channels.values().forEach(channel -> {
                Status last = channel.status();
                if (channel.own == null && last != null) {
                    channel.deliver(new Status(FeedState.STALE, last.mode(), FeedTransport.RELAY, AWAY, now), now);
                }
            });
        } else if (nanos - at >= 0) {
            standAlone();
        }
    }

    private void standAlone() {
        role = RelayRole.ALONE;
        counters.withoutRedis.increment();
        queue.clear();
        for (RelayChannel channel : List.copyOf(channels.values())) {
            channel.remote = false;
            channel.relay = Relay.OFF;
            removeIfUnwanted(channel);
            if (channel.local() && channel.own == null) {
                channel.broke(lastReceived, AWAY);
                open(channel);
            }
        }
    }

    /** Redis has refused messages, because another gateway has the lease or nobody: nothing more is published. */
    synchronized void fenced(long published) {
        counters.fenced.increment();
        if (role == RelayRole.HOLDER && token == published) {
            queue.clear();
        }
    }

    /** Ends everything. */
    synchronized void close() {
        channels.values().forEach(this::close);
        channels.clear();
    }

    synchronized Map<String, Long> gauges() {
        return Map.of(
                "channels",
                shared().count(),
                "wanted_by_others",
                channels.values().stream().filter(channel -> channel.remote).count(),
                "waiting_bytes",
                queue.bytes());
    }
}
