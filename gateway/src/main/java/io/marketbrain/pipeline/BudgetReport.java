package io.marketbrain.pipeline;

import io.marketbrain.model.cost.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * The current state of one budget.
 *
 * @param scope what it covers, in words: {@code everything}, {@code provider binance}, {@code caller alice}
 * @param caller the only caller that spends from it; empty if several callers share it
 * @param used the amount spent, or reserved by running gateways
 * @param resets when the next period begins
 * @param state {@code ok}, {@code low} from four fifths on, {@code exhausted}, {@code unknown} while the store is
 *     unavailable, or {@code lost} if the store has lost the count, so that nothing more is spent in this period
 */
public record BudgetReport(
        String name,
        String scope,
        Optional<String> caller,
        Money limit,
        Money used,
        Money left,
        Instant resets,
        String state) {}
