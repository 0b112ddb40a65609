package io.marketbrain.provider.symbols;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a well-known ticker, from the resource {@code instruments/ticker-changes.tsv}, which is read when first needed.
 * It explains why something is unknown; nothing is ever requested under another ticker because of it.
 *
 * @param market {@code US}, the MIC of another market, or {@code crypto}
 * @param successor the ticker that has to be used instead; null if there is none
 * @param on the first day of the change
 * @param reuse what the ticker means now; null if it is not in use
 * @param sources addresses of who says so
 */
public record TickerChange(
        String ticker,
        String market,
        Kind kind,
        @Nullable String successor,
        LocalDate on,
        @Nullable Reuse reuse,
        List<String> sources) {
    private static final String NONE = "-";
    private static final String CRYPTO = "crypto";
    private static final String US = "US";
    private static final Set<AssetType> LISTED = Set.of(AssetType.STOCK, AssetType.ETF, AssetType.FUND);
    private static final Set<String> US_MICS = Set.of("XNYS", "XNAS", "ARCX", "XASE", "BATS");

    /** What happened. */
    public enum Kind {
        RENAMED,
        /** Its holders got another asset. */
        REPLACED,
        DELISTED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a ticker means that is in use again, and since when. */
    public record Reuse(LocalDate since, String as) {}

    public TickerChange {
        sources = List.copyOf(sources);
    }

    /** What became of the ticker of an instrument, on its market. */
    public static Optional<TickerChange> find(Instrument instrument) {
        return all().stream()
                .filter(change -> change.ticker.equals(instrument.base()) && change.isAbout(instrument))
                .findFirst();
    }

    /** What became of a ticker, on any market. */
    public static List<TickerChange> findAll(String ticker) {
        return all().stream().filter(change -> change.ticker.equals(ticker)).toList();
    }

    static List<TickerChange> all() {
        return Table.ALL;
    }

    /** Whether there are instruments of the types on its market. */
    public boolean isAbout(Collection<AssetType> types) {
        return market.equals(CRYPTO)
                ? types.contains(AssetType.CRYPTO)
                : types.stream().anyMatch(LISTED::contains);
    }

    /** Whether an instrument is on its market. */
    public boolean isAbout(Instrument instrument) {
        return switch (instrument.type()) {
            case CRYPTO -> market.equals(CRYPTO);
            case STOCK, ETF, FUND -> {
                String mic = instrument.mic();
                yield market.equals(mic == null || US_MICS.contains(mic) ? US : mic);
            }
            default -> false;
        };
    }

    /** The instrument to use instead of one; empty if there is none, or if the ticker has a meaning again. */
    public Optional<Instrument> findSuccessor(Instrument instrument) {
        return successor == null || reuse != null
                ? Optional.empty()
                : Optional.of(new Instrument(
                        instrument.type(),
                        successor,
                        instrument.quote(),
                        instrument.base().equals(instrument.settle()) ? successor : instrument.settle(),
                        instrument.mic(),
                        instrument.expiry(),
                        instrument.rolling()));
    }

    /** {@code FB was renamed META on 2022-06-09}, as a part of a sentence. */
    public String text() {
        String what = ticker + " was "
                + switch (kind) {
                    case RENAMED -> "renamed " + successor;
                    case REPLACED -> "replaced by " + successor;
                    case DELISTED -> "delisted";
                }
                + " on " + on;
        return reuse == null ? what : what + ", and since " + reuse.since() + " it has been " + reuse.as();
    }

    private static final class Table {
        private static final String RESOURCE = "/instruments/ticker-changes.tsv";
        private static final List<TickerChange> ALL = read();

        private static List<TickerChange> read() {
            try (InputStream in = TickerChange.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("missing resource " + RESOURCE);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line(line.split("\t", -1)))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static TickerChange line(String[] cells) {
            int at = 0;
            return new TickerChange(
                    cells[at++],
                    cells[at++],
                    Kind.valueOf(cells[at++].toUpperCase(Locale.ROOT)),
                    orNull(cells[at++]),
                    LocalDate.parse(cells[at++]),
                    cells[at].equals(NONE) ? null : new Reuse(LocalDate.parse(cells[at]), cells[at + 1]),
                    Arrays.asList(cells[at + 2].split(" ", -1)));
        }

        private static @Nullable String orNull(String cell) {
            return cell.equals(NONE) ? null : cell;
        }
    }
}
