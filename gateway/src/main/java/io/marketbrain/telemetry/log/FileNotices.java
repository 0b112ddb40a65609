package io.marketbrain.telemetry.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Announces dropped lines in the file itself, and reports on the terminal when the file starts to fail and when it
 * recovers, once each.
 */
final class FileNotices implements SinkNotices {

    private final Path path;
    private final LineFormat format;
    private final InstantSource clock;
    private final LogOutlet terminal;

    FileNotices(Path path, LineFormat format, InstantSource clock, LogOutlet terminal) {
        this.path = path;
        this.format = format;
        this.clock = clock;
        this.terminal = terminal;
    }

    @Override
    public byte[] lost(String summary) {
        return format.render(clock.instant(), LogLevel.WARN, summary);
    }

    @Override
    public void failing(IOException cause) {
        reportOnTerminal("cannot write " + path + "; errors are shown on the terminal only: " + cause);
    }

    @Override
    public void recovered() {
        reportOnTerminal(path + " can be written again");
    }

    private void reportOnTerminal(String message) {
        byte[] line = format.render(clock.instant(), LogLevel.WARN, message);
        if (terminal.admit(LogLevel.WARN)) {
            terminal.put(LogLevel.WARN, line);
        }
    }
}
