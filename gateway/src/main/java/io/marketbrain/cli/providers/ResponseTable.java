package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a provider makes of each of many saved responses, as a table, and how many of them are read. Not thread-safe. */
final class ResponseTable {
    /** What becomes of a response. */
    private enum Result {
        DATA("data"),
        EMPTY("data without records"),
        FAILURE("errors that fail, as they should"),
        UNREAD("not read"),
        MISREAD("errors that are read as data"),
        OTHER("of nothing that the provider offers");

        private final String text;

        Result(String text) {
            this.text = text;
        }
    }

    private static final int MOST_SYMBOLS = 16;

    private final ResponseCheck check;
    private final TextTable table = new TextTable("RESPONSE", "OPERATION", "OF", "RESULT");
    private final Map<Result, Integer> counts = new EnumMap<>(Result.class);

    ResponseTable(ResponseCheck check) {
        this.check = check;
    }

    /** Prints a row for each response, then the counts. Returns the exit code: a failure if one of them is not read. */
    int print(List<SavedResponse> responses, PrintStream out) {
        responses.forEach(this::add);
        out.print(table);
        out.println(responses.size() + " responses: "
                + counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey().text)
                        .collect(Collectors.joining(", ")));
        return counts.containsKey(Result.UNREAD) || counts.containsKey(Result.MISREAD) ? ExitCode.FAILURE : ExitCode.OK;
    }

    private void add(SavedResponse response) {
        Optional<ResponseCheck.Reading> best = Optional.empty();
        for (Operation operation : response.operations()) {
            if (check.offers(operation)
                    && best.flatMap(ResponseCheck.Reading::data).isEmpty()) {
                Set<MarketQuery> queries = queries(operation, response);
                if (!queries.isEmpty()) {
                    var reading = check.read(List.copyOf(queries), response.status(), response.body());
                    best = best.isEmpty() || reading.data().isPresent() ? Optional.of(reading) : best;
                }
            }
        }
        Result result = best.map(reading -> result(response, reading)).orElse(Result.OTHER);
        counts.merge(result, 1, Integer::sum);
        table.add(List.of(
                response.name(),
                best.map(reading -> reading.query().operation().wire()).orElse(response.kind()),
                best.map(reading -> reading.query().subject()).orElse(""),
                best.map(ResponseTable::text).orElse(result.text)));
    }

    /** About what the response names, then about the provider's examples; each symbol as it is and as that of a swap. */
    private Set<MarketQuery> queries(Operation operation, SavedResponse response) {
        var queries = new LinkedHashSet<MarketQuery>();
        Stream.concat(response.words().stream(), check.examples().stream())
                .flatMap(word -> Stream.of(word, word.toUpperCase(Locale.ROOT) + ".P"))
                .map(word -> check.queries(operation, word, Optional.empty()))
                .filter(about -> !about.isEmpty())
                .distinct()
                .limit(MOST_SYMBOLS)
                .forEach(queries::addAll);
        return queries;
    }

    private static Result result(SavedResponse response, ResponseCheck.Reading reading) {
        Optional<MarketData> data = reading.data();
        if (data.isEmpty()) {
            return response.isError() ? Result.FAILURE : Result.UNREAD;
        }
        if (response.isError()) {
            return Result.MISREAD;
        }
        return DataLines.isEmpty(data.get()) ? Result.EMPTY : Result.DATA;
    }

    private static String text(ResponseCheck.Reading reading) {
        return reading.data()
                .map(DataLines::summary)
                .orElseGet(() -> "failed: " + reading.failure().orElseThrow().message());
    }
}
