package io.marketbrain.cli.candles;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** Shows on a terminal how far a range has come: rows, share, rate and the time left, on one line. Not thread-safe. */
public final class RangeProgress {
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final String START_OF_LINE = "\r";
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream terminal;
    private final InstantSource clock;
    private final Instant from;
    private final Instant to;
    private final Instant started;
    private Instant shown;

    /**
     * @param from where the range begins
     * @param to where it ends
     */
    public RangeProgress(PrintStream terminal, InstantSource clock, Instant from, Instant to) {
        this.terminal = terminal;
        this.clock = clock;
        this.from = from;
        this.to = to;
        this.started = clock.instant();
        this.shown = started;
    }

    /** Shows the position if the last one was not shown just now. */
    public void show(RangePosition position) {
        Instant now = clock.instant();
        if (Duration.between(shown, now).compareTo(BETWEEN) >= 0) {
            shown = now;
            terminal.print(CLEAR_LINE + text(position, Duration.between(started, now)) + START_OF_LINE);
            terminal.flush();
        }
    }

    /** Removes the line. */
    public void clear() {
        if (!shown.equals(started)) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
        }
    }

    String text(RangePosition position, Duration elapsed) {
        double seconds = elapsed.toMillis() / 1000.0;
        String rate = String.format(
                Locale.ROOT, "%,d candles, %,.0f/s", position.rows(), seconds > 0 ? position.rows() / seconds : 0);
        return rate
                + share(position)
                        .map(share -> String.format(
                                Locale.ROOT, ", %.0f %%, %s left", share * 100, left(seconds * (1 - share) / share)))
                        .orElse("");
    }

    private Optional<Double> share(RangePosition position) {
        Instant last = position.lastOpen();
        double whole = Duration.between(from, to).toMillis();
        if (last == null || whole <= 0) {
            return Optional.empty();
        }
        double share = Duration.between(from, last).toMillis() / whole;
        return share > 0 ? Optional.of(Math.min(1, share)) : Optional.empty();
    }

    private static String left(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
