package io.marketbrain.cli.rows;

import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.OutputFormats.Rows;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.text.CsvCell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Prints the responses of one command: as a table after the last of them, in the other formats as they arrive. What JSON
 * says about the quality and the adjustment of the data is below a table, and on standard error beside CSV and NDJSON.
 * Not thread-safe.
 */
public final class RowPrinter {
    private static final Set<String> TIMES = Set.of("time", "as_of", "published");

    private final LocalGateway local;
    private final RowLayout layout;
    private final Rows format;
    private final UnaryOperator<String> time;
    private final TextTable table;
    private final Set<String> notes = new LinkedHashSet<>();
    private boolean headWritten;
    private int code = ExitCode.OK;

    /**
     * @param time turns an instant of the API into the text to show in tables and CSV
     */
    public RowPrinter(LocalGateway local, RowLayout layout, Rows format, UnaryOperator<String> time) {
        this.local = local;
        this.layout = layout;
        this.format = format;
        this.time = time;
        this.table = new TextTable(layout.shown().stream()
                .map(name -> name.replace('_', ' ').toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
    }

    /** Prints a response, or its error. */
    public void add(Answered answered) {
        code = Math.max(code, local.read(answered, json -> {
            switch (format) {
                case JSON -> local.print(answered.body() + "\n");
                case NDJSON -> layout.reader().read(data(json), row -> print(ndjson(row)));
                case CSV -> {
                    printHead();
                    layout.reader().read(data(json), row -> print(csv(row)));
                }
                case TABLE -> addToTable(json);
            }
            if (format != Rows.JSON) {
                addNotes(data(json));
            }
            local.context().out().flush();
        }));
    }

    /** Prints the table, if that is the format; returns the exit code of the command. */
    public int end() {
        if (format == Rows.TABLE && (table.pending() > 0 || code == ExitCode.OK)) {
            local.print(table.block() + notes.stream().map(note -> note + "\n").collect(Collectors.joining()));
        }
        return code;
    }

    /** What the rows are in: a response about one subject has a member for it. */
    private static JsonValue data(JsonValue response) throws MalformedPayload {
        return response.find("data").orElse(response);
    }

    private void addToTable(JsonValue json) throws MalformedPayload {
        layout.reader().read(data(json), row -> {
            var cells = new ArrayList<String>();
            for (String name : layout.shown()) {
                String cell = shown(name, row.get(layout.columns().indexOf(name)));
                cells.add(cell.isEmpty() ? "-" : cell.replaceAll("\\p{Cntrl}", " "));
            }
            table.add(cells);
        });
        if (json.find("mode").isPresent()) {
            notes.add(json.at("mode").text() + ": these are recorded responses");
        }
        if (json.find("mock_reason").isPresent()) {
            notes.add("mock: " + json.at("mock_reason").text());
        }
    }

    private void addNotes(JsonValue data) throws MalformedPayload {
        Optional<JsonValue> subject = data.find("id").or(() -> data.find("instrument"));
        String about = subject.isPresent() ? subject.get().text() + ": " : "";
        Optional<JsonValue> quality = data.find("quality");
        for (JsonValue flag : quality.isPresent() ? quality.get().items() : List.<JsonValue>of()) {
            addNote(about + flag.at("code").text() + ", " + flag.at("detail").text());
        }
        if (data.find("adjustment").isPresent()) {
            addNote(about + "adjustment " + data.at("adjustment").text());
        }
    }

    private void addNote(String note) {
        if (notes.add(note) && format != Rows.TABLE) {
            local.context().err().println("brain: " + note);
        }
    }

    private void printHead() {
        if (!headWritten) {
            headWritten = true;
            print(String.join(",", layout.columns()));
        }
    }

    private void print(String line) {
        local.context().out().append(line).append('\n');
    }

    private String csv(List<String> row) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(i == 0 ? "" : ",")
                    .append(CsvCell.of(shown(layout.columns().get(i), row.get(i))));
        }
        return line.toString();
    }

    private String ndjson(List<String> row) {
        byte[] json = JsonDocument.object(object -> {
            for (int i = 0; i < row.size(); i++) {
                object.put(layout.columns().get(i), row.get(i).isEmpty() ? null : row.get(i));
            }
        });
        return new String(json, StandardCharsets.UTF_8);
    }

    private String shown(String column, String cell) {
        return TIMES.contains(column) ? time.apply(cell) : cell;
    }
}
