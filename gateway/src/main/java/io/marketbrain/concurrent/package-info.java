/**
 * Work on other threads. Belongs here: starting threads, delivering their results, supervising background loops, and
 * limiting what repeated failures log. No other package starts threads, except the few that {@code ArchitectureTest}
 * lists. Does not belong here: what the threads do.
 *
 * <p>Every {@link java.lang.Throwable} that ends work is delivered, counted and logged, an {@link
 * java.lang.OutOfMemoryError} as well: whether the process ends is not decided here. The JVM ends it when the heap is
 * exhausted ({@code -XX:+ExitOnOutOfMemoryError}, exit code 3), and {@code HeapWatch} when it nearly is. What arrives
 * here nevertheless concerns one piece of work, such as a direct buffer that was too large, or is thrown in a process
 * that runs without that flag.
 */
@NullMarked
package io.marketbrain.concurrent;

import org.jspecify.annotations.NullMarked;
