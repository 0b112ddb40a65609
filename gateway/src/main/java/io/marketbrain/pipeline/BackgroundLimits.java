package io.marketbrain.pipeline;

import io.marketbrain.model.SettingRange;
import java.time.Duration;

/** The settings of background work that more than one layer obeys. */
public final class BackgroundLimits {
    public static final SettingRange<Integer> PERCENT = SettingRange.of("qos.background_percent", 1, 100);
    public static final SettingRange<Duration> MAX_WAIT =
            SettingRange.of("qos.background_max_wait", Duration.ofMillis(1), Duration.ofHours(1));

    private BackgroundLimits() {}
}
