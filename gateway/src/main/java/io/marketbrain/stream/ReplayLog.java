package io.marketbrain.stream;

import io.marketbrain.model.stream.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The latest events that count, of all channels, in order; bounded by number and bytes. Not thread-safe. */
final class ReplayLog {
    private final int maxEvents;
    private final long maxBytes;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long bytes;
    private long last;
    private long dropped;

    ReplayLog(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** An event of a channel. */
    record Entry(Channel channel, SharedEvent event) {}

    /** The position for the next event; {@link #add} must follow. */
    long next() {
        return ++last;
    }

    void add(Channel channel, SharedEvent event) {
        entries.addLast(new Entry(channel, event));
        bytes += event.bytes();
        while (entries.size() > maxEvents || bytes > maxBytes) {
            SharedEvent oldest = entries.removeFirst().event();
            bytes -= oldest.bytes();
            dropped = oldest.position();
        }
    }

    /** The position of the last event. */
    long last() {
        return last;
    }

    long bytes() {
        return bytes;
    }

    /** Whether every event after a position is still here. */
    boolean reaches(long position) {
        return position >= dropped && position <= last;
    }

    /** The events after a position of some channels, oldest first. */
    List<Entry> after(long position, Predicate<Channel> wanted) {
        List<Entry> found = new ArrayList<>();
        for (Iterator<Entry> backwards = entries.descendingIterator(); backwards.hasNext(); ) {
            Entry entry = backwards.next();
            if (entry.event().position() <= position) {
                break;
            }
            if (wanted.test(entry.channel())) {
                found.add(entry);
            }
        }
        return found.reversed();
    }
}
