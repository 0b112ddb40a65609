package io.marketbrain.stream;

import java.time.Instant;

/**
 * One event as all clients get it. Immutable.
 *
 * @param counts whether no client may miss it unannounced; otherwise a newer one replaces it while it waits
 * @param position in the log; of an event that does not count that of the last one before it that does
 * @param at when it was published, or when what it says began if that is earlier
 * @param body as {@link EventRenderer#render} returns it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SharedEvent(EventName name, boolean counts, long position, Instant at, byte[] body) {
    /** What a client adds to the body, and the objects in its queue, approximately. */
    private static final int OVERHEAD = 96;

    int bytes() {
        return body.length + OVERHEAD;
    }
}
