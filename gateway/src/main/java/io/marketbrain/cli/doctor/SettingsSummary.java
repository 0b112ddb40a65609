package io.marketbrain.cli.doctor;

import io.marketbrain.config.ConfigResult;
import io.marketbrain.config.Origin;
import java.util.Set;
import java.util.TreeSet;

/** A summary of how many settings are set, and where. */
final class SettingsSummary {
    private SettingsSummary() {}

    static String words(ConfigResult.Loaded loaded) {
        Set<String> places = new TreeSet<>();
        long set = loaded.settings().stream()
                .map(s -> s.origin())
                .filter(origin -> origin.kind() != Origin.Kind.DEFAULT)
                .peek(origin -> places.add(origin.place().replaceAll(":\\d+$", "")))
                .count();
        return set == 0
                ? "all " + loaded.settings().size() + " at their defaults"
                : set + " of " + loaded.settings().size() + " set, in " + String.join(", ", places);
    }
}
