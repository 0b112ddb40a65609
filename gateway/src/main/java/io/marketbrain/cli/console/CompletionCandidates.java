package io.marketbrain.cli.console;

import io.marketbrain.model.Interval;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.provider.descriptor.Descriptors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The words that a shell completes where a value is expected. Read only by {@code brain completion}. */
public final class CompletionCandidates {
    private CompletionCandidates() {}

    /** The built-in providers, and {@code auto}. */
    public static final class Providers implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            List<String> names = new ArrayList<>(List.of("auto", "mock"));
            Descriptors.builtIn()
                    .forEach(descriptor -> names.add(descriptor.id().value()));
            return names.iterator();
        }
    }

    /** What prices of candles can be adjusted for. */
    public static final class Adjustments implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(Adjustment.names().split(", ")).iterator();
        }
    }

    /** The intervals of candles. */
    public static final class Intervals implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(Interval.names().split(", ")).iterator();
        }
    }
}
