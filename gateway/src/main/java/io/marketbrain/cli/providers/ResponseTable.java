package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.model.Interval;
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
        ELSEWHERE("of addresses that the gateway does not ask"),
        OTHER("of nothing that the provider offers");

        private final String text;

        Result(String text) {
            this.text = text;
        }
    }

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.DOWN);

    /** Of fewer candles, the gap of a weekend may be the commonest. */
    private static final int FEW_CANDLES = 4;

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
        Optional<Interval> notOffered = reading.flatMap(each -> notOffered(each, response, queries));
        Result result = notOffered.isPresent() ? Result.ELSEWHERE : result(response, reading, queries);
        counts.merge(result, 1, Integer::sum);
        Optional<MarketQuery> query = result == Result.ELSEWHERE || result == Result.OTHER
                ? Optional.empty()
                : reading.map(ResponseCheck.Reading::query);
        table.add(List.of(
                response.name(),
                query.map(one -> one.operation().wire()).orElse(response.kind()),
                query.map(ResponseTable::subject).orElse(""),
                text(result, response, reading, notOffered)));
    }

    /**
     * The response as that of the likeliest queries or, if it is not, as that of what its body names: a body that can be read as
     * anything does not name what it is read as.
     */
    private Optional<ResponseCheck.Reading> read(SavedResponse response, SampleQueries queries) {
        Optional<ResponseCheck.Reading> likely = read(response, queries.likely(), queries);
        Optional<ResponseCheck.Reading> any = likely.or(() -> read(response, queries.ofOthers(), queries));
        if (any.flatMap(ResponseCheck.Reading::data).isPresent()) {
            return likely;
        }
        Optional<ResponseCheck.Reading> named = read(response, queries.inBody(), queries);
        if (named.flatMap(ResponseCheck.Reading::data).isPresent()) {
            return named;
        }
        return read(response, queries.otherwise(), queries)
                .filter(reading ->
                        reading.data().filter(data -> !DataLines.isEmpty(data)).isPresent())
                .or(() -> likely)
                .or(() -> named);
    }

    private Optional<ResponseCheck.Reading> read(
            SavedResponse response, List<MarketQuery> tried, SampleQueries queries) {
        return tried.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ofItsInterval(check.read(tried, response.status(), response.body()), response, tried, queries));
    }

    /** Candles as those of their interval, where the address does not say which of several it is as the provider does. */
    private ResponseCheck.Reading ofItsInterval(
            ResponseCheck.Reading reading, SavedResponse response, List<MarketQuery> tried, SampleQueries queries) {
        if (!(reading.query() instanceof CandlesQuery query)
                || !(reading.data().orElse(null) instanceof MarketData.Candles candles)) {
            return reading;
        }
        Optional<Interval> said = response.address().flatMap(SampleIntervals::named);
        List<MarketQuery> open = said.isPresent() ? tried : queries.asLikelyAs(query, tried);
        Optional<Interval> interval = said.or(() -> SampleIntervals.between(candles.candles()));
        return open.stream()
                .filter(each -> each instanceof CandlesQuery other
                        && other.instrument().equals(query.instrument())
                        && interval.filter(other.interval()::equals).isPresent())
                .findFirst()
                .map(other -> check.read(List.of(other), response.status(), response.body()))
                .filter(other -> other.data().isPresent())
                .orElse(reading);
    }

    /**
     * The interval that the provider does not have, of candles whose address names it or, where the address does not say which of
     * several it is, that are so far apart.
     */
    private Optional<Interval> notOffered(
            ResponseCheck.Reading reading, SavedResponse response, SampleQueries queries) {
        if (response.isError() || !(reading.query() instanceof CandlesQuery query)) {
            return Optional.empty();
        }
        return response.address()
                .flatMap(SampleIntervals::named)
                .or(() -> isOpen(query, queries)
                                && reading.data().orElse(null) instanceof MarketData.Candles candles
                                && candles.candles().size() >= FEW_CANDLES
                        ? SampleIntervals.between(candles.candles())
                        : Optional.empty())
                .filter(interval -> !check.offers(interval));
    }

    /** Whether other intervals are as likely. */
    private static boolean isOpen(CandlesQuery query, SampleQueries queries) {
        return Stream.of(queries.likely(), queries.inBody(), queries.otherwise())
                .anyMatch(tried -> tried.contains(query)
                        && queries.asLikelyAs(query, tried).stream()
                                .anyMatch(each -> each instanceof CandlesQuery other
                                        && other.instrument().equals(query.instrument())
                                        && other.interval() != query.interval()));
    }

    private static String subject(MarketQuery query) {
        return query instanceof CandlesQuery candles
                ? query.subject() + " " + candles.interval().wire()
                : query.subject();
    }

    private Result result(SavedResponse response, Optional<ResponseCheck.Reading> reading, SampleQueries queries) {
        Optional<MarketData> data = reading.flatMap(ResponseCheck.Reading::data);
        if (data.isPresent()) {
            return response.isError() ? Result.MISREAD : DataLines.isEmpty(data.get()) ? Result.EMPTY : Result.DATA;
        }
        if (check.operations().stream().noneMatch(response::mayBe)
                || response.seriesKind().filter(kind -> !check.offers(kind)).isPresent()) {
            return Result.OTHER;
        }
        if (response.isError()) {
            return Result.FAILURE;
        }
        return queries.isAsked() ? Result.UNREAD : Result.ELSEWHERE;
    }

    private static String text(
            Result result,
            SavedResponse response,
            Optional<ResponseCheck.Reading> reading,
            Optional<Interval> notOffered) {
        return switch (result) {
            case OTHER -> result.text;
            case ELSEWHERE ->
                Stream.concat(
                                response.address().map(SampleAddress::path).stream(),
                                notOffered.map(interval -> "candles of " + interval.wire()).stream())
                        .collect(Collectors.joining(", ", "not asked: ", ""));
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
