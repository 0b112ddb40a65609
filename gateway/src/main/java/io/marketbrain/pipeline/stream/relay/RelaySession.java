package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamEvent.Status;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import io.marketbrain.pipeline.stream.MarketEventSource.Subscription;
import io.marketbrain.pipeline.stream.relay.RelayChannel.Relay;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The part of one gateway in a shared feed: its role, and where the events of each channel come from. Does no I/O: others bring what Redis
 * says and take what is to be published. Thread-safe; events are delivered under its lock, so that they keep their order when a
 * channel changes its origin.
 *
 * <p>A channel changes its origin without a hole that is not announced: the own feed of a gateway stays open until the
 * holder has sent the channel's state, and whatever may be missing between two origins is a gap before the next data.
 */
final class RelaySession {
    private static final String AWAY = "the Redis that gateways share does not respond";

    private final InstantSource clock;
    private final RelayChannels channels;
    private final RelayInbox inbox;
    private final StateRequests requests;
    private final RedisSilence silence;
    private final RelayPublisher publisher;
    private final HolderHealth health = new HolderHealth();
    final PublishQueue queue;
    final RelayCounters counters = new RelayCounters();
    private final WantedList wanted = new WantedList();
    private RelayRole role = RelayRole.UNDECIDED;

    /** The token of the last lease of this gateway. */
    private long ownToken;

    private long revision;
    private boolean positioned;
    /** Changes whenever the reader must begin at the newest message. */
    private long readerEpoch;

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
            NanoClock nanoClock,
            InstantSource clock,
            RandomGenerator random) {
        this.clock = clock;
        this.channels = new RelayChannels(source, ownEvents(), config.channels());
        this.inbox = new RelayInbox(channels, codec, counters, clock);
        this.requests = new StateRequests(channels, inbox);
        this.silence = new RedisSilence(config, random);
        this.queue = new PublishQueue(config.waiting());
        this.publisher = new RelayPublisher(
                provider, channels, config.channels(), carries, codec, queue, toPublish, nanoClock, clock);
    }

    /** A gateway that listened to nothing begins anew. */
    synchronized void begin(long nanos) {
        role = RelayRole.UNDECIDED;
        silence.begin(nanos);
        wanted.forget();
        revision = 0;
        queue.clear();
    }

    synchronized RelayRole role() {
        return role;
    }

    synchronized long readerEpoch() {
        return readerEpoch;
    }

    /** Whether neither this gateway nor another wants anything. */
    synchronized boolean idle() {
        return channels.isEmpty();
    }

    // ---- who listens ----

    synchronized Subscription subscribe(Channel channelWanted, EventSink sink, long nanos) {
        RelayChannel channel = channels.of(channelWanted);
        boolean first = !channel.local();
        channel.join(sink);
        if (first) {
            wanted.changed();
            switch (role) {
                case HOLDER, ALONE -> channels.open(channel);
                case FOLLOWER -> {
                    if (channel.beyondLimit) {
                        channels.open(channel);
                    } else if (channel.relay == Relay.OFF) {
                        channel.await(nanos);
                    }
                }
                case UNDECIDED -> {}
            }
        }
        return () -> leave(channel, sink);
    }

    private synchronized void leave(RelayChannel channel, EventSink sink) {
        if (channel.sinks.remove(sink) && !channel.local()) {
            wanted.changed();
            channels.removeIfUnwanted(channel, role == RelayRole.HOLDER);
        }
    }

    private RelayChannels.OwnEvents ownEvents() {
        return new RelayChannels.OwnEvents() {
            @Override
            public void happened(RelayChannel channel, int generation, StreamEvent event) {
                RelaySession.this.happened(channel, generation, event);
            }

            @Override
            public void heard(RelayChannel channel, int generation, long nanos) {
                RelaySession.this.heard(channel, generation, nanos);
            }
        };
    }

    /** The own source was heard of. */
    private synchronized void heard(RelayChannel channel, int generation, long nanos) {
        if (channel.generation != generation || channel.relay == Relay.LIVE) {
            return;
        }
        channel.heard(nanos);
        if (role == RelayRole.HOLDER) {
            publisher.heard(channel, nanos);
        }
    }

    /** The own source has an event. */
    private synchronized void happened(RelayChannel channel, int generation, StreamEvent event) {
        if (channel.generation == generation) {
            if (role == RelayRole.HOLDER) {
                publisher.happened(channel, event);
            }
            channel.deliver(event, clock.instant());
            if (role == RelayRole.HOLDER) {
                publisher.tellOwedState(channel);
            }
        }
    }

    // ---- what Redis says about the lease ----

    /** What the next renewal says and asks. */
    synchronized LeaseRequest request() {
        List<String> asked = role == RelayRole.FOLLOWER && positioned ? requests.due() : List.of();
        long known = role == RelayRole.HOLDER ? revision : 0;
        boolean leaves = health.leavesToOthers();
        boolean wantsLease = channels.anyLocal() && !leaves;
        return new LeaseRequest(
                leaves ? 0 : ownToken, known, wantsLease, wanted.version(), wanted.findUnsent(channels), asked);
    }

    /** Redis has replied to a renewal. */
    synchronized void replied(LeaseRequest request, LeaseReply reply, long nanos) {
        silence.replied(nanos);
        wanted.replied(request, reply.known());
        requests.sent(request.asked(), nanos);
        if (reply.held()) {
            hold(reply);
        } else if (role == RelayRole.FOLLOWER && reply.token() != inbox.token() && reply.token() != 0) {
            inbox.changeHolder(reply.token(), nanos);
        } else if (role == RelayRole.HOLDER || (role != RelayRole.FOLLOWER && reply.token() != 0)) {
            follow(reply.token(), nanos);
        }
    }

    private void hold(LeaseReply reply) {
        boolean resumed = role == RelayRole.HOLDER && ownToken == reply.token();
        ownToken = reply.token();
        if (!resumed) {
            role = RelayRole.HOLDER;
            counters.takeovers.increment();
            queue.restart(ownToken);
            for (RelayChannel channel : channels.all()) {
                channel.relay = Relay.OFF;
                if (channel.own == null) {
                    channel.broke(inbox.intactUntil(), RelayInbox.MOVED);
                    channels.open(channel);
                }
            }
        }
        revision = reply.revision();
        reply.wanted().ifPresent(publisher::serve);
        reply.asked().forEach(publisher::tellState);
    }

    private void follow(long holder, long nanos) {
        role = RelayRole.FOLLOWER;
        queue.clear();
        positioned = false;
        readerEpoch++;
        for (RelayChannel channel : channels.all()) {
            channel.remote = false;
            channels.removeIfUnwanted(channel, false);
        }
        inbox.begin(holder, nanos);
    }

    // ---- what the holder sends ----

    /** The reader knows its position in the stream of events, so that the states that are asked for come after it. */
    synchronized void positioned(long epoch) {
        positioned |= epoch == readerEpoch;
    }

    /** A message has arrived; whether something is to be asked for. */
    synchronized boolean received(byte[] message, long nanos) {
        return role == RelayRole.FOLLOWER && inbox.received(message, nanos);
    }

    // ---- what goes wrong ----

    /** Redis did not reply to a renewal. */
    synchronized void unreachable() {
        if (role == RelayRole.UNDECIDED) {
            standAlone();
        }
    }

    /** Redis has refused messages, because another gateway has the lease or nobody: nothing more is published. */
    synchronized void fenced(long published) {
        counters.fenced.increment();
        if (role == RelayRole.HOLDER && ownToken == published) {
            queue.clear();
        }
    }

    /** Notices what has not come in time. */
    synchronized void watch(long nanos) {
        boolean silent = silence.outlastsLease(nanos);
        health.look(role == RelayRole.HOLDER && channels.allDownForOthers(), nanos);
        switch (role) {
            case UNDECIDED -> {
                if (silence.undecided(nanos)) {
                    standAlone();
                }
            }
            case HOLDER -> {
                if (silent) {
                    standAlone();
                }
            }
            case FOLLOWER -> {
                if (silent) {
                    standAloneLater(nanos);
                } else {
                    requests.watch(nanos);
                }
            }
            case ALONE -> {}
        }
    }

    private void standAloneLater(long nanos) {
        if (silence.beginWait(nanos)) {
            Instant now = clock.instant();
            for (RelayChannel channel : channels.all()) {
                Status last = channel.status();
                if (channel.own == null && last != null) {
                    channel.deliver(new Status(FeedState.STALE, last.mode(), FeedTransport.RELAY, AWAY, now), now);
                }
            }
        } else if (silence.waited(nanos)) {
            standAlone();
        }
    }

    private void standAlone() {
        role = RelayRole.ALONE;
        counters.withoutRedis.increment();
        queue.clear();
        for (RelayChannel channel : channels.all()) {
            channel.remote = false;
            channel.relay = Relay.OFF;
            channels.removeIfUnwanted(channel, false);
            if (channel.local() && channel.own == null) {
                channel.broke(inbox.intactUntil(), AWAY);
                channels.open(channel);
            }
        }
    }

    /** Ends everything. */
    synchronized void close() {
        channels.closeAll();
    }

    synchronized Map<String, Long> gauges() {
        return Map.of(
                "channels",
                channels.shared().count(),
                "wanted_by_others",
                channels.all().stream().filter(channel -> channel.remote).count(),
                "waiting_bytes",
                queue.bytes());
    }
}
