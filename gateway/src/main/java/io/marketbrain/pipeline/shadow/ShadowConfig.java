package io.marketbrain.pipeline.shadow;

import io.marketbrain.model.SettingRange;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * The settings of shadowing.
 *
 * @param percent the share of live quotes that a second provider is asked for: 0 (off) to 100
 * @param timeout how long the second provider may take: 100 ms to 1 min
 * @param atOnce how many such requests may run at once: 1 to 100
 */
public record ShadowConfig(BigDecimal percent, Duration timeout, int atOnce) {
    public static final SettingRange<BigDecimal> PERCENT =
            SettingRange.of("shadow.percent", BigDecimal.ZERO, BigDecimal.valueOf(100));
    public static final SettingRange<Duration> TIMEOUT =
            SettingRange.of("shadow.timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
    public static final SettingRange<Integer> AT_ONCE = SettingRange.of("shadow.at_once", 1, 100);

    public ShadowConfig {
        PERCENT.check(percent);
        TIMEOUT.check(timeout);
        AT_ONCE.check(atOnce);
    }

    public static ShadowConfig defaults() {
        return new ShadowConfig(BigDecimal.ZERO, Duration.ofSeconds(5), 4);
    }

    /** Whether anything is shadowed. */
    public boolean isOn() {
        return percent.signum() > 0;
    }
}
