package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a provider makes of each of many saved responses, as a table, and how many of them are read. Not thread-safe. */
final class ResponseTable {
    /** What becomes of a response. */
    private enum Result {
        DATA("data"),
        EMPTY("data without records"),
        FAILURE("errors that fail, as they should"),
        UNREAD("not read"),
        MISREAD("errors that are read as data"),
        ELSEWHERE("of addresses that the gateway does not ask"),
        OTHER("of nothing that the provider offers");

        private final String text;

        Result(String text) {
            this.text = text;
        }
    }

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.DOWN);

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
        int read = counts.getOrDefault(Result.DATA, 0);
        int all = read + counts.getOrDefault(Result.UNREAD, 0);
        if (all > 0) {
            BigDecimal share = BigDecimal.valueOf(100L * read).divide(BigDecimal.valueOf(all), THREE_DIGITS);
            out.println("read: " + read + " of " + all + " that should be data, " + share.toPlainString() + " %");
        }
        return counts.containsKey(Result.UNREAD) || counts.containsKey(Result.MISREAD) ? ExitCode.FAILURE : ExitCode.OK;
    }

    private void add(SavedResponse response) {
        SampleQueries queries = SampleQueries.of(check, response);
        Optional<ResponseCheck.Reading> reading = read(response, queries);
        boolean isKnown = reading.isPresent() || !queries.ofOthers().isEmpty();
        Result result = isKnown ? result(response, reading, queries.isAsked()) : Result.OTHER;
        counts.merge(result, 1, Integer::sum);
        Optional<MarketQuery> query =
                result == Result.ELSEWHERE ? Optional.empty() : reading.map(ResponseCheck.Reading::query);
        table.add(List.of(
                response.name(),
                query.map(one -> one.operation().wire()).orElse(response.kind()),
                query.map(ResponseTable::subject).orElse(""),
                text(result, response, reading)));
    }

    /**
     * The response as that of the likeliest queries or, if it is not, as that of what its body names: a body that can be read as
     * anything does not name what it is read as.
     */
    private Optional<ResponseCheck.Reading> read(SavedResponse response, SampleQueries queries) {
        Optional<ResponseCheck.Reading> likely = read(response, queries.likely());
        Optional<ResponseCheck.Reading> any = likely.or(() -> read(response, queries.ofOthers()));
        if (any.flatMap(ResponseCheck.Reading::data).isPresent()) {
            return likely;
        }
        return read(response, queries.inBody())
                .filter(reading -> reading.data().isPresent() || likely.isEmpty())
                .or(() -> likely);
    }

    private Optional<ResponseCheck.Reading> read(SavedResponse response, List<MarketQuery> queries) {
        return queries.isEmpty()
                ? Optional.empty()
                : Optional.of(check.read(queries, response.status(), response.body()));
    }

    private static String subject(MarketQuery query) {
        return query instanceof CandlesQuery candles
                ? query.subject() + " " + candles.interval().wire()
                : query.subject();
    }

    private static Result result(SavedResponse response, Optional<ResponseCheck.Reading> reading, boolean isAsked) {
        Optional<MarketData> data = reading.flatMap(ResponseCheck.Reading::data);
        if (response.isError()) {
            return data.isPresent() ? Result.MISREAD : Result.FAILURE;
        }
        if (data.isEmpty()) {
            return isAsked ? Result.UNREAD : Result.ELSEWHERE;
        }
        return DataLines.isEmpty(data.get()) ? Result.EMPTY : Result.DATA;
    }

    private static String text(Result result, SavedResponse response, Optional<ResponseCheck.Reading> reading) {
        return switch (result) {
            case OTHER -> result.text;
            case ELSEWHERE ->
                "not asked: " + response.address().map(SampleAddress::path).orElse("");
            default ->
                reading.map(ResponseTable::text).orElse("failed: the address names nothing that the provider knows");
        };
    }

    private static String text(ResponseCheck.Reading reading) {
        return reading.data()
                .map(DataLines::summary)
                .orElseGet(() -> "failed: " + reading.failure().orElseThrow().message());
    }
}
