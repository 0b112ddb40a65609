package io.marketbrain.pipeline.stream.relay;

import java.util.concurrent.atomic.LongAdder;

/** What has happened on a shared feed since the start. Thread-safe. */
final class RelayCounters {
    /** Messages that were published for other gateways. */
    final LongAdder published = new LongAdder();
    /** Events that were received from other gateways and passed on. */
    final LongAdder relayed = new LongAdder();
    /** Messages whose numbers were missing. */
    final LongAdder lost = new LongAdder();
    /** Messages of a former holder that were ignored, and refused attempts to publish as one. */
    final LongAdder fenced = new LongAdder();
    /** Messages that could not be read. */
    final LongAdder invalid = new LongAdder();
    /** How often this gateway became the holder. */
    final LongAdder takeovers = new LongAdder();
    /** How often it opened its own feed because Redis did not respond. */
    final LongAdder withoutRedis = new LongAdder();
}
