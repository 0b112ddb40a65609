package io.marketbrain.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counters of streamed responses and upgraded connections. Thread-safe. */
final class StreamCounts {
    final LongAdder refused = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder cut = new LongAdder();
    /** Connections with a long-lived stream or another protocol now. */
    final AtomicInteger longLived = new AtomicInteger();
}
