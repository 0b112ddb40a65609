package io.marketbrain.cli.rows;

import io.marketbrain.api.LocalApi;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.OutputFormats.Rows;
import io.marketbrain.cli.console.TimeZoneOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that print rows: the format, the time zone and those of their requests. */
public final class RowOptions {
    @Option(
            names = "--format",
            paramLabel = "table|csv|json|ndjson",
            description = "The output format: by default a table in a terminal, JSON in a pipe, one line per response.")
    private @Nullable Rows format;

    @Mixin
    private RequestOptions request = new RequestOptions();

    @Mixin
    private TimeZoneOptions zone = new TimeZoneOptions();

    /** The instant that a time option stands for. */
    Optional<String> instant(String option, @Nullable String text, LocalGateway local) {
        return zone.instant(option, text, local.context().clock().instant());
    }

    /** Rejects an unknown time zone before anything is requested. */
    void check() {
        zone.zone();
    }

    /**
     * Requests each of the paths and prints the rows.
     *
     * @param paths below {@code /api/v1}
     * @param query the parameters; those without a value are left out
     * @return the exit code: the highest of those of the requests
     */
    int print(
            LocalGateway local,
            LocalApi api,
            RowLayout layout,
            List<List<String>> paths,
            Map<String, Optional<String>> query) {
        Map<String, String> given = new LinkedHashMap<>();
        query.forEach((name, value) -> value.ifPresent(text -> given.put(name, text)));
        request.addTo(given);
        Rows form = format != null ? format : local.context().terminal() ? Rows.TABLE : Rows.JSON;
        var printer = new RowPrinter(local, layout, form, zone::shown);
        for (List<String> path : paths) {
            List<String> whole = new ArrayList<>(List.of("api", "v1"));
            whole.addAll(path);
            printer.add(api.get(whole, given));
            if (local.context().out().checkError()) {
                break;
            }
        }
        return printer.end();
    }
}
