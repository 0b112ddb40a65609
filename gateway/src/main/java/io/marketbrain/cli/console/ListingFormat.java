package io.marketbrain.cli.console;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of commands that print a list. */
public final class ListingFormat {
    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "The output format: by default a table in a terminal, JSON in a pipe.")
    private OutputFormats.@Nullable Listing format;

    /** The format that was asked for; null for the usual one. */
    public OutputFormats.@Nullable Listing orNull() {
        return format;
    }
}
