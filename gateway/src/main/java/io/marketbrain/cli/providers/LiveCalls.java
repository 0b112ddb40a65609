package io.marketbrain.cli.providers;

import io.marketbrain.api.LocalApi;
import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.cost.CostModel;
import io.marketbrain.model.cost.Money;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.provider.descriptor.Descriptor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One call of each of a provider's operations: what they cost, and what comes back. */
final class LiveCalls {
    private final Descriptor provider;
    private final CostModel costs;
    private final List<LiveCall> calls;

    private LiveCalls(Descriptor provider, CostModel costs, List<LiveCall> calls) {
        this.provider = provider;
        this.costs = costs;
        this.calls = calls;
    }

    /**
     * The calls of these operations, or of all.
     *
     * @param provider with its rate limits as the settings have them
     * @param costs its prices, as the settings have them
     * @param symbol what they are about; by default the first example in the descriptor that the operation has
     */
    static LiveCalls of(
            Descriptor provider, CostModel costs, List<Operation> operations, Optional<String> symbol, Instant now) {
        List<String> subjects =
                symbol.map(List::of).orElseGet(() -> provider.examples().isEmpty() ? List.of("") : provider.examples());
        List<LiveCall> calls = new ArrayList<>();
        for (Operation operation : Operation.requestable()) {
            if (provider.operations().contains(operation) && (operations.isEmpty() || operations.contains(operation))) {
                subjects.stream()
                        .flatMap(subject -> LiveCall.find(provider, operation, subject, now).stream())
                        .findFirst()
                        .ifPresent(calls::add);
            }
        }
        return new LiveCalls(provider, costs, calls);
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** The first of the calls only. */
    LiveCalls first() {
        return new LiveCalls(provider, costs, calls.subList(0, Math.min(1, calls.size())));
    }

    /** The calls, the most that they cost, and what the provider allows, a line each. */
    List<String> announced() {
        List<String> lines = new ArrayList<>();
        int requests =
                calls.stream().mapToInt(call -> call.requests(provider).size()).sum();
        String each = requests == calls.size() ? ", one an operation" : "";
        lines.add(provider.name() + ": " + (requests == 1 ? "1 call" : requests + " calls" + each));
        for (LiveCall call : calls) {
            lines.add("  " + call.words() + (call.requests(provider).size() == 1 ? "" : ", and what the series is"));
        }
        lines.add("cost: " + cost());
        if (!provider.limits().rates().isEmpty()) {
            lines.add("limits: "
                    + String.join(
                            ", ",
                            provider.limits().rates().stream()
                                    .map(LiveCalls::words)
                                    .toList()));
        }
        Optional.ofNullable(provider.about().notes()).ifPresent(notes -> lines.add("notes: " + notes));
        Optional.ofNullable(provider.about().terms()).ifPresent(terms -> lines.add("terms of use: " + terms));
        return lines;
    }

    private String cost() {
        Money most = Money.NONE;
        for (LiveCall call : calls) {
            int weight = provider.terms(call.query().operation()).weight();
            for (MarketQuery request : call.requests(provider)) {
                most = most.plus(costs.atMost(request, weight));
            }
        }
        String price = most.isNone() ? "nothing, as far as its descriptor says" : "at most " + most;
        long free = costs.billing().freeCalls();
        return free == 0
                ? price
                : price + "; " + free + " calls a "
                        + costs.billing()
                                .per()
                                .toString()
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("s$", "") + " are free";
    }

    private static String words(RateLimit rate) {
        return rate.amount() + " " + rate.counts().name().toLowerCase(Locale.ROOT) + " in "
                + rate.per().toSeconds() + " s";
    }

    /** Makes the calls and prints what came back; the exit code. */
    int make(LocalApi api, CommandContext context) {
        int worst = ExitCode.OK;
        for (LiveCall call : calls) {
            Answered answer = api.get(call.path(), new LinkedHashMap<>(call.parameters()));
            try {
                JsonValue json = JsonValue.parse(answer.body().getBytes(StandardCharsets.UTF_8));
                boolean mock = answer.ok() && json.at("mock").bool();
                String words = !answer.ok()
                        ? "FAILED: " + json.at("error").text()
                        : mock
                                ? "FAILED: replaced by the mock market: "
                                        + json.at("mock_reason").text()
                                : "ok";
                context.out().println(call.words() + ": " + words);
                worst = answer.ok() && !mock ? worst : ExitCode.FAILURE;
            } catch (MalformedPayload e) {
                throw new IllegalStateException("the API returned unexpected JSON: " + e.getMessage(), e);
            }
        }
        return worst;
    }
}
