package io.marketbrain.cli.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** The output formats of commands. */
public final class OutputFormats {
    private OutputFormats() {}

    /** For lists. */
    public enum Listing {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** For candles. */
    public enum Series {
        TABLE,
        CSV,
        JSON,
        NDJSON,
        SVG;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** For data that is a list of rows. */
    public enum Rows {
        TABLE,
        CSV,
        JSON,
        NDJSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The format named {@code text}. */
    public static <F extends Enum<F>> F of(F[] forms, String text) {
        return Arrays.stream(forms)
                .filter(form -> form.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                        + Arrays.stream(forms).map(Enum::toString).collect(Collectors.joining(", "))));
    }

    /** Whether to print a table: as requested, by default in a terminal. */
    public static boolean isTable(@Nullable Listing asked, CommandContext context) {
        return asked == null ? context.terminal() : asked == Listing.TABLE;
    }
}
