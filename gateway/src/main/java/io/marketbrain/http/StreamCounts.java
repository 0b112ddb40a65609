package io.marketbrain.http;

import java.util.concurrent.atomic.LongAdder;

/** Counters of streamed responses. Thread-safe. */
final class StreamCounts {
    final LongAdder refused = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder cut = new LongAdder();
}
