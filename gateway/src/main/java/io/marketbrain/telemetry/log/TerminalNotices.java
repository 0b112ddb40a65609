package io.marketbrain.telemetry.log;

import java.io.IOException;
import java.time.InstantSource;

/**
 * Announces dropped lines on the terminal itself. A failure of the terminal cannot be reported there; it shows in the
 * counts only.
 */
final class TerminalNotices implements SinkNotices {

    private final LineFormat format;
    private final InstantSource clock;

    TerminalNotices(LineFormat format, InstantSource clock) {
        this.format = format;
        this.clock = clock;
    }

    @Override
    public byte[] lost(String summary) {
        return format.render(clock.instant(), LogLevel.WARN, summary);
    }

    @Override
    public void failing(IOException cause) {}

    @Override
    public void recovered() {}
}
