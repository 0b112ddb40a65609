package io.marketbrain.telemetry.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** Announcements in the file itself, and on the terminal, once each, when the file begins or ceases to fail. */
final class FileNotices implements Notices {

    private final Path path;
    private final LineFormat format;
    private final InstantSource clock;
    private final Outlet terminal;

    FileNotices(Path path, LineFormat format, InstantSource clock, Outlet terminal) {
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
        tellTerminal(path + " cannot be written, errors are shown here only: " + cause);
    }

    @Override
    public void recovered() {
        tellTerminal(path + " is written again");
    }

    private void tellTerminal(String message) {
        byte[] line = format.render(clock.instant(), LogLevel.WARN, message);
        if (terminal.admit(LogLevel.WARN)) {
            terminal.put(LogLevel.WARN, line);
        }
    }
}
